import type { PopulationSummary } from '@cartkin/compute'
import type { CoursePercentiles, EndpointDefinition } from '@cartkin/simulation'

export interface Band {
  readonly p5: Float64Array
  readonly p25: Float64Array
  readonly p50: Float64Array
  readonly p75: Float64Array
  readonly p95: Float64Array
}

export interface EndpointSpread {
  readonly p5: number
  readonly p50: number
  readonly p95: number
  readonly mean: number
  /** Subjects in whom the endpoint is defined. */
  readonly count: number
}

/** Percentiles of a population over time and of its endpoints. */
export interface PopulationBands {
  readonly times: Float64Array
  readonly bands: ReadonlyMap<string, Band>
  readonly endpoints: ReadonlyMap<string, EndpointSpread>
  readonly subjects: number
  /** Subjects whose run did not reach the end. */
  readonly failed: number
  /** They, each with the time it came to and why. */
  readonly failures: readonly SubjectFailure[]
}

/** A virtual patient whose run did not reach the end. */
export interface SubjectFailure {
  /** Number of the subject, from 1. */
  readonly subject: number
  readonly kind: string
  /** Where the run ended; NaN where nothing is known of that. */
  readonly time: number
  readonly message: string
}

/** The levels that bands are drawn at. */
export const bandLevels: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95]

/** The bands of a summary with `bandLevels`. */
export function percentileBands(
  times: Float64Array,
  quantities: readonly string[],
  endpoints: readonly EndpointDefinition[],
  summary: PopulationSummary,
): PopulationBands {
  const spreads = endpoints.map(({ name }, e): [string, EndpointSpread] => {
    const values = Float64Array.from({ length: summary.count }, (_, k) => summary.endpoints[k * endpoints.length + e]!)
    const present = values.filter((value) => !Number.isNaN(value)).sort()
    const spread = {
      p5: percentile(present, 0.05),
      p50: percentile(present, 0.5),
      p95: percentile(present, 0.95),
      mean: present.reduce((sum, value) => sum + value, 0) / present.length,
      count: present.length,
    }
    return [name, spread]
  })
  const failures = summary.outcomes.flatMap((outcome, k): readonly SubjectFailure[] => {
    if (outcome.status === 'failed')
      return [{ subject: k + 1, kind: outcome.reason, time: outcome.t, message: outcome.message }]
    if (outcome.status === 'crashed')
      return [{ subject: k + 1, kind: 'crashed', time: Number.NaN, message: outcome.message }]
    return []
  })
  return {
    times,
    bands: new Map(quantities.map((quantity, q) => [quantity, bandOf(summary.percentiles[q], times.length)])),
    endpoints: new Map(spreads),
    subjects: summary.outcomes.length,
    failed: failures.length,
    failures,
  }
}

function bandOf(percentiles: CoursePercentiles | undefined, times: number): Band {
  const at = (level: number) =>
    Float64Array.from({ length: times }, (_, i) => percentiles?.values[i * bandLevels.length + level] ?? Number.NaN)
  return { p5: at(0), p25: at(1), p50: at(2), p75: at(3), p95: at(4) }
}

/** Linear interpolation between order statistics; NaN of nothing. */
function percentile(ascending: Float64Array, fraction: number): number {
  if (ascending.length === 0) return Number.NaN
  const position = fraction * (ascending.length - 1)
  const below = Math.floor(position)
  const low = ascending[below]!
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!
  return low + (position - below) * (high - low)
}
