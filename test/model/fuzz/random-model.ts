import type { Choices } from './choices.ts'
import { type ExpressionNames, expressionText, gap } from './random-expression-text.ts'

/** A text that is legal by construction, and what it declares. */
export interface RandomModel {
  readonly text: string
  readonly states: readonly string[]
  readonly outputs: ReadonlySet<string>
  /** Kind of every parameter, by name. */
  readonly parameters: ReadonlyMap<string, 'parameter' | 'eta' | 'covariate'>
  /** Estimates of `ini` and numbers of bare text, where they are written plainly. */
  readonly values: ReadonlyMap<string, number>
  readonly endpoints: readonly string[]
  /** Texts of each input that is compared with texts, in order of appearance. */
  readonly levels: ReadonlyMap<string, readonly string[]>
}

const doseFunctions = 'tad tafd tad0 tafd0 tlast tfirst tlast0 tfirst0 podo podo0 dose dose0 dosenum'.split(' ')

const stems = ['x', 'Cc', 'eta.cl', 'k_e', 'T', 'c', 'R', 'd', '.v', '__proto__', 'constructor', 'toString', 'F', 'E']
const assigns = ['=', '<-', ' = ', ' <- ', '  <-\t', ' =\n  ']
const comments = [
  '',
  '',
  '',
  ' # [1/day] rate',
  '# label',
  ' # [] [x] y',
  " #' roxygen",
  ' # </script> $\u007bx} "',
  ' # [10^6 cells] µ é 💉',
]

/** Makes one model text of the whole language; each construct comes sooner or later. */
export function randomModel(choices: Choices): RandomModel {
  return new Maker(choices).make()
}

class Maker {
  readonly #choices: Choices
  readonly #states: string[]
  /** States in the order in which the text numbers them. */
  readonly #numbered = new Set<string>()
  readonly #outputs = new Set<string>()
  readonly #parameters = new Map<string, 'parameter' | 'eta' | 'covariate'>()
  readonly #values = new Map<string, number>()
  readonly #endpoints: string[] = []
  readonly #levels = new Map<string, string[]>()
  /** Names with a value where the text has got to; those in parameters alone first. */
  readonly #fixed: string[] = []
  readonly #known: string[] = []
  readonly #given: string[] = []
  #count = 0

  constructor(choices: Choices) {
    this.#choices = choices
    this.#states = choices.some(4, () => this.#fresh())
  }

