import { type FitSession, sessionOf } from '@cartkin/fitting'
import type { ComputePool, RunOptions } from './compute-pool.ts'
import type { Answer, FitAnswer, FitJob } from './protocol.ts'

/**
 * A steered fit on a worker of a pool, with its events and commands to it (`fitSession`). The worker does not wait for a loop
 * over the events. A stop also ends an evaluation under way.
 */
export function poolSession(
  pool: ComputePool,
  job: FitJob,
  options: Omit<RunOptions, 'control' | 'onProgress'> = {},
): FitSession<Answer<FitAnswer>> {
  return sessionOf(({ control, onEvent }) =>
    pool.run(
      { ...job, steering: job.steering ?? {} },
      {
        ...options,
        control,
        onProgress: (told) => {
          if (told.kind === 'steering') void onEvent(told.event)
        },
      },
    ),
  )
}
