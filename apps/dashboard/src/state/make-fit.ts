import { type Answer, type FitAnswer, type FitEachJob, type FitJob, fitSubjects, poolSession } from '@cartkin/compute'
import {
  type FitControl,
  type FitEvent,
  type FitResult,
  type FitSession,
  fitControl,
  multiStart,
  startPoints,
} from '@cartkin/fitting'
import type { Workers } from '../compute/workers.ts'
import { fitProblem } from './fit-problem.ts'
import type { FitResults, FitRun, PatientProgress, RunningFit } from './fit-run.ts'
import type { FitSetting } from './fit-setting.ts'
import { gathered, throttled, withEvents } from './fit-updates.ts'
import { patientPlans } from './patient-plans.ts'
import { refusalText } from './refusal-text.ts'

/** What steers a fit, wherever it runs. */
export interface FitControls {
  readonly cancel: AbortController
  readonly finish: AbortController
  /** Of a fit from one start. */
  readonly session: FitSession<Answer<FitAnswer>> | null
  readonly controls: readonly FitControl[]
}

/** Where a fit tells how far it is. What a run tells that has been cancelled or replaced changes nothing. */
export interface FitPlace {
  begin(made: FitSetting, job: FitRun['job'], controls: FitControls): FitRun
  /** The fit of a run, while it runs. */
  running(run: FitRun): RunningFit | null
  change(run: FitRun, update: (running: RunningFit) => RunningFit): void
  finish(run: FitRun, results: FitResults): void
  /** Puts beside the result what the fit began with. */
  compare(run: FitRun, before: FitResult): void
  fail(run: FitRun, message: string): void
}

/** Fits one set of values to all subjects, from one start or several. */
export async function pooledFit(made: FitSetting, workers: Workers, place: FitPlace): Promise<void> {
  const { text } = made.opened
  const job: FitJob = { kind: 'fit', text, problem: fitProblem(made), steering: {} }
  const { starts, seed } = made.choices.fit
  const points = startPoints(job.problem.estimated, { starts, seed })
  const cancel = new AbortController()
  const finishing = new AbortController()
  const options = { signal: cancel.signal, finish: finishing.signal }
  /** The fit from one start; throws words for what no fit can be. */
  const accepted = (answer: Answer<FitAnswer>): FitResult => {
    if (answer.status !== 'ok') throw new Error(refusalText(answer))
    return answer.result.result
  }
  const only = points.length === 1
  const session = only ? poolSession(workers.steered(), job, { signal: cancel.signal }) : null
  const controls = only ? [] : points.map(() => fitControl())
  const run = place.begin(made, job, { cancel, finish: finishing, session, controls })
  const taken = gathered((events) => place.change(run, (running) => withEvents(running, events)))
  const before = workers.batch().run({ ...job, maxIterations: 0 }, { signal: cancel.signal })
  try {
    const told = session ? readEvents(session, (event) => taken.add({ place: 0, event })) : Promise.resolve()
    const {
      fits: all,
      best,
      ...falls
    } = session
      ? await session.result.then((answer) => {
          const result = accepted(answer)
          return { fits: [result], best: result, order: [0], groups: [], message: '' }
        })
      : await multiStart(job.problem, points, async (problem, at) => {
          const control = controls[at]
          const answer = await workers.batch().run(
            { ...job, problem },
            {
              ...options,
              ...(control && { control }),
              onProgress: (progress) => progress.kind === 'steering' && taken.add({ place: at, event: progress.event }),
            },
          )
          return accepted(answer)
        })
    await told
    taken.flush()
    place.finish(run, { kind: 'pooled', fits: all, best, falls: only ? null : falls, before: null })
    const answer = await before
    if (answer.status === 'ok') place.compare(run, answer.result.result)
  } catch (error) {
    if (cancel.signal.aborted) return
    cancel.abort()
    place.fail(run, error instanceof Error ? error.message : String(error))
  }
}

/** Fits every subject alone. */
export async function individualFit(made: FitSetting, workers: Workers, place: FitPlace): Promise<void> {
  const { text } = made.opened
  const problem = fitProblem(made)
  const job: FitEachJob = { kind: 'fit-each', text, problem, plans: patientPlans(made, problem), iterations: true }
  const cancel = new AbortController()
  const control = fitControl()
  const run = place.begin(made, job, { cancel, finish: new AbortController(), session: null, controls: [control] })
  const latest = new Map<string, PatientProgress>()
  let done = 0
  const update = throttled(() => place.change(run, (running) => ({ ...running, patients: new Map(latest), done })))
  const answer = await fitSubjects(workers.batch(), job, {
    signal: cancel.signal,
    control,
    onProgress(progress) {
      if (progress.kind === 'subject-iteration')
        latest.set(progress.id, { search: progress.search, iteration: progress.iteration })
      else if (progress.kind === 'subjects') done = progress.done
      update.soon()
    },
  })
  update.now()
  if (cancel.signal.aborted) return
  if (answer.status !== 'ok') {
    place.fail(run, refusalText(answer))
    return
  }
  const stopped = place.running(run)?.phase === 'stopping'
  place.finish(run, { kind: 'individual', fits: answer.result.fits, stopped })
}

async function readEvents(session: FitSession<Answer<FitAnswer>>, take: (event: FitEvent) => void): Promise<void> {
  for await (const event of session) take(event)
}
