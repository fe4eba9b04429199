import { doseFunctions } from '../check/dose-functions.ts'
import { functions } from '../check/functions.ts'
import { unsupportedFunctions } from '../check/lower-expression.ts'
import { namedConstants } from '../check/named-constants.ts'
import { refusedNames } from '../check/reserved-names.ts'
import { refusedResiduals, residualForms } from '../check/residual-errors.ts'
import { declarationForms, refusedStatements } from '../syntax/parse-declaration.ts'
import { refusedIniForms } from '../syntax/parse-ini.ts'
import { targetForms } from '../syntax/parse-target.ts'
import type { BinaryOperator, TargetKind } from '../syntax/syntax.ts'
import { expressionFunctions } from './function-facts.ts'

/** One construct of the language and its state. */
export interface Construct {
  readonly written: string
  readonly summary: string
  /** `refused`: legal in rxode2, and an error here that names it with its line. */
  readonly state: 'supported' | 'refused'
  /** A line that shows it. */
  readonly example: string
  /** A whole text with that line, which the parser takes or refuses. */
  readonly text: string
}

export interface ConstructSection {
  readonly title: string
  readonly constructs: readonly Construct[]
}

/** Every construct of the language, from the tables that the parser itself reads. */
export function languageReference(): readonly ConstructSection[] {
  return [
    { title: 'Blocks and statements', constructs: statements() },
    { title: 'Left sides of an assignment', constructs: targets() },
    { title: 'Declarations', constructs: declarations() },
    { title: 'Entries of `ini({})`', constructs: iniEntries() },
    { title: 'Residual errors', constructs: residuals() },
    { title: 'Operators', constructs: operators() },
    { title: 'Functions of numbers', constructs: numberFunctions() },
    { title: 'Functions of the doses given', constructs: dosesFunctions() },
    { title: 'Names with a value', constructs: names() },
  ]
}

const frame = `a = 1
b = 0.5
c1 = 2
d/dt(x) = -a*x
d/dt(z) = a*x - b*z
d/dt(v) = b*z
d/dt(w) = b*v
`

function inModel(written: string, summary: string, example: string): Construct {
  return { written, summary, state: 'supported', example, text: `${frame}${example}\n` }
}

function refusedInModel(written: string, summary: string, example: string): Construct {
  return { written, summary, state: 'refused', example, text: `${frame}${example}\n` }
}

function whole(written: string, summary: string, text: string): Construct {
  return { written, summary, state: 'supported', example: text, text }
}

function statements(): readonly Construct[] {
  return [
    whole(
      'name <- function() { ini({…}); model({…}) }',
      'an nlmixr2 model; beside the blocks there may be metadata in R, never run',
      'one <- function() { description <- "decay"; ini({ k <- 0.1 }); model({ d/dt(x) <- -k*x }) }',
    ),
    whole('ini({…}) model({…})', 'the blocks alone', 'ini({ k <- 0.1 }); model({ d/dt(x) <- -k*x })'),
    whole('rxode2({…})', 'rxode2 text with its wrapper, also RxODE({…})', 'm <- rxode2({ k = 0.1; d/dt(x) = -k*x })'),
    whole('statements', 'bare rxode2 text', 'k = 0.1; d/dt(x) = -k*x'),
    inModel('target = value', 'also `<-`; one statement ends with its line or `;`', 'y = a + b'),
    inModel('value -> name', 'assignment to the right', 'a + b -> y'),
    inModel('name ~ value', 'assigned and hidden from results', 'y ~ a + b'),
    inModel(
      'if (…) … else …',
      'branches, with `else if` and braces; a step ends where a comparison of time or states changes a rate',
      'if (t < 5) { y = 1 } else if (a > b) y = 2 else y = 3',
    ),
    whole(
      'linCmt()',
      'one to three compartments from the names of the text: cl or k, v, q and v2 or k12 and k21, or alpha, beta, … with A, B, …; ka; also before `~`; in closed form where its parameters stand still between events, beside d/dt lines, too, else integrated',
      'cl = 1; v = 10; ka = 2; C = linCmt()',
    ),
    inModel('# [unit] label', 'unit and meaning of what the line gives', 'y = a + b # [1/day] both rates'),
    ...[...refusedStatements].map(([name, reason]) => refusedInModel(`${name}()`, reason, `${name}(a)`)),
    ...['for (i in 1) y = 1', 'while (a) y = 1', 'function(u) u'].map((example) =>
      refusedInModel(
        example.slice(0, example.indexOf('(')).trim(),
        'a model has no loops and no functions of its own',
        example,
      ),
    ),
  ]
}

const targetExamples: Readonly<Record<TargetKind, string>> = {
  variable: 'y = a*x',
  derivative: 'd/dt(u) = -a*u',
  initial: 'x(0) = 10',
  bioavailability: 'f(x) = 0.9',
  lag: 'lag(x) = 0.5',
  duration: 'dur(x) = 2',
  rate: 'rate(x) = 3',
  modelTime: 'mtime(t1) = 4',
}

function targets(): readonly Construct[] {
  return targetForms.map(({ kind, written, summary }) => inModel(written, summary, targetExamples[kind]))
}

function declarations(): readonly Construct[] {
  return declarationForms.map(({ written, summary }) => inModel(written, summary, written))
}

