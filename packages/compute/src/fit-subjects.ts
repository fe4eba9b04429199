import { plansFault } from '@cartkin/fitting'
import type { ComputePool, RunOptions } from './compute-pool.ts'
import type { Answer, FitEachAnswer, FitEachJob, Progress } from './protocol.ts'
import { shareOut } from './share-out.ts'
import { sharedControl } from './shared-control.ts'

/**
 * Fits the subjects of a job over the workers of a pool, each alone: the result does not depend on how many workers there
 * are. A subject that brings down its worker twice is not fitted and says so; any other refusal refuses the whole.
 */
export async function fitSubjects(
  pool: ComputePool,
  job: FitEachJob,
  options: RunOptions = {},
): Promise<Answer<FitEachAnswer>> {
  const { onProgress, control, ...run } = options
  const { problem, plans = new Map() } = job
  const { subjects } = problem
  const fault = plansFault(subjects, plans)
  if (fault !== undefined) return { status: 'bad-job', message: fault }
  const parts = subjects.map((subject): FitEachJob => {
    const plan = plans.get(subject.id)
    return {
      ...job,
      problem: { ...problem, subjects: [subject] },
      plans: new Map(plan === undefined ? [] : [[subject.id, plan]]),
    }
  })
  const crashed = ({ problem: { subjects: own } }: FitEachJob, message: string): FitEachAnswer => ({
    kind: 'fit-each',
    fits: own.map(({ id }) => ({ status: 'not-fitted', id, reason: `the run crashed: ${message}` })),
  })
  const onDone = (done: number) => onProgress?.({ kind: 'subjects', done, total: subjects.length })
  const shared = control && sharedControl(control, (progress) => onProgress?.(progress))
  const each = () => ({
    ...(shared && { control: shared.own() }),
    ...(onProgress && { onProgress: (told: Progress) => told.kind === 'subject-iteration' && onProgress(told) }),
  })
  const answer = await shareOut(pool, parts, { ...run, onDone, each }, crashed)
  shared?.close()
  if (answer.status !== 'ok') return answer
  return { status: 'ok', result: { kind: 'fit-each', fits: answer.result.flatMap(({ fits }) => fits) } }
}
