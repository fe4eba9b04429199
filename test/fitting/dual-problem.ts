import type { ResidualProblem } from '@cartkin/fitting'
import { type Dual, variables } from './dual.ts'

/** Least squares of residuals written as formulas, without bounds unless given. */
export function dualProblem(
  dimension: number,
  residuals: (b: readonly Dual[]) => readonly Dual[],
  bounds: { readonly lower?: readonly number[]; readonly upper?: readonly number[] } = {},
): ResidualProblem {
  return {
    dimension,
    lower: Float64Array.from(bounds.lower ?? new Array<number>(dimension).fill(-Infinity)),
    upper: Float64Array.from(bounds.upper ?? new Array<number>(dimension).fill(Infinity)),
    longestStep: new Float64Array(dimension).fill(Infinity),
    exactResiduals: true,
    evaluate(x) {
      const r = residuals(variables(x))
      const jacobian = new Float64Array(r.length * dimension)
      for (const [i, row] of r.entries()) jacobian.set(row.gradient, i * dimension)
      const values = Float64Array.from(r, (row) => row.value)
      let objective = 0
      for (const v of values) objective += v * v
      return { status: 'evaluated', objective, scale: objective, rows: r.length, residuals: values, jacobian }
    },
  }
}
