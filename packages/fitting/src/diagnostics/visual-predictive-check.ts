import type { TimeBin } from './time-bins.ts'

/** Observations with simulated replicates of them. */
export interface PredictiveCheck {
  readonly bins: readonly TimeBin[]
  /** One per observation; of a censored one anything, since `below` says so. */
  readonly observed: ArrayLike<number>
  /** Whether an observation is below the limit of quantification. */
  readonly below: readonly boolean[]
  /** Replicates × observations, replicate-major; NaN where a simulation failed. */
  readonly simulated: Float64Array
  /** Lower limit of quantification: simulated values below it count as below. None if absent. */
  readonly lloq?: number
  /**
   * One per observation: what it and every replicate of it are multiplied by before percentiles are taken (`predictionCorrection`; 1
   * if absent). What is below the limit is found before, and stays the lowest.
   */
  readonly factors?: ArrayLike<number>
  /** Percentiles that are compared, as fractions; [0.05, 0.5, 0.95] if absent. */
  readonly levels?: readonly number[]
  /** Share of the replicates within an interval; 0.9 if absent. */
  readonly confidence?: number
}

/** What was observed, and the interval and median of the same over the replicates. */
export interface CheckedValue {
  readonly observed: number
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/** A percentile of a bin; −Infinity: below the limit of quantification. NaN where nothing was simulated. */
export interface CheckedPercentile extends CheckedValue {
  readonly level: number
}

export interface CheckedBin {
  readonly from: number
  readonly to: number
  readonly time: number
  readonly count: number
  readonly percentiles: readonly CheckedPercentile[]
  /** Share of the observations below the limit. */
  readonly below: CheckedValue
}

/**
 * Visual predictive check: percentiles of the observations in each bin with the interval of the same percentiles over the
 * replicates. Values below the limit of quantification are the lowest of their bin, whatever they are, in the observations as in
 * the replicates, and their share is checked by itself (M. Bergstrand, M. O. Karlsson, AAPS J. 11:371–380, 2009).
 * Percentiles are of type 7 (Hyndman and Fan 1996), the default of R.
 *
 * @throws RangeError where the lists do not go together.
 */
export function visualPredictiveCheck(check: PredictiveCheck): readonly CheckedBin[] {
  const { bins, observed, below, simulated, lloq = Number.NEGATIVE_INFINITY } = check
  const { factors, levels = [0.05, 0.5, 0.95], confidence = 0.9 } = check
  const n = observed.length
  if (below.length !== n || n === 0 || simulated.length % n !== 0 || simulated.length === 0)
    throw new RangeError(
      `a check needs as many marks below the limit as observations, and whole replicates: ${n} observations, ${below.length} marks, ${simulated.length} simulated values`,
    )
  if (factors !== undefined && factors.length !== n)
    throw new RangeError(`a check needs as many factors as observations: ${n} observations, ${factors.length} factors`)
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`the share within an interval must lie between 0 and 1, got ${confidence}`)
  const wrong = levels.find((level) => !(level > 0 && level < 1))
  if (wrong !== undefined) throw new RangeError(`percentiles lie between 0 and 1, got ${wrong}`)
  const replicates = simulated.length / n
  const factor = (k: number) => (factors === undefined ? 1 : factors[k]!)
  return bins.map(({ from, to, time, members }) => {
    const own = Float64Array.from(members, (k) =>
      below[k]! ? Number.NEGATIVE_INFINITY : observed[k]! * factor(k),
    ).sort()
    const drawn = levels.map(() => new Float64Array(replicates))
    const shares = new Float64Array(replicates)
    for (let r = 0; r < replicates; r++) {
      const values = Float64Array.from(members, (k) => {
        const value = simulated[r * n + k]!
        return value < lloq ? Number.NEGATIVE_INFINITY : value * factor(k)
      })
        .filter((value) => !Number.isNaN(value))
        .sort()
      levels.forEach((level, l) => {
        drawn[l]![r] = rankQuantile(values, level)
      })
      shares[r] = shareBelow(values)
    }
    return {
      from,
      to,
      time,
      count: members.length,
      percentiles: levels.map((level, l) => ({
        level,
        ...interval(rankQuantile(own, level), drawn[l]!, confidence),
      })),
      below: interval(shareBelow(own), shares, confidence),
    }
  })
}

function interval(observed: number, drawn: Float64Array, confidence: number): CheckedValue {
  const sorted = drawn.filter((value) => !Number.isNaN(value)).sort()
  return {
    observed,
    lower: rankQuantile(sorted, (1 - confidence) / 2),
    median: rankQuantile(sorted, 0.5),
    upper: rankQuantile(sorted, (1 + confidence) / 2),
  }
}

/** Share of values that are −Infinity; NaN of none. */
function shareBelow(sorted: Float64Array): number {
  let count = 0
  while (count < sorted.length && sorted[count] === Number.NEGATIVE_INFINITY) count++
  return count / sorted.length
}

/** Quantile of ascending values of which some may be −Infinity; between one of these and a number it is −Infinity. */
export function rankQuantile(sorted: Float64Array, probability: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = probability * (sorted.length - 1)
  const low = sorted[Math.floor(place)]!
  const high = sorted[Math.ceil(place)]!
  if (low === high || low === Number.NEGATIVE_INFINITY) return low
  return low + (place - Math.floor(place)) * (high - low)
}
