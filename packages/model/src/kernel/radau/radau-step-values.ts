import type { NodeId } from '../../graph/graph.ts'
import type { Store } from '../code/block-schedule.ts'
import type { PairGraph } from './pair-graph.ts'
import type { Pair } from './radau-pairs.ts'
import type { PlacedSystem, RadauSlots } from './radau-slots.ts'
import type { PairConstants } from './state-loop.ts'

/** What an attempt begins with: its length, the eigenvalues over it, and the times of the stages where f has need of them. */
export function beginStores(
  slots: RadauSlots,
  systems: readonly PlacedSystem[],
  { algebra }: PairGraph,
  constants: PairConstants,
): Store[] {
  const { frame, tableau } = slots
  const t = algebra.parameter(frame.t)
  const end = algebra.parameter(frame.end)
  // Between events closer than this nothing happens, and 1/h would overflow.
  const h = algebra.max(algebra.subtract(end, t), algebra.constant(1e-300))
  const stores: Store[] = [{ node: h, slot: slots.h }]
  const constant = (pair: Pair) => algebra.state(constants.slot(pair))
  const real = (place: number) => (place === 0 ? tableau.gamma : (tableau.alpha[(place - 1) >> 1] ?? 0))
  const imaginary = (place: number) => tableau.beta[(place - 2) >> 1] ?? 0
  for (const { solver, distance, re, im } of systems) {
    const { diagonal } = solver
    const store = (slot: number, pair: Pair) =>
      stores.push({ node: algebra.divide(constant(pair), h), slot: slot + distance })
    store(diagonal.re, [real(re[0]), real(re[1])])
    if (im !== undefined && diagonal.im !== undefined) store(diagonal.im, [imaginary(im[0]), imaginary(im[1])])
  }
  if (!frame.isTimed) return stores
  slots.stages.forEach(([first, second], a) => {
    const share: Pair = [tableau.c[first] ?? 1, tableau.c[second] ?? 1]
    const node = share[0] === 1 ? end : algebra.add(t, algebra.multiply(constant(share), h))
    stores.push({ node, slot: slots.time(a) })
  })
  return stores
}

/**
 * The matrix that carries z of the last step, by stages, on to the stages of this one: with r the ratio of their lengths
 * and p_j the collocation polynomials, p_j(1 + c_i r), less 1 for the last of them, which the new y contains.
 */
export function predictionStores(
  slots: RadauSlots,
  { algebra }: PairGraph,
  constants: PairConstants,
): { readonly matrix: readonly (readonly number[])[]; readonly stores: readonly Store[] } {
  const { c } = slots.tableau
  const r = algebra.divide(algebra.parameter(slots.h), algebra.parameter(slots.lastStep))
  const stores: Store[] = []
  const scales = c.map((own) => c.reduce((product, node) => (node === own ? product : product * (own - node)), own))
  const matrix = slots.stages.map(([first, second]) => {
    const beyond = algebra.multiply(algebra.state(constants.slot([c[first] ?? 1, c[second] ?? 1])), r)
    const theta = algebra.add(algebra.one, beyond)
    const factors = c.map((node) => (node === 1 ? beyond : algebra.subtract(theta, algebra.constant(node))))
    // products of the factors before and after each
    const before: NodeId[] = [theta]
    for (const factor of factors.slice(0, -1)) before.push(algebra.multiply(before.at(-1)!, factor))
    const after: NodeId[] = [algebra.one]
    for (const factor of factors.slice(1).reverse()) after.push(algebra.multiply(after.at(-1)!, factor))
    return c.map((node, j) => {
      const product = algebra.multiply(before[j]!, after[c.length - 1 - j]!)
      const value = algebra.multiply(algebra.constant(1 / scales[j]!), product)
      const slot = slots.frame.layout.vector(2)
      stores.push({ node: node === 1 ? algebra.subtract(value, algebra.one) : value, slot })
      return slot
    })
  })
  return { matrix, stores }
}
