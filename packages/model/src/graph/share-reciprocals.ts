import type { Algebra } from './algebra.ts'
import type { NodeId } from './graph.ts'
import { Dependence } from './graph-builder.ts'
import { arity, Operation } from './operation.ts'

/**
 * The same values with fewer costly operations, for tapes and kernels alike:
 *
 * - x/b becomes x·(1/b) where b is a constant, is in parameters alone (then 1/b is computed when they are set) or divides
 *   several numerators; a quotient moves by an ulp.
 * - u^(p−1), where u^p is computed too, becomes u^p/u.
 *
 * Returns the new roots, in the same graph.
 */
export function shareReciprocals(algebra: Algebra, roots: readonly NodeId[]): NodeId[] {
  const { builder } = algebra
  const size = builder.size
  const marked = new Uint8Array(size)
  for (const root of roots) marked[root] = 1
  const divisions = new Int32Array(size)
  const powers = new Set<string>()
  for (let i = size - 1; i >= 0; i--) {
    if (marked[i] === 0) continue
    const node = i as NodeId
    const operation = builder.operation(node)
    const operands = arity[operation]!
    const second = builder.argument(node, 1)
    if (operands > 0) marked[builder.argument(node, 0)] = 1
    if (operands > 1) marked[second] = 1
    if (operands > 2) marked[builder.argument(node, 2)] = 1
    if (operation === Operation.divide) divisions[second] = divisions[second]! + 1
    if (operation === Operation.power) powers.add(`${builder.argument(node, 0)} ${second}`)
  }
  const isFixed = (node: NodeId) => !builder.dependsOn(node, Dependence.state | Dependence.time)
  const renewed = new Int32Array(size)
  for (let i = 0; i < size; i++) {
    if (marked[i] === 0) continue
    const node = i as NodeId
    const operation = builder.operation(node)
    const operands = arity[operation] ?? 0
    const argument = (place: 0 | 1 | 2) => renewed[builder.argument(node, place)]! as NodeId
    if (operands === 0 || isFixed(node)) renewed[i] = node
    else if (operation === Operation.divide) {
      const divisor = builder.argument(node, 1)
      const shared = isFixed(divisor) || divisions[divisor]! > 1
      renewed[i] = shared
        ? algebra.multiply(argument(0), algebra.divide(algebra.one, argument(1)))
        : algebra.divide(argument(0), argument(1))
    } else if (operation === Operation.power) {
      renewed[i] = lowerPower(algebra, node, powers, argument) ?? algebra.power(argument(0), argument(1))
    } else {
      renewed[i] = builder.node(operation, argument(0), operands > 1 ? argument(1) : 0, operands > 2 ? argument(2) : 0)
    }
  }
  return roots.map((root) => renewed[root] as NodeId)
}

/** u^(p−1) as u^p/u, except at u = 0. */
function lowerPower(
  algebra: Algebra,
  node: NodeId,
  powers: ReadonlySet<string>,
  argument: (place: 0 | 1) => NodeId,
): NodeId | undefined {
  const { builder } = algebra
  const exponent = builder.argument(node, 1)
  if (builder.operation(exponent) !== Operation.subtract || builder.argument(exponent, 1) !== algebra.one)
    return undefined
  const full = builder.argument(exponent, 0)
  if (!powers.has(`${builder.argument(node, 0)} ${full}`)) return undefined
  const base = argument(0)
  const atZero = algebra.power(algebra.zero, argument(1))
  const quotient = algebra.divide(algebra.power(base, full), base)
  return algebra.select(algebra.equal(base, algebra.zero), atZero, quotient)
}
