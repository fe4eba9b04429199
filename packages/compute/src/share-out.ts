import type { ComputePool, RunOptions } from './compute-pool.ts'
import type { Answer, AnswerTo, Job, Refusal } from './protocol.ts'

/** Jobs in flight for each worker: one that runs and one that waits there. */
const inFlight = 2

/**
 * Runs the parts of a task over the workers of a pool: their results in the order of the parts. The first part that is
 * refused, other than by `mend`, refuses the whole and cancels what is still open.
 *
 * @param mend what stands for a part that brought down its worker twice; null where nothing does
 */
export async function shareOut<J extends Job>(
  pool: ComputePool,
  parts: readonly J[],
  options: Pick<RunOptions, 'signal' | 'finish' | 'deadline'> & {
    readonly onDone?: (done: number) => void
    /** What the run of each part is given beside (nothing). */
    readonly each?: () => Pick<RunOptions, 'control' | 'onProgress'>
  },
  mend: (part: J, message: string) => AnswerTo<J> | null,
): Promise<Answer<readonly AnswerTo<J>[]>> {
  const { signal, onDone, each, ...run } = options
  const refused = new AbortController()
  const stop = signal ? AbortSignal.any([signal, refused.signal]) : refused.signal
  const results: AnswerTo<J>[] = []
  const refusals: Refusal[] = []
  let done = 0
  const waiting = parts.entries()
  const lane = async () => {
    for (let next = waiting.next(); !next.done && !stop.aborted; next = waiting.next()) {
      const [index, part] = next.value
      const answer = await pool.run(part, { ...run, ...each?.(), signal: stop })
      const result =
        answer.status === 'ok' ? answer.result : answer.status === 'crashed' ? mend(part, answer.message) : null
      if (result === null && answer.status !== 'ok') {
        refusals.push(answer)
        refused.abort()
      } else if (result !== null) {
        results[index] = result
        onDone?.(++done)
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight * pool.size }, lane))
  if (done < parts.length)
    return refusals.find(({ status }) => status !== 'cancelled') ?? refusals[0] ?? { status: 'cancelled' }
  return { status: 'ok', result: results }
}
