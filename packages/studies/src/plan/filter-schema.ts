import type { PlausibilityFilter } from '@cartkin/simulation'
import { z } from 'zod'

const bound = z.union([z.number(), z.string().min(1)], { error: 'expected a number, or an expression over parameters' })
const common = {
  name: z.string().min(1),
  atLeast: bound.exactOptional(),
  atMost: bound.exactOptional(),
  reason: z.string().min(1),
}

const filter: z.ZodType<PlausibilityFilter> = z.union([
  z.strictObject({ ...common, parameter: z.string().min(1) }),
  z.strictObject({ ...common, endpoint: z.string().min(1) }),
  z.strictObject({
    ...common,
    quantity: z.string().min(1),
    at: z.number().exactOptional(),
    from: z.number().exactOptional(),
    to: z.number().exactOptional(),
  }),
])

/** What virtual patients must be like, as a plan or a file says it. */
export const filtersSchema: z.ZodType<readonly PlausibilityFilter[]> = z.array(filter).max(100)
