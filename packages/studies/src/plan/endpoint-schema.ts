import type { EndpointDefinition } from '@cartkin/simulation'
import { z } from 'zod'

const common = {
  name: z.string().min(1),
  label: z.string().min(1),
  unit: z.string(),
  quantity: z.string().min(1),
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
  after: z.string().exactOptional(),
}

/** What is read off a course, in the words of `EndpointDefinition`. */
export const endpointSchema: z.ZodType<EndpointDefinition> = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.enum(['maximum', 'timeOfMaximum', 'minimum', 'timeOfMinimum', 'auc']) }),
  z.strictObject({
    ...common,
    kind: z.enum(['firstBelow', 'firstAbove', 'timeBelow', 'timeAbove']),
    threshold: z.number(),
  }),
  z.strictObject({ ...common, kind: z.literal('value'), at: z.number() }),
  z.strictObject({ ...common, kind: z.enum(['extinctionProbability', 'extinct', 'timeOfExtinction']) }),
])
