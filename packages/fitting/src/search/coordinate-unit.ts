import type { ResidualProblem } from './residual-problem.ts'

/** What a coordinate's changes are measured against: 1 at least where its scale is logarithmic, else its own size. */
export function unitOf({ longestStep }: ResidualProblem, x: Float64Array, j: number): number {
  const size = Math.abs(x[j]!)
  return longestStep[j]! < Infinity ? Math.max(1, size) : size
}
