import { firstAtOrAfter } from './decimate.ts'

/** Exact sensitivities of curves to parameters, at the times of the curves. */
export interface Sensitivities {
  readonly times: Float64Array
  readonly quantities: readonly string[]
  /** Parameters and their values. */
  readonly varied: readonly string[]
  readonly at: Float64Array
  /** values[q] is a curve, derivatives[q] its derivatives by the parameters, one parameter after the other. */
  readonly values: readonly Float64Array[]
  readonly derivatives: readonly Float64Array[]
}

/** What a parameter does to a value: by how many per cent the value changes for one per cent of the parameter. */
export interface Influence {
  readonly name: string
  readonly elasticity: number
}

/** Smaller ones are none. */
const noticeable = 0.005

/** The value of a quantity at a time, linear between its points, and all that changes it noticeably, the strongest first. */
export function strongestInfluences(
  { times, quantities, varied, at, values, derivatives }: Sensitivities,
  quantity: string,
  time: number,
  most: number,
): { readonly value: number; readonly influences: readonly Influence[] } {
  const q = quantities.indexOf(quantity)
  const [curve, slopes] = [values[q], derivatives[q]]
  const above = Math.max(1, firstAtOrAfter(times, time))
  const [t0, t1] = [times[above - 1], times[above]]
  if (!curve || !slopes || t0 === undefined || t1 === undefined || time < t0)
    return { value: Number.NaN, influences: [] }
  const weight = (time - t0) / (t1 - t0)
  const between = (column: Float64Array, from: number): number =>
    weight === 1 ? column[from + above]! : (1 - weight) * column[from + above - 1]! + weight * column[from + above]!
  const value = between(curve, 0)
  const influences = varied
    .map((name, j) => ({ name, elasticity: (at[j]! * between(slopes, j * times.length)) / value }))
    .filter(({ elasticity }) => Number.isFinite(elasticity) && Math.abs(elasticity) >= noticeable)
    .toSorted((a, b) => Math.abs(b.elasticity) - Math.abs(a.elasticity))
  return { value, influences: influences.slice(0, most) }
}
