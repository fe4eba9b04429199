import { writtenTarget } from '../check/written-target.ts'
import type { Assignment, Statement, SyntaxTree, TargetKind } from '../syntax/syntax.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { impliedTimeUnits } from './implied-time-units.ts'
import { type Clash, clashOf, type Measure, measureOf, plain, quotient } from './measure.ts'
import type { Operand } from './measure-expression.ts'
import { readTimeUnit } from './time-ratio.ts'
import { formatNumber, formatUnit, timeFactorOf, type Unit, unitOf } from './unit.ts'
import { type NamedUnits, unitDeclarations } from './unit-declarations.ts'
import { UnitWalk } from './unit-walk.ts'
import { unnamedTime } from './unit-words.ts'

const verbs = { add: 'added', subtract: 'subtracted', compare: 'compared', alternatives: 'alternatives of one value' }

/**
 * Finds the unit of time that a text declares, and warns where declared units clash: in sums, comparisons and alternatives,
 * in what is assigned to a name with a unit, in d/dt lines, initial values, lags, durations and rates, and in arguments that
 * must be plain numbers. A quantity without a unit is unknown and silences the check around it; so does a number of the text
 * in a sum, and in a product a number that may have a unit of its own.
 *
 * @returns `time` of `units` in the metadata, else the unit of time on which all terms of the d/dt lines agree whose units
 *   are known; empty where none does.
 */
export function checkUnits(text: string, tree: SyntaxTree, model: NamedUnits, diagnostics: Diagnostics): string {
  const declarations = unitDeclarations(tree, model)
  const given = model.metadata.units.get('time')?.trim() ?? ''
  const implied = given === '' ? impliedTimeUnits(tree, declarations) : new Map<string, number>()
  // where d/dt lines disagree, most are right
  const [commonest = given] = [...implied.keys()].toSorted((a, b) => (implied.get(b) ?? 0) - (implied.get(a) ?? 0))
  const named = readTimeUnit(commonest)
  const time = named ?? unitOf(unnamedTime)
  const shown = (at: Extent) => quote(sourceOf(text, at))
  const inUnit = (operand: Operand, unit: Unit) => `${shown(operand.at)} [${formatUnit(unit)}]`
  /** Reports a value that is not in the unit wanted. */
  const expect = (at: Extent, what: string, wanted: Measure, value: Operand) => {
    const clash = clashOf(wanted, value.measure)
    if (clash === undefined) return
    diagnostics.warn(
      at,
      `${what} in [${formatUnit(clash.left)}], but ${shown(value.at)} in [${formatUnit(clash.right)}]; ${difference(clash)}`,
    )
  }
  const bioavailable = bioavailableStates(tree.body, new Set())
  const assigned = ({ target, value }: Assignment, declared: Measure, measures: readonly Measure[]) => {
    const measure = measures.at(-1)
    const whole = value.at(-1)
    if (measure === undefined || whole === undefined) return
    const { kind, name, at } = target
    const wanted = wantedUnit(kind, declared, time)
    // where the text does not say its unit of time, -x may stand for -1*x with a rate of 1
    if (kind === 'derivative' && named === undefined && clashOf(declared, measure) === undefined) return
    // a dose that f(x) converts has a unit of its own
    if (wanted === undefined || (kind === 'rate' && bioavailable.has(name))) return
    expect(at, `${writtenTarget(kind, name)} is`, wanted, { at: whole.at, measure })
  }
  const walk = new UnitWalk(declarations, time, {
    assigned,
    clash: (what, left, right, at) => {
      const clash = clashOf(left.measure, right.measure)
      if (clash === undefined) return
      diagnostics.warn(
        at,
        `${inUnit(left, clash.left)} and ${inUnit(right, clash.right)} are ${verbs[what]}; ${difference(clash)}`,
      )
    },
    notPlain: (role, operand) => {
      const clash = clashOf(operand.measure, plain)
      // exp(-t) has a rate of 1
      if (clash === undefined || clashOf(operand.measure, measureOf(time)) === undefined) return
      const ratio = clash.ratio === undefined ? undefined : timeFactorOf(clash.left)
      // of ratios such as mg/g the text may mean the number they are written with
      if (ratio !== undefined && Math.abs(ratio - 1) < 1e-6) return
      const remedy =
        ratio === undefined
          ? 'divide it by a quantity of this unit, or correct a unit.'
          : `convert by a factor of ${formatNumber(ratio > 1 ? ratio : 1 / ratio)}, or correct a unit.`
      diagnostics.warn(operand.at, `${role}, ${inUnit(operand, clash.left)}, must be a plain number: ${remedy}`)
    },
  })
  walk.walk(tree.body)
  return implied.size > 1 ? '' : commonest
}

/** The unit that a target ought to get, from that of the name it is about; f(x) may convert and can have any. */
function wantedUnit(kind: TargetKind, declared: Measure, time: Unit): Measure | undefined {
  switch (kind) {
    case 'variable':
    case 'initial':
      return declared
    case 'derivative':
    case 'rate':
      return quotient(declared, measureOf(time))
    case 'lag':
    case 'duration':
    case 'modelTime':
      return measureOf(time)
    case 'bioavailability':
      return undefined
  }
}

/** What is the matter, and what to do. */
function difference({ ratio }: Clash): string {
  return ratio === undefined
    ? 'these are different quantities: correct the equation or a unit.'
    : `they differ by a factor of ${formatNumber(ratio > 1 ? ratio : 1 / ratio)}: convert one, or correct its unit.`
}

/** The states that f(x) is given for. */
function bioavailableStates(body: readonly Statement[], found: Set<string>): ReadonlySet<string> {
  // nesting is bounded by the parser's budget
  for (const statement of body) {
    if (statement.kind === 'conditional') {
      for (const branch of statement.branches) bioavailableStates(branch.body, found)
      bioavailableStates(statement.otherwise, found)
    } else if (statement.kind === 'assignment' && statement.target.kind === 'bioavailability')
      found.add(statement.target.name)
  }
  return found
}

const longest = 80

/** The text of an expression on one line, with the brackets around its first operand that its extent leaves out. */
function sourceOf(text: string, { offset, length }: Extent): string {
  const source = text.slice(offset, offset + Math.min(length, longest))
  let shown = ''
  let depth = 0
  let missing = 0
  let blank = false
  for (const character of source) {
    if (character === ' ' || character === '\t' || character === '\n' || character === '\r') {
      blank = shown !== ''
      continue
    }
    if (blank) shown += ' '
    blank = false
    shown += character
    if (character === '(') depth++
    else if (character === ')' && --depth < 0) {
      missing++
      depth = 0
    }
  }
  return '('.repeat(missing) + shown + ')'.repeat(length > longest ? 0 : depth)
}
