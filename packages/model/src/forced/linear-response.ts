import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import type { LinearCompartments } from '../model.ts'
import { decay, gathered, passedOn } from './decay.ts'
import type { Disposition } from './disposition.ts'

/** From what the amounts in linear compartments follow while their parameters and infusions stand still. */
export interface Held {
  /** Time since then. */
  readonly passed: NodeId
  /** What was in a compartment then, by the index of its state. */
  readonly amount: (state: number) => NodeId
  /** What flows into it since. */
  readonly rate: (state: number) => NodeId
}

/** Amount in the depot. */
export function depotAmount(
  algebra: Algebra,
  { state, ka }: NonNullable<LinearCompartments['depot']>,
  { amount, rate, passed }: Held,
): NodeId {
  return algebra.add(
    algebra.multiply(amount(state), decay(algebra, ka, passed)),
    algebra.multiply(rate(state), gathered(algebra, ka, passed)),
  )
}

/**
 * Amount in compartment `place` of the central (0) and the peripheral ones: of each mode what was there, what flows in, and
 * what is absorbed. An infusion into the depot is absorbed at its own rate, less what it has still to fill.
 */
export function compartmentAmount(
  algebra: Algebra,
  { depot, central, peripherals }: LinearCompartments,
  { modes }: Disposition,
  place: number,
  { amount, rate, passed }: Held,
): NodeId {
  const sum = (nodes: readonly NodeId[]) => nodes.reduce((a, b) => algebra.add(a, b), algebra.zero)
  const sources = [central, ...peripherals.map(({ state }) => state)]
  const inflows = sources.map(rate)
  if (depot !== null) inflows[0] = algebra.add(rate(central), rate(depot.state))
  const absorbed =
    depot === null ? undefined : algebra.subtract(algebra.multiply(depot.ka, amount(depot.state)), rate(depot.state))
  return sum(
    modes.map(({ slope, shares }) => {
      const weights = shares[place] ?? []
      const weighed = (values: readonly NodeId[]) =>
        sum(weights.map((weight, j) => algebra.multiply(weight, values[j] ?? algebra.zero)))
      const parts = [
        algebra.multiply(weighed(sources.map(amount)), decay(algebra, slope, passed)),
        algebra.multiply(weighed(inflows), gathered(algebra, slope, passed)),
      ]
      if (depot !== null && absorbed !== undefined)
        parts.push(algebra.multiply(weighed([absorbed]), passedOn(algebra, depot.ka, slope, passed)))
      return sum(parts)
    }),
  )
}