function iniEntries(): readonly Construct[] {
  const inIni = (written: string, summary: string, example: string, state: Construct['state'] = 'supported') => ({
    written,
    summary,
    state,
    example,
    text: `ini({\n  k <- 0.1\n  ${example}\n})\nmodel({\n  d/dt(x) = -k*x\n})\n`,
  })
  return [
    inIni('name <- estimate', 'a fixed effect; constants may be expressions', 'tcl <- log(0.16)'),
    inIni('name <- c(lower, estimate, upper)', 'with bounds', 'tcl <- c(0, 1, Inf)'),
    inIni('name <- fixed(estimate)', 'kept by a fit; also fix()', 'tcl <- fixed(1)'),
    inIni('label("…")', 'what the parameter before it means', 'tcl <- 1; label("Clearance")'),
    inIni(
      'backTransform("…")',
      'the function that makes the value of the parameter before it',
      'tcl <- 1; backTransform("exp")',
    ),
    inIni('eta ~ variance', 'a random effect between subjects', 'eta.cl ~ 0.09'),
    inIni(
      'eta1 + eta2 ~ c(v1, c21, v2)',
      'a covariance block, lower triangle by rows',
      'eta.cl + eta.v ~ c(0.1, 0.01, 0.1)',
    ),
    inIni('eta ~ sd(…), cor(…)', 'standard deviations and correlations', 'eta.cl + eta.v ~ sd(cor(0.3, 0.5, 0.3))'),
    inIni('eta ~ variance | occ', 'between occasions', 'eta.cl ~ 0.09 | occ'),
    ...[...refusedIniForms].map(([name, what]) => inIni(`${name}()`, what, `${name}(k) ~ 1`, 'refused')),
  ]
}

/** Terms that stand beside `add` and `prop`. */
const besideOthers: ReadonlySet<string> = new Set(
  'boxCox yeoJohnson combined1 combined2 t dt cauchy dcauchy'.split(' '),
)

function residuals(): readonly Construct[] {
  const known = [...residualForms].map(([name, { written, summary, least, most }]) => {
    const call = `${name}(${['a', 'b', 'c1'].slice(0, name === 'pow' ? most : Math.max(least, Math.min(most, 1))).join(', ')})`
    const term = most === 0 ? `${name}()` : call
    return inModel(
      written.startsWith(`${name}(`) ? written : `${name}(…)`,
      written.startsWith(`${name}(`) ? summary : `the same as ${written}`,
      besideOthers.has(name) ? `x ~ add(a) + prop(b) + ${term}` : `x ~ ${term}`,
    )
  })
  return [
    ...known,
    inModel('name ~ … | endpoint', 'what data call the quantity', 'x ~ add(a) | blood'),
    ...[...refusedResiduals].map((name) => refusedInModel(`${name}(…)`, '', `x ~ add(a) + ${name}(b)`)),
  ]
}

const operatorSummaries: Readonly<Record<BinaryOperator, string>> = {
  '+': 'sum',
  '-': 'difference; also the sign, which binds less than ^: -2^2 is -4',
  '*': 'product',
  '/': 'quotient',
  '%%': 'remainder, with the sign of the divisor',
  '^': 'power, from the right: 2^3^2 is 2^9; also **',
  '<': 'less; conditions are 1 or 0',
  '<=': 'at most',
  '>': 'greater',
  '>=': 'at least',
  '==': 'equal; an input may be compared with a text: SEX == "female"',
  '!=': 'not equal',
  '&': 'and; also &&',
  '|': 'or; also ||',
}

function operators(): readonly Construct[] {
  return [
    ...Object.entries(operatorSummaries).map(([operator, summary]) =>
      inModel(operator, summary, `y = a ${operator} b`),
    ),
    inModel('!', 'not; binds less than comparisons', 'y = !a > b'),
  ]
}

function numberFunctions(): readonly Construct[] {
  return [
    ...[...functions].map(([name, { least }]) => {
      const given = Array.from({ length: least }, (_, index) => ['a', 'b', 'c1'][index % 3]).join(', ')
      const facts = expressionFunctions.get(name)
      return inModel(facts?.signature ?? name, facts?.summary ?? '', `y = ${name}(${given})`)
    }),
    ...[...unsupportedFunctions]
      .filter((name) => !functions.has(name) && !doseFunctions.has(name) && !residualForms.has(name))
      .map((name) => refusedInModel(`${name}(…)`, '', `y = ${name}(a)`)),
  ]
}

function dosesFunctions(): readonly Construct[] {
  return [
    ...[...doseFunctions].map(([name, { summary }]) => inModel(`${name}(), ${name}(x)`, summary, `y = ${name}(x)`)),
    inModel(
      'transit(n, mtt), transit(n, mtt, bio)',
      'input from a chain of n transit compartments with this mean time, of the last dose',
      'd/dt(u) = transit(a, b) - u',
    ),
  ]
}

function names(): readonly Construct[] {
  return [
    inModel('t, time', 'the time of the run', 'y = a*t'),
    inModel('d/dt(x)', 'a derivative that a line above gives', 'y = d/dt(x)'),
    inModel('any other name', 'an input, which data or --param must give', 'y = WT/70'),
    ...[...namedConstants].map(([name, value]) => inModel(name, String(value), `y = ${name}`)),
    ...[...refusedNames].map((name) => refusedInModel(name, '', `y = ${name}`)),
  ]
}
