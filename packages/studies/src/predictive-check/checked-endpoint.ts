import type { CheckedBin } from '@cartkin/fitting'
import type { DesignEndpoint } from './check-design.ts'

/** An endpoint, or one stratum of it, with what its replicates say. */
export interface CheckedEndpoint {
  /** Its observations: of a stratum, those of the stratum. */
  readonly design: DesignEndpoint
  /** Empty where all observations are checked together. */
  readonly stratum: string
  /** One per observation, where observations and replicates are prediction-corrected; else null. */
  readonly factors: Float64Array | null
  readonly bins: readonly CheckedBin[]
}

/** How many observed percentiles lie within their intervals. */
export function counted(bins: readonly CheckedBin[]): { readonly inside: number; readonly all: number } {
  const checked = bins.flatMap(({ percentiles }) => percentiles).filter(({ lower }) => !Number.isNaN(lower))
  return {
    inside: checked.filter(({ observed, lower, upper }) => observed >= lower && observed <= upper).length,
    all: checked.length,
  }
}
