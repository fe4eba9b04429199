import type { Model } from '@cartkin/model'
import { readTime, type StartState } from '@cartkin/simulation'
import { z } from 'zod'

/** Where and in which state a run begins, as a plan says it. */
export interface PlannedStart {
  /** Where the run begins at the latest; absent: where the library model begins, or 0. */
  readonly time?: number
  /** Amounts of states in place of x(0) of the text. */
  readonly values?: Readonly<Record<string, number>>
  /** How long the untreated model runs before: `200 day`, or a number in the model's unit of time. */
  readonly burnIn?: number | string
  /** At the steady state of the untreated patient. */
  readonly at?: 'steady-state'
}

const steadyState = z.literal('steady-state')

/** `-10`, `steady-state`, or `{ time: -10, values: { B: 100 }, burnIn: 200 day }`. */
export const startSchema: z.ZodType<PlannedStart> = z.union(
  [
    z.number().transform((time): PlannedStart => ({ time })),
    steadyState.transform((at): PlannedStart => ({ at })),
    z
      .strictObject({
        time: z.number().exactOptional(),
        values: z.record(z.string(), z.number()).exactOptional(),
        burnIn: z
          .union([z.number().positive(), z.string().min(1)], { error: 'expected a time such as 200 day' })
          .exactOptional(),
        at: steadyState.exactOptional(),
      })
      .superRefine(({ burnIn, at }, context) => {
        if (burnIn !== undefined && at !== undefined)
          context.addIssue({
            code: 'custom',
            path: ['at'],
            message: 'stands beside `burnIn`; give one of the two',
          })
      }),
  ],
  { error: 'expected number, steady-state, or values such as { time: -10, values: { B: 100 }, burnIn: 200 day }' },
)

/** The state in which a run begins, for a model. Throws a RangeError for a burn-in that is no time. */
export function startStateOf(planned: PlannedStart | undefined, { timeUnit }: Model): StartState | undefined {
  const { values, burnIn, at } = planned ?? {}
  const duration = burnIn === undefined ? undefined : readTime(burnIn, timeUnit || 'day', timeUnit || 'day')
  if (typeof duration === 'object') throw new RangeError(`burnIn: ${duration.problem}`)
  if (values === undefined && duration === undefined && at === undefined) return undefined
  return {
    ...(values !== undefined && { values }),
    ...(duration !== undefined && { settle: { kind: 'burn-in', duration } }),
    ...(at !== undefined && { settle: { kind: 'steady-state' } }),
  }
}
