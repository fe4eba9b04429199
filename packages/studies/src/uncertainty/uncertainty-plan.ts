import type { BootstrapKind } from '@cartkin/fitting'
import { z } from 'zod'

/** What is found out of the uncertainty of a fit beside its covariance. */
export interface UncertaintyPlan {
  /** Parameters whose profile likelihoods are followed (none). */
  readonly profile?: 'all' | readonly string[]
  /** Data sets drawn anew and fitted (none). */
  readonly bootstrap?: { readonly kind: BootstrapKind; readonly replicates: number }
  /** Confidence level of the intervals. */
  readonly level: number
}

/** The form of an `UncertaintyPlan`. */
export const uncertaintySchema = z.strictObject({
  profile: z.union([z.literal('all'), z.array(z.string().min(1)).min(1)]).exactOptional(),
  bootstrap: z
    .strictObject({
      kind: z.enum(['case', 'parametric', 'residual']),
      replicates: z.int().min(2).max(100_000),
    })
    .exactOptional(),
  level: z.number().gt(0).lt(1).default(0.95),
})