  make(): RandomModel {
    const choices = this.#choices
    const frame = choices.pick([
      'function',
      'function',
      'function',
      'blocks',
      'bare',
      'bare',
      'wrapper',
      'string',
    ] as const)
    const hasIni = frame === 'function' || frame === 'blocks'
    const ini = hasIni ? this.#ini() : []
    // a covariate's levels stand before its use
    const head = [...(hasIni ? [] : this.#literals()), ...this.#declarations()]
    const body = [...head, ...this.#body(hasIni)]
    const text = this.#framed(frame, ini, body)
    return {
      text: choices.oneIn(20) ? text.replaceAll('\n', choices.pick(['\r\n', '\r'])) : text,
      states: [...this.#numbered],
      outputs: this.#outputs,
      parameters: this.#parameters,
      values: this.#values,
      endpoints: this.#endpoints,
      levels: new Map([...this.#levels].filter(([name]) => this.#parameters.has(name))),
    }
  }

  /** A name that nobody has; in the text it may stand in backticks. */
  #fresh(): string {
    const stem = this.#choices.pick(stems)
    return this.#choices.oneIn(12) ? `${stem} ${++this.#count}` : `${stem}${++this.#count}`
  }

  #written(name: string): string {
    return name.includes(' ') || this.#choices.oneIn(15) ? `\`${name}\`` : name
  }

  #comment(): string {
    return this.#choices.pick(comments)
  }

  // --- ini -----------------------------------------------------------------------------------------------------------

  #ini(): string[] {
    const choices = this.#choices
    const lines: string[] = []
    const count = 1 + choices.below(5)
    for (let i = 0; i < count; i++) {
      if (choices.oneIn(3)) lines.push(...this.#effects())
      else lines.push(...this.#theta())
    }
    return lines
  }

  #theta(): string[] {
    const choices = this.#choices
    const name = this.#declare('parameter')
    const number = choices.pick(['0.5', '1', '2e3', '-1.5', '.1', '4L'])
    const value = Number(number.replace('L', ''))
    const form = choices.pick(['plain', 'plain', 'lower', 'bounds', 'fixed', 'fix', 'word', 'expression'] as const)
    const written = {
      plain: number,
      lower: `c(-10, ${number})`,
      bounds: `c(-Inf,${gap(choices)}${number}, Inf)`,
      fixed: `fixed(${number})`,
      fix: `c(-5, fix(${number}), 1e4)`,
      word: `c(-5, ${number}, 1e4, fixed)`,
      expression: choices.pick([
        'log(0.16)',
        'fix(log(2))',
        'exp(1)/2',
        'log(c(0.1, 2.7, 100))',
        '2^-1',
        'sqrt(2)*3',
        'logit(0.25)',
      ]),
    }[form]
    if (form !== 'expression') this.#values.set(name, value)
    const line = `${this.#written(name)}${choices.pick(assigns)}${written}${this.#comment()}`
    return [
      line,
      ...(choices.oneIn(6) ? [`label("a \\"label\\" of 'it' # ${name}")`] : []),
      ...(choices.oneIn(8) ? [`backTransform(${choices.pick(['"exp"', '"expit"', "'probitInv'", 'exp'])})`] : []),
    ]
  }

  #effects(): string[] {
    const choices = this.#choices
    const [a, b] = [this.#declare('eta'), this.#declare('eta')]
    const [first, second] = [this.#written(a), this.#written(b)]
    const level = choices.pick(['', '', '', ' | id', ' | occ', '|site'])
    const comment = this.#comment()
    switch (choices.below(5)) {
      case 0:
        return [`${first} ~ 0.09${level}${comment}`, `${second}~fix(log(2))`]
      case 1:
        return [`${first} ~ 1${level}`, `${second} ~ c(0.1, 1)${level}`]
      case 2:
        return [`${first}+${second} ~ ${choices.pick(['', 'fix', 'var', 'cov'])}(c(1, 0.1, 2))`.replace('~ (c', '~ (c')]
      case 3:
        return [
          `${first} + ${second} ~ ${choices.pick(['sd(cor', 'cor(sd', 'cor(var'])}(0.3, 0.5, 0.3))${level}${comment}`,
        ]
      default:
        return [`${first} + \n ${second} ~ chol(c(1,\n 0.5, 2))${level}`]
    }
  }

  #declare(kind: 'parameter' | 'eta'): string {
    const name = this.#fresh()
    this.#parameters.set(name, kind)
    this.#fixed.push(name)
    this.#known.push(name)
    return name
  }

  // --- model ---------------------------------------------------------------------------------------------------------

  #literals(): string[] {
    const choices = this.#choices
    return choices.some(4, () => {
      const name = this.#declare('parameter')
      const number = choices.pick(['1', '0.5', '-2', '+3', '1e-3', 'Inf', 'pi'])
      if (/\d/.test(number)) this.#values.set(name, Number(number))
      return `${this.#written(name)}${choices.pick(assigns)}${number}${this.#comment()}`
    })
  }

  #declarations(): string[] {
    const choices = this.#choices
    const lines: string[] = []
    for (const state of this.#states.toReversed()) {
      if (!choices.oneIn(5)) continue
      this.#numbered.add(state)
      lines.push(`${choices.pick(['cmt', 'compartment'])}(${this.#written(state)})`)
    }
    if (choices.oneIn(8)) lines.push('dvid(2, 1)')
    if (choices.oneIn(8) && this.#fixed.length > 0)
      lines.push(`param(${this.#fixed.map((name) => this.#written(name)).join(',')})`)
    if (choices.oneIn(6)) {
      // an input only once it is compared with something
      const name = this.#fresh()
      const levels = choices.pick([
        ['female', 'male'],
        ['a'],
        ['<script>', "it's", 'é 💉'],
        ['__proto__', 'constructor', ''],
      ])
      this.#levels.set(name, [...levels])
      const listed =
        levels.length > 1 || choices.oneIn(2)
          ? `c(${levels.map((level) => `"${level}"`).join(', ')})`
          : `"${levels[0]}"`
      lines.push(`${choices.pick(['levels', 'labels'])}(${this.#written(name)})${choices.pick(['=', ' <- '])}${listed}`)
    }
    return lines
  }

  #input(): string {
    const name = this.#fresh()
    this.#parameters.set(name, 'covariate')
    return name
  }

  #body(hasIni: boolean): string[] {
    const choices = this.#choices
    const lines = choices.some(5, () => this.#statement()).flat()
    for (const state of this.#states) if (choices.oneIn(8)) lines.push(this.#property(state))
    for (const state of this.#states) {
      this.#numbered.add(state)
      lines.push(...this.#derivative(state))
      this.#known.push(state)
      this.#given.push(state)
      lines.push(...choices.some(2, () => this.#statement()).flat())
    }
    for (const state of this.#states) if (choices.oneIn(3)) lines.push(this.#property(state))
    // a text must give a state or an output
    if (this.#states.length === 0 && this.#outputs.size === 0) lines.push(this.#local('='))
    if (hasIni || choices.oneIn(3)) lines.push(...this.#errors())
    const inputs = [...this.#parameters].filter(([, kind]) => kind === 'covariate').map(([name]) => name)
    const how = choices.pick(['', '', '', 'locf', 'nocb', 'midpoint', 'linear'])
    // one that runs along a line may stand nowhere where parameters alone may, and texts have nothing between them
    const isBetween = how === 'linear' || how === 'midpoint'
    const changing = inputs.filter(
      (name) => (how !== 'linear' || !this.#fixed.includes(name)) && !(isBetween && this.#levels.has(name)),
    )
    if (how !== '' && changing.length > 0)
      lines.push(`${how}(${changing.map((name) => this.#written(name)).join(', ')})`)
    if (choices.oneIn(8)) lines.push(';', '', '# a comment of its own')
    return lines
  }

  /** Names that are states, too, once their d/dt has been written; earlier they would be read all the same. */
  #names(isFixed = false): ExpressionNames {
    const choices = this.#choices
    const list = isFixed ? this.#fixed : this.#known
    const name = () => {
      if (list.length > 0 && !choices.oneIn(12)) return this.#written(choices.pick(list))
      const fresh = this.#input()
      this.#fixed.push(fresh)
      if (list !== this.#fixed) this.#known.push(fresh)
      return this.#written(fresh)
    }
    if (isFixed) return { name, special: [] }
    const special = [
      () => choices.pick(['t', 'time']),
      () => `${choices.pick([...doseFunctions])}()`,
      () => `(${this.#comparedText()})`,
      ...(this.#given.length > 0
        ? [
            () => `d/dt(${this.#written(choices.pick(this.#given))})`,
            () => `${choices.pick(['tad', 'podo', 'tlast0', 'dose'])}(${this.#written(choices.pick(this.#given))})`,
          ]
        : []),
    ]
    return { name, special }
  }

  /** `SEX == "female"`, either way round. */
  #comparedText(): string {
    const choices = this.#choices
    const known = [...this.#levels.keys()]
    const name = known.length > 0 && choices.oneIn(2) ? choices.pick(known) : this.#input()
    this.#parameters.set(name, 'covariate')
    const levels = this.#levels.get(name) ?? ['m', '"quoted"', 'line\\two']
    const level = choices.pick(levels)
    if (!this.#levels.has(name)) this.#levels.set(name, [level])
    const quoted =
      choices.oneIn(2) && !level.includes("'") ? `'${escaped(level)}'` : `"${escaped(level).replaceAll('"', '\\"')}"`
    const written = this.#written(name)
    const operator = choices.pick(['==', '!='])
    return choices.oneIn(3) ? `${quoted} ${operator} ${written}` : `${written}${operator}${quoted}`
  }

  #statement(): string[] {
    const choices = this.#choices
    switch (choices.below(12)) {
      case 0:
      case 1:
        return this.#conditional()
      case 2:
        return [this.#local('->')]
      case 3:
        return [this.#local('~')]
      case 4: {
        const name = this.#fresh()
        const line = `mtime(${this.#written(name)})${choices.pick(assigns)}${this.#value(true)}`
        this.#outputs.add(name)
        this.#fixed.push(name)
        this.#known.push(name)
        return [line]
      }
      case 5: {
        const [x, y] = [this.#fresh(), this.#fresh()]
        return [
          `df(${this.#written(x)})/dy(${this.#written(y)}) = ${expressionText(choices, { name: () => 'u', special: [] }, 2)}`,
        ]
      }
      case 6: {
        const name = this.#known.length > 0 ? choices.pick(this.#known) : 'nothing'
        return [
          `${choices.pick(['unit', 'units'])}(${this.#written(name)}) <- "${choices.pick(['mg/L', '1/day', '', '?', 'cells'])}"`,
        ]
      }
      default:
        return [this.#local(choices.pick(['=', '<-']))]
    }
  }

  /** A value that is no number alone: that would be a parameter. */
  #value(isFixed = false): string {
    const text = expressionText(this.#choices, this.#names(isFixed))
    return `0 + (${text})`
  }

  #local(operator: '=' | '<-' | '->' | '~'): string {
    const choices = this.#choices
    const value = this.#value()
    const name = this.#fresh()
    if (operator !== '~') this.#outputs.add(name)
    this.#known.push(name)
    const written = this.#written(name)
    const space = gap(choices)
    const end = `${this.#comment()}`
    if (operator === '->') return `${value}${space}->${space}${written}${end}`
    return `${written}${space}${operator} ${value}${choices.oneIn(10) ? ';' : ''}${end}`
  }

  #conditional(): string[] {
    const choices = this.#choices
    const names = [this.#fresh(), this.#fresh()].slice(0, 1 + choices.below(2))
    const branch = () => {
      const lines = names.filter(() => !choices.oneIn(6)).map((name) => `${this.#written(name)} = ${this.#value()}`)
      const nested = choices.oneIn(8)
        ? [`if (${this.#condition()}) { ${lines.join('; ')} } else { ${lines.join('; ')} }`]
        : lines
      if (nested.length === 1 && choices.oneIn(3)) return choices.pick(['', '\n  ']) + (nested[0] ?? '')
      return choices.oneIn(2) ? `{ ${nested.join('; ')} }` : `{\n${nested.map((line) => `    ${line}`).join('\n')}\n  }`
    }
    const bodies = Array.from({ length: 1 + choices.below(3) }, branch)
    const written = bodies.map(
      (body, index) => `${index === 0 ? 'if' : `${choices.pick([' ', '\n'])}else if`} (${this.#condition()}) ${body}`,
    )
    const last = choices.oneIn(2) ? `${choices.pick([' ', '\n'])}else ${branch()}` : ''
    const text = `${written.join('')}${last}`
    for (const name of names) {
      // a branch may have left it out, and so may all
      if (text.includes(`${name} =`) || text.includes(`${name}\` =`)) {
        this.#outputs.add(name)
        this.#known.push(name)
      }
    }
    return [text]
  }

  #condition(): string {
    const choices = this.#choices
    switch (choices.below(4)) {
      case 0:
        return `${choices.pick(['t', 'time'])} ${choices.pick(['<', '>=', '<=', '>'])} (${expressionText(choices, this.#names(true), 2)})`
      case 1:
        return this.#comparedText()
      default:
        return expressionText(choices, this.#names(), 2)
    }
  }

  #derivative(state: string): string[] {
    const choices = this.#choices
    const target = choices.pick(['d/dt(', 'd / dt ( ', 'd/dt( '])
    const left = `${target}${this.#written(state)})${choices.pick(assigns)}`
    if (choices.oneIn(10)) {
      const rate = () => `${left}${this.#value()}`
      return [`if (${this.#condition()}) { ${rate()} } else { ${rate()} }`]
    }
    const input = choices.oneIn(10)
      ? ` + transit(${choices.pick(['3', '2.5, 1', '1, 2, 0.5'])}${''}`.replace('(3', '(3, 2')
      : ''
    const line = `${left}${this.#value()}${input === '' ? '' : `${input})`}${this.#comment()}`
    if (!choices.oneIn(10)) return [line]
    return [line, `d/dt(${this.#written(state)}) = d/dt(${this.#written(state)}) + ${this.#value()}`]
  }

  #property(state: string): string {
    const choices = this.#choices
    const written = this.#written(state)
    const target = choices.pick(['(0)', 'f', 'F', 'lag', 'alag', 'dur', 'rate'])
    // a start numbers no state
    if (target !== '(0)') this.#numbered.add(state)
    const left = target === '(0)' ? `${written}(0)` : `${target}(${written})`
    return `${left}${choices.pick(assigns)}${this.#value(true)}${this.#comment()}`
  }

  // --- residual errors -----------------------------------------------------------------------------------------------

  #errors(): string[] {
    const choices = this.#choices
    const observed = [...this.#outputs, ...this.#states].filter(() => choices.oneIn(3)).slice(0, 3)
    return observed.map((name) => {
      const endpoint = choices.oneIn(3) ? this.#fresh() : name
      this.#endpoints.push(endpoint)
      const end = endpoint === name ? '' : ` | ${this.#written(endpoint)}`
      return `${this.#written(name)} ~ ${this.#error()}${end}${this.#comment()}`
    })
  }

  #error(): string {
    const choices = this.#choices
    const argument = () => {
      if (choices.oneIn(4)) return choices.pick(['0.1', '2', '1e-3', '.5'])
      const fixed = [...this.#parameters].filter(([, kind]) => kind === 'parameter').map(([name]) => name)
      return fixed.length > 0 && !choices.oneIn(6) ? this.#written(choices.pick(fixed)) : this.#written(this.#input())
    }
    const additive = () => `${choices.pick(['add', 'norm', 'dnorm'])}(${argument()})`
    const proportional = () => (choices.oneIn(2) ? `prop(${argument()})` : `pow(${argument()}, ${argument()})`)
    const extra = () => {
      const name = choices.pick(['', '', 't', 'dt', 'cauchy', 'combined1', 'combined2', 'boxCox', 'yeoJohnson'])
      if (name === '') return ''
      return ` + ${name}(${name === 'cauchy' || name.startsWith('combined') ? '' : argument()})`
    }
    switch (choices.below(7)) {
      case 0:
        return `${additive()}${extra()}`
      case 1:
        return `${proportional()}${extra()}`
      case 2:
        return `${additive()} + ${proportional()}${extra()}`
      case 3:
        return `${choices.pick(['lnorm', 'dlnorm', 'logn', 'dlogn'])}(${argument()})`
      case 4:
        return `${choices.pick(['logitNorm', 'probitNorm'])}(${argument()}, ${choices.pick(['0, 1', '-1, 2.5'])})${choices.oneIn(2) ? ` + ${proportional()}` : ''}`
      case 5:
        return `lnorm(NA) + ${proportional()}`
      default:
        return choices.oneIn(2)
          ? `pois(${argument()})`
          : `${choices.pick(['binom', 'dbinom'])}(${argument()}, ${argument()})`
    }
  }

  // --- frames --------------------------------------------------------------------------------------------------------

  #framed(frame: string, ini: readonly string[], body: readonly string[]): string {
    const choices = this.#choices
    const title = choices.pick(['', '', '# A title\n', '\n\n#### \n# Title é\n', '\ufeff', ' \n'])
    const libraries = choices.pick(['', '', '', 'library(rxode2)\n', 'library("nlmixr2");require(rxode2)\n\n'])
    const end = choices.pick(['\n', '\n', '', '\n\n', ' # end'])
    const lines = (list: readonly string[]) => list.map((line) => `${choices.pick(['', '  ', '\t'])}${line}\n`).join('')
    const name = choices.pick(['', 'model.1 <- ', 'f = ', '`a b` <- '])
    const after = choices.pick([
      '',
      '',
      '',
      'fit <- nlmixr2(f, data, "focei"); plot(fit)\n',
      'ev <- et(amt = 1) |>\n  et(0:24)\n',
    ])
    const text = lines(body)
    switch (frame) {
      case 'bare':
        return `${title}${libraries}${text}${end}`
      case 'wrapper': {
        const wrapper = choices.pick(['rxode2', 'RxODE', 'rxode', 'rxode2::rxode2', 'rxode2parse'])
        return `${title}${libraries}${name}${wrapper}(${gap(choices)}{\n${text}})${end}\n${after}`
      }
      case 'string':
        // what is in quotes may hold neither its own quotes nor backslashes
        return /["\\]/.test(text) ? `${title}${text}` : `${title}${libraries}${name}rxode2("\n${text}")\n${after}`
      case 'blocks':
        return `${title}${libraries}ini({\n${lines(ini)}})\nmodel(${gap(choices)}{\n${text}})${end}`
      default: {
        const metadata = choices.some(3, () => this.#metadata())
        const late = choices.oneIn(4) ? [this.#metadata()] : []
        return `${title}${libraries}${name}function() {\n${lines(metadata)}ini({\n${lines(ini)}})\nmodel({\n${text}})\n${lines(late)}}${end}\n${after}`
      }
    }
  }

  #metadata(): string {
    return this.#choices.pick([
      'description <- "A model of \\"things\\"; $\u007bx} </script>"',
      'reference <- paste0(\'a\', "b", 3)',
      'units <- list(time = "day", dosing = "mg", concentration = "mg/L")',
      'units <- c(time = "hour")',
      'covariateData <- list(WT = list(units = "kg", description = "weight"), SEX = "sex")',
      'population <- list(n = 12L, age = c(1, 90), notes = function(x) { x[[1]]$a %in% c(2, 3) })',
      'f <- function(x, ...) {\n  if (x > 1) { "}" } else x[1]\n}',
      'vignette <- r"(anything ) " at all)"',
      'a <- 1 +\n  2 * (3 -\n 4)',
      '`odd name` <- ~ x | y',
      'stopifnot(TRUE); NULL',
      '__proto__ <- list(polluted = TRUE, `__proto__` = 1)',
      'system("ls")',
      'x@y$z[["w"]] <- base::list(a, , b)',
      '# only a comment with ( [ { "',
      'dosing <- c("central", "depot")',
      'ß <- µ',
    ])
  }
}

function escaped(level: string): string {
  return level.replaceAll('\\', '\\\\')
}
