/** Curves of a panel at some instants, as a solver hands them over: one array for all, curve by curve. */
export interface Courses {
  readonly times: Float64Array
  readonly instants: readonly Float64Array[]
}

/** The end of the run and the ends of the value axis. */
export const period = { low: 0, high: 180 }
export const values = { low: 1e-2, high: 1e6 }

/** So many instants, over and over again. */
const instants = 4

/** Rise, fall and tail of cells after an infusion; every curve and every instant has its own. */
export function courses(curves: number, points: number): Courses {
  const times = Float64Array.from({ length: points }, (_, k) => (period.high * k) / (points - 1))
  const at = (instant: number): Float64Array =>
    Float64Array.from({ length: curves * points }, (_, k) => {
      const [curve, time] = [Math.floor(k / points), times[k % points] ?? 0]
      const place = (curve * 0.618034 + instant * 0.137) % 1
      const peak = 8 + 8 * place
      const size = 10 ** (3.5 + 2 * place)
      const fall = Math.exp(-(time - peak) / (12 + 30 * place))
      return size * Math.min(Math.exp((time - peak) * 0.9), 0.97 * fall + 0.03 * Math.sqrt(Math.max(fall, 1e-6)))
    })
  return { times, instants: Array.from({ length: instants }, (_, instant) => at(instant)) }
}
