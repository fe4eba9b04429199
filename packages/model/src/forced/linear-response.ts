import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Operation } from '../graph/operation.ts'
import type { LinearCompartments } from '../model.ts'
import type { Disposition } from './disposition.ts'
import { meanDecay } from './mean-decay.ts'

/** From what the amounts in linear compartments follow while their parameters and infusions stand still. */
export interface Held {
  /** Time since then. */
  readonly passed: NodeId
  /** What was in a compartment then, by the index of its state. */
  readonly amount: (state: number) => NodeId
  /** What flows into it since. */
  readonly rate: (state: number) => NodeId
}

/** exp(-rate passed). */
function decay(algebra: Algebra, rate: NodeId, { passed }: Held): NodeId {
  return algebra.unary(Operation.exp, algebra.negate(algebra.multiply(rate, passed)))
}

/** What is left of an inflow of 1: the integral of exp(-rate s) for s from 0 to `passed`. */
function gathered(algebra: Algebra, rate: NodeId, { passed }: Held): NodeId {
  return algebra.multiply(passed, meanDecay(algebra, algebra.multiply(rate, passed)))
}

/** Amount in the depot. */
export function depotAmount(
  algebra: Algebra,
  { state, ka }: NonNullable<LinearCompartments['depot']>,
  held: Held,
): NodeId {
  return algebra.add(
    algebra.multiply(held.amount(state), decay(algebra, ka, held)),
    algebra.multiply(held.rate(state), gathered(algebra, ka, held)),
  )
}

/** Amount in the central compartment: of each mode what was there, what flows in and what is absorbed. */
export function centralAmount(
  algebra: Algebra,
  linear: LinearCompartments,
  { modes }: Disposition,
  held: Held,
): NodeId {
  const { depot, central, peripherals } = linear
  const sum = (nodes: readonly NodeId[]) => nodes.reduce((a, b) => algebra.add(a, b), algebra.zero)
  const absorbed = depot && absorption(algebra, depot, held)
  return sum(
    modes.map((mode) => {
      const weighed = (of: (state: number) => NodeId, intoCentral = of(central)) =>
        sum([
          algebra.multiply(mode.central, intoCentral),
          ...peripherals.map(({ state }, i) => algebra.multiply(mode.peripherals[i] ?? algebra.zero, of(state))),
        ])
      const inflow = depot === null ? undefined : algebra.add(held.rate(central), held.rate(depot.state))
      return sum([
        algebra.multiply(weighed(held.amount), decay(algebra, mode.slope, held)),
        algebra.multiply(weighed(held.rate, inflow), gathered(algebra, mode.slope, held)),
        ...(absorbed === null ? [] : [algebra.multiply(mode.central, absorbed(mode.slope))]),
      ])
    }),
  )
}

/**
 * What has been absorbed of the drug in the depot and is left, of a mode of a slope. An infusion into the depot is
 * absorbed at its own rate, less what it has still to fill.
 */
function absorption(
  algebra: Algebra,
  { state, ka }: NonNullable<LinearCompartments['depot']>,
  held: Held,
): (slope: NodeId) => NodeId {
  const factor = algebra.subtract(algebra.multiply(ka, held.amount(state)), held.rate(state))
  const left = decay(algebra, ka, held)
  return (slope) => {
    // (exp(-ka t) − exp(-slope t))/(slope − ka), also where the two are equal
    const isSlower = algebra.less(ka, slope)
    const difference = algebra.subtract(slope, ka)
    const distance = algebra.select(isSlower, difference, algebra.negate(difference))
    const slower = algebra.select(isSlower, left, decay(algebra, slope, held))
    return algebra.multiply(factor, algebra.multiply(slower, gathered(algebra, distance, held)))
  }
}
