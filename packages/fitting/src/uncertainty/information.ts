import type { Evaluated } from '../search/residual-problem.ts'
import { triangularize } from '../search/triangularize.ts'
import { singularValues } from './singular-values.ts'

/** The sensitivity matrix at a point, taken apart: columns of the free coordinates scaled to length 1, W D⁻¹ = U Σ Vᵀ. */
export interface Information {
  /** Coordinates that are free (not at a bound) and change any prediction at all. */
  readonly coordinates: readonly number[]
  /** Free coordinates without any effect. */
  readonly silent: readonly number[]
  /** Length of each column, by place in `coordinates`. */
  readonly norms: Float64Array
  readonly singular: Float64Array
  /** k × k, row-major; column l belongs to singular[l]. */
  readonly v: Float64Array
  /** How many singular values differ from 0. */
  readonly rank: number
}

/** Singular values below this share of the largest are taken for 0: the scaled columns are dependent to rounding. */
const dependent = 1e-10

/** Takes the rows of an evaluation apart on the coordinates in `free`. */
export function information({ jacobian, residuals, rows }: Evaluated, n: number, free: readonly number[]): Information {
  const { r } = triangularize(jacobian, residuals, rows, n)
  const norm = (j: number): number => {
    let sum = 0
    for (let i = 0; i <= j; i++) sum += r[i * n + j]! * r[i * n + j]!
    return Math.sqrt(sum)
  }
  const coordinates = free.filter((j) => norm(j) > 0)
  const silent = free.filter((j) => !(norm(j) > 0))
  const norms = Float64Array.from(coordinates, norm)
  const k = coordinates.length
  const scaled = new Float64Array(n * k)
  for (let i = 0; i < n; i++) for (let c = 0; c < k; c++) scaled[i * k + c] = r[i * n + coordinates[c]!]! / norms[c]!
  const { values, v } = singularValues(scaled, n, k)
  let rank = 0
  while (rank < k && values[rank]! > dependent * values[0]!) rank++
  return { coordinates, silent, norms, singular: values, v, rank }
}

/** Largest over smallest singular value of the scaled sensitivity matrix; Infinity where a parameter is not identified. */
export function conditionNumber({ singular, rank, silent }: Information): number {
  if (silent.length > 0 || rank < singular.length) return Infinity
  return singular.length === 0 ? NaN : singular[0]! / singular[rank - 1]!
}
