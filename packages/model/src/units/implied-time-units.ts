import type { Expression, SyntaxTree } from '../syntax/syntax.ts'
import { type Measure, measureOf } from './measure.ts'
import { factorOf, isDimensionless, timesPower, type Unit, unitOf } from './unit.ts'
import type { UnitDeclarations } from './unit-declarations.ts'
import { UnitWalk } from './unit-walk.ts'
import { type UnitWord, unnamedTime } from './unit-words.ts'

/**
 * The units of time that terms of d/dt lines imply, and how many imply each, in order of appearance: `-k*x` with k in 1/day
 * says day, whatever the unit of x.
 */
export function impliedTimeUnits(tree: SyntaxTree, declarations: UnitDeclarations): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const walk = new UnitWalk(withOwnUnits(declarations), unitOf(unnamedTime), {
    clash: () => {},
    notPlain: () => {},
    assigned: ({ target, value }, state, measures) => {
      if (target.kind !== 'derivative' || state.kind !== 'unit') return
      for (const term of terms(value)) {
        const measure = measures[term]
        const name = measure?.kind === 'unit' && !measure.open ? timeBetween(state.unit, measure.unit) : undefined
        if (name !== undefined) found.set(name, (found.get(name) ?? 0) + 1)
      }
    },
  })
  walk.walk(tree.body)
  return found
}

/** A state without a unit has one of its own, which cancels in terms such as `-k*x`. */
function withOwnUnits(declarations: UnitDeclarations): UnitDeclarations {
  const own = ([name, measure]: readonly [string, Measure]): readonly [string, Measure] => {
    if (measure.kind !== 'unknown') return [name, measure]
    const base = `state ${name}`
    return [name, measureOf(unitOf({ name: base, dimension: new Map([[base, 1]]), factor: 1 }))]
  }
  return { ...declarations, states: new Map([...declarations.states].map(own)) }
}

/** Places of the terms that an expression adds up. */
function terms(expression: Expression): readonly number[] {
  const found: number[] = []
  const open = [expression.length - 1]
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const node = expression[index]
    if (node?.kind === 'binary' && (node.operator === '+' || node.operator === '-')) open.push(node.left, node.right)
    else if (node?.kind === 'unary' && node.operator !== '!') open.push(node.argument)
    else found.push(index)
  }
  return found
}

/** The unit of time that a quantity over its rate of change leaves: `day` of mg and mg/day, and of mg and L/day · ug/mL. */
function timeBetween(quantity: Unit, rate: Unit): string | undefined {
  const left = timesPower(quantity, rate, -1)
  const found = [...(left?.words.values() ?? [])].find(({ word, exponent }) => exponent === 1 && isTime(word))
  if (left === undefined || found === undefined || found.word.name === unnamedTime.name) return undefined
  // what else is left must be 1, such as mg/(L · ug/mL)
  const rest = timesPower(left, unitOf(found.word), -1)
  return rest !== undefined && isDimensionless(rest) && Math.abs(factorOf(rest) - 1) < 1e-12
    ? found.word.name
    : undefined
}

function isTime({ dimension }: UnitWord): boolean {
  return dimension.get('time') === 1 && dimension.size === 1
}
