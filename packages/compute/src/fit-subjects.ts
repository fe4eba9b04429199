import type { IndividualFit } from '@cartkin/fitting'
import type { ComputePool, RunOptions } from './compute-pool.ts'
import type { Answer, FitEachAnswer, FitEachJob, Refusal } from './protocol.ts'

/** Jobs in flight for each worker: one that runs and one that waits there. */
const inFlight = 2

/**
 * Fits the subjects of a job over the workers of a pool, each alone: the result does not depend on how many workers there
 * are. A subject that brings down its worker twice is not fitted and says so; any other refusal refuses the whole.
 */
export async function fitSubjects(
  pool: ComputePool,
  job: FitEachJob,
  options: RunOptions = {},
): Promise<Answer<FitEachAnswer>> {
  const { signal, onProgress, ...run } = options
  const { subjects } = job.problem
  const twice = subjects.find(({ id }, k) => subjects.findIndex((other) => other.id === id) !== k)
  if (twice) return { status: 'bad-job', message: `two subjects are called ${twice.id}; give each its own id` }
  const refused = new AbortController()
  const stop = signal ? AbortSignal.any([signal, refused.signal]) : refused.signal
  const fits: IndividualFit[] = []
  const refusals: Refusal[] = []
  let done = 0
  const waiting = subjects.entries()

  async function lane(): Promise<void> {
    for (let next = waiting.next(); !next.done && !stop.aborted; next = waiting.next()) {
      const [index, subject] = next.value
      const plan = job.plans?.get(subject.id)
      const answer = await pool.run(
        {
          ...job,
          problem: { ...job.problem, subjects: [subject] },
          plans: new Map(plan === undefined ? [] : [[subject.id, plan]]),
        },
        { ...run, signal: stop },
      )
      const fit = answer.status === 'ok' ? answer.result.fits[0] : undefined
      if (fit !== undefined) fits[index] = fit
      else if (answer.status === 'crashed')
        fits[index] = { status: 'not-fitted', id: subject.id, reason: `the run crashed: ${answer.message}` }
      else if (answer.status !== 'ok') {
        refusals.push(answer)
        refused.abort()
        return
      }
      done++
      onProgress?.({ kind: 'subjects', done, total: subjects.length })
    }
  }

  await Promise.all(Array.from({ length: inFlight * pool.size }, lane))
  if (done < subjects.length)
    return refusals.find(({ status }) => status !== 'cancelled') ?? refusals[0] ?? { status: 'cancelled' }
  return { status: 'ok', result: { kind: 'fit-each', fits } }
}
