import { type Model, nearestName } from '@cartkin/model'
import { quantities } from '../course/quantities.ts'
import { parameterExpression } from '../regimens/parameter-expression.ts'
import type { Comparison, DecisionCourse } from './decision-course.ts'
import type { Bound, DecisionCondition, Holding } from './decision-rule.ts'
import { before, intersection, type Spans, sustained, union } from './decision-spans.ts'

/** Conditions within conditions at most. */
const deepest = 50

/** A condition of a rule over one patient's course, which is found in passes, each from a later start. */
export interface ConditionWatch {
  /** Indices of the quantities compared. */
  readonly quantities: readonly number[]
  /** When the condition holds: before `start` as found in earlier passes, from there on as in `course`. */
  spans(course: DecisionCourse, start: number): Spans
}

/**
 * Makes a condition ready for one patient. Throws a RangeError that begins with `where` for a quantity or parameter that the
 * model does not have, and for a number that cannot be.
 */
export function watchCondition(
  model: Model,
  parameters: Float64Array,
  condition: DecisionCondition,
  where: string,
  depth = 0,
): ConditionWatch {
  if (depth > deepest) throw new RangeError(`${where}: more than ${deepest} conditions lie within one another`)
  const holding = checkHolding(condition, where)
  if ('quantity' in condition) return watchComparison(comparisonOf(model, parameters, condition, where), holding)
  const [parts, join] = 'all' in condition ? [condition.all, intersection] : [condition.any, union]
  if (parts.length === 0) throw new RangeError(`${where}: a list of conditions needs at least one`)
  const watches = parts.map((part) => watchCondition(model, parameters, part, where, depth + 1))
  return {
    quantities: watches.flatMap((watch) => watch.quantities),
    spans: (course, start) => holding(watches.map((watch) => watch.spans(course, start)).reduce(join)),
  }
}

function watchComparison(comparison: Comparison, holding: (spans: Spans) => Spans): ConditionWatch {
  const found: { spans: Spans } = { spans: [] }
  return {
    quantities: [comparison.quantity],
    spans: (course, start) => {
      found.spans = union(before(found.spans, start), course.spans(comparison, start))
      return holding(found.spans)
    },
  }
}

/** Narrows the times at which something is true to those at which it counts. */
function checkHolding({ forTime = 0, from = -Infinity, until = Infinity }: Holding, where: string) {
  if (!(forTime >= 0 && forTime < Infinity))
    throw new RangeError(`${where}: the time for which a condition must hold is a number from 0 on, got ${forTime}`)
  if (!(from < until))
    throw new RangeError(`${where}: a condition is looked at from a time to a later one, got ${from} to ${until}`)
  return (spans: Spans): Spans => sustained(intersection(spans, [{ from, to: until }]), forTime)
}

function comparisonOf(
  model: Model,
  parameters: Float64Array,
  condition: { readonly quantity: string } & Bound,
  where: string,
): Comparison {
  const known = quantities(model).map(({ name }) => name)
  const quantity = known.indexOf(condition.quantity)
  if (quantity < 0) {
    const nearest = nearestName(condition.quantity, known)
    const remedy = nearest === undefined ? `it has ${known.join(', ')}` : `did you mean ${nearest}?`
    throw new RangeError(`${where}: the model has no state or output ${condition.quantity}; ${remedy}`)
  }
  const [bound, side, inclusive] = boundOf(condition)
  const threshold = parameterExpression(model, parameters, bound, `${where}: the threshold of ${condition.quantity},`)
  return {
    quantity,
    where: `${where}: the time at which ${condition.quantity} crosses its threshold`,
    threshold,
    side,
    inclusive,
  }
}

/** The number of a comparison, the side on which it holds, and whether it holds there too. */
export function boundOf(bound: Bound): readonly [bound: number | string, side: 1 | -1, inclusive: boolean] {
  if ('atLeast' in bound) return [bound.atLeast, 1, true]
  if ('above' in bound) return [bound.above, 1, false]
  if ('atMost' in bound) return [bound.atMost, -1, true]
  return [bound.below, -1, false]
}
