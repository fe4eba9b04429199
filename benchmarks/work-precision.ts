import type { ErrorOf } from './match-error.ts'
import type { Contender } from './peers/contender.ts'
import { median, warmUp } from './race.ts'

/** What one tolerance gives. */
export interface WorkPrecisionPoint {
  readonly rtol: number
  readonly error: number
  /** CPU microseconds of one solve. */
  readonly time: number
}

export interface WorkPrecisionCurve {
  readonly name: string
  readonly points: readonly WorkPrecisionPoint[]
}

const LOOSEST = 1e-2
const TIGHTEST = 1e-12
const SAMPLE = 10_000
const ROUNDS = 5

/** Error and time of every contender over a sweep of half decades of tolerance; in turns at each tolerance. */
export async function workPrecision(
  contenders: readonly Contender[],
  errorOf: ErrorOf,
): Promise<readonly WorkPrecisionCurve[]> {
  const curves = contenders.map((contender) => ({ contender, points: [] as WorkPrecisionPoint[] }))
  for (let rtol = LOOSEST; rtol > TIGHTEST; rtol /= Math.sqrt(10)) {
    const runners = []
    for (const { contender, points } of curves) {
      const error = errorOf((await contender.solve(rtol)).values)
      if (!(error > 0 && error < 1)) continue
      const repeats = await warmUp(contender, rtol, SAMPLE, SAMPLE)
      runners.push({ contender, points, error, repeats, times: [] as number[] })
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const { contender, repeats, times } of runners) times.push(await contender.time(rtol, repeats))
    }
    for (const { points, error, times } of runners) points.push({ rtol, error, time: median(times) })
  }
  return curves.map(({ contender, points }) => ({ name: contender.name, points }))
}
