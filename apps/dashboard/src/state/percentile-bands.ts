import type { PopulationAnswer } from '@cartkin/compute'
import type { EndpointDefinition } from '@cartkin/simulation'

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
}

/** Percentiles over all subjects of the answers, at each time over those whose run reached it. */
export function percentileBands(
  times: Float64Array,
  quantities: readonly string[],
  endpoints: readonly EndpointDefinition[],
  answers: readonly PopulationAnswer[],
): PopulationBands {
  const bands = new Map<string, Band>()
  const n = times.length
  quantities.forEach((quantity, q) => {
    const band = {
      p5: new Float64Array(n),
      p25: new Float64Array(n),
      p50: new Float64Array(n),
      p75: new Float64Array(n),
      p95: new Float64Array(n),
    }
    for (let i = 0; i < n; i++) {
      const values = sorted(answers.flatMap(({ count, courses }) => strided(courses[q], i, n, count)))
      band.p5[i] = percentile(values, 0.05)
      band.p25[i] = percentile(values, 0.25)
      band.p50[i] = percentile(values, 0.5)
      band.p75[i] = percentile(values, 0.75)
      band.p95[i] = percentile(values, 0.95)
    }
    bands.set(quantity, band)
  })
  const spreads = endpoints.map(({ name }, e): [string, EndpointSpread] => {
    const values = sorted(answers.flatMap((answer) => strided(answer.endpoints, e, endpoints.length, answer.count)))
    const spread = {
      p5: percentile(values, 0.05),
      p50: percentile(values, 0.5),
      p95: percentile(values, 0.95),
      count: values.length,
    }
    return [name, spread]
  })
  const outcomes = answers.flatMap((answer) => answer.outcomes)
  return {
    times,
    bands,
    endpoints: new Map(spreads),
    subjects: outcomes.length,
    failed: outcomes.filter(({ status }) => status === 'failed').length,
  }
}

function strided(values: Float64Array | undefined, first: number, stride: number, count: number): number[] {
  if (!values) return []
  return Array.from({ length: count }, (_, k) => values[k * stride + first]!)
}

function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort()
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
