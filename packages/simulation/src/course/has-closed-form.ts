import { linearCoupling, type Model } from '@cartkin/model'
import { triangularOrder } from './triangular-order.ts'

/** Most states of a chain whose sums of exponentials are quicker than steps. */
export const mostInSums = 6

/**
 * Whether runs of a model are known in closed form from one event or switch to the next, and take no steps: those of
 * `linCmt()` alone, and of chains and trees of at most six states that are linear in themselves with coefficients that stand
 * still between events. A chain of more than three takes steps all the same where two of its rates are almost equal.
 */
export function hasClosedForm(model: Model): boolean {
  const coupling = linearCoupling(model)
  if (coupling === null || model.states.length === 0) return false
  if (model.isLinCmt) return true
  const order = triangularOrder(coupling.length, (row, column) => coupling[row]!.includes(column))
  return order !== null && coupling.length <= mostInSums
}
