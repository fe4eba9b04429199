import { type Answer, type FitAnswer, type FitEachJob, type FitJob, fitSubjects, poolSession } from '@cartkin/compute'
import {
  type FitControl,
  type FitEvent,
  type FitResult,
  fitControl,
  multiStart,
  type FitSession as SteeredSession,
  startPoints,
} from '@cartkin/fitting'
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import type { Desk } from '../document/desk.ts'
import type { Scenario } from '../document/scenario.ts'
import type { Course } from './course.ts'
import type { RunStatus } from './course-session.ts'
import { type FitCourseWish, followFit } from './fit-course.ts'
import { dataCounts, type FitData, type SubjectData } from './fit-data.ts'
import { loadFitExample } from './fit-example.ts'
import { fitPrerequisites, type Prerequisite } from './fit-prerequisites.ts'
import { type FitSetting, fitProblem } from './fit-problem.ts'
import { createFitProfiles, type FitProfiles } from './fit-profiles.ts'
import {
  estimates,
  type FinishedFit,
  type FitRun,
  type FitState,
  fitMode,
  type PatientProgress,
  type RunningFit,
} from './fit-run.ts'
import { bestSoFar, gathered, throttled, withEvents } from './fit-updates.ts'
import type { OpenedModel } from './opened-model.ts'
import { patientPlans } from './patient-plans.ts'
import { refusalText } from './refusal-text.ts'
import { staleFit } from './stale-fit.ts'

/** Fits of the model in use, each started from the sliders. A result stays that of its model, whatever else is opened. */
export interface FitSession {
  /** What is fitted to: a person's own data, else the example of the model. Undefined while it loads, null where there is none. */
  readonly data: ReadonlySignal<FitData | null | undefined>
  /** What a fit would be made from now; null without data. */
  readonly setting: ReadonlySignal<FitSetting | null>
  readonly prerequisites: ReadonlySignal<readonly Prerequisite[]>
  /** The fit of the model in use. */
  readonly state: ReadonlySignal<FitState>
  /** Why its result is not that of the present setting; empty where it is. */
  readonly stale: ReadonlySignal<string>
  /** Finished fits of this page, the newest last. */
  readonly runs: ReadonlySignal<readonly FinishedFit[]>
  /** The course at the best values so far, of the chosen subject where there is one. */
  readonly course: ReadonlySignal<Course | null>
  /** Id of the subject that is looked at in every panel; null for none. */
  readonly subject: Signal<string | null>
  readonly profiles: FitProfiles
  /** What the centre of the page shows. */
  readonly panel: Signal<FitPanel>
  start(): Promise<void>
  pause(): void
  /** Goes on; with `iterations`, pauses again after as many. */
  resume(iterations?: number): void
  /** Ends the fit at its best values. */
  stop(): void
  /** Holds a parameter of the running fit at its best value, or estimates it again. */
  hold(name: string, isHeld: boolean): void
  bound(name: string, bounds: { readonly lower?: number; readonly upper?: number }): void
  /** Ends the fit without a result. */
  cancel(): void
}

/** The curves, or what a fit says of its data. */
export type FitPanel = 'curves' | 'residuals' | 'check' | 'profiles'

/** What the session looks at. */
export interface FitSurroundings {
  readonly scenario: ReadonlySignal<Scenario>
  readonly opened: ReadonlySignal<OpenedModel>
  readonly desk: ReadonlySignal<Desk>
  readonly status: ReadonlySignal<RunStatus>
  /** A person's own data in the terms of the model in use; null where there are none. */
  readonly ownData: ReadonlySignal<SubjectData | null>
}

/** Most finished fits that are kept. */
const mostRuns = 50

/** What steers a fit, wherever it runs. */
interface Controls {
  readonly cancel: AbortController
  readonly finish: AbortController
  /** Of a fit from one start. */
  readonly session: SteeredSession<Answer<FitAnswer>> | null
  readonly controls: readonly FitControl[]
}

export function createFitSession(workers: Workers, surroundings: FitSurroundings): FitSession {
  const { scenario, opened, desk, status, ownData } = surroundings
  const example = signal<{ readonly of: string; readonly data: FitData | null } | null>(null)
  const states = signal<ReadonlyMap<string, FitState>>(new Map())
  const runs = signal<readonly FinishedFit[]>([])
  const subject = signal<string | null>(null)
  const panel = signal<FitPanel>('curves')
  const active = new Map<string, Controls>()
  let count = 0

  effect(() => {
    const model = opened.value
    void loadFitExample(model).then((data) => {
      if (model.id === opened.peek().id) example.value = { of: model.id, data }
    })
  })
  const data = computed((): FitData | null | undefined => {
    const own = ownData.value
    const found = example.value?.of === opened.value.id ? example.value.data : undefined
    // data of another model's quantities leave the example where it is
    if (own && (dataCounts(own).quantities.length > 0 || found === null)) return own
    return found
  })
  const asked = computed(() => {
    const { fixed, bounds, fit } = desk.value
    return { opened: opened.value, scenario: scenario.value, choices: { fixed, bounds, fit } }
  })
  const setting = computed(() => (data.value ? { ...asked.value, data: data.value } : null))
  const prerequisites = computed(() => fitPrerequisites(asked.value, data.value ?? null, status.value))
  const state = computed((): FitState => states.value.get(opened.value.id) ?? { kind: 'none' })
  const stale = computed(() => {
    const shown = state.value
    return shown.kind === 'done' ? staleFit(shown.run.setting, setting.value) : ''
  })

  const set = (id: string, next: FitState): void => {
    states.value = new Map(states.peek()).set(id, next)
  }
  const change = (id: string, update: (running: RunningFit) => FitState): void => {
    const before = states.peek().get(id)
    if (before?.kind === 'running') set(id, update(before))
  }

  const follower = followFit(workers)
  /** What the panels show of the fit: the best values so far, of the chosen subject or of the scenario. */
  const wish = computed((): FitCourseWish | null => {
    const shown = state.value
    const chosen = subject.value
    if (shown.kind === 'none' || shown.kind === 'failed') return null
    const { run } = shown
    if (run.setting.opened.text !== opened.value.text) return null
    if (shown.kind === 'done') {
      const { results } = shown
      if (results.kind === 'pooled') return { run, subject: chosen, values: estimates(results.best) }
      const found = results.fits.find(({ id }) => id === chosen)
      return found?.status === 'fitted' ? { run, subject: chosen, values: estimates(found.result) } : null
    }
    const best = bestSoFar(shown)
    if (best) return { run, subject: chosen, values: best }
    const progress = chosen === null ? undefined : shown.patients.get(chosen)
    if (!progress) return null
    const plan = run.job.kind === 'fit-each' && chosen !== null ? run.job.plans?.get(chosen) : undefined
    const { estimated } = { ...run.job.problem, ...plan }
    const values = estimated.map(({ name }, k) => [name, progress.iteration.values[k] ?? Number.NaN])
    return { run, subject: chosen, values: Object.fromEntries(values) }
  })
  effect(() => {
    const wanted = wish.value
    untracked(() => follower.show(wanted))
  })

  const begin = (made: FitSetting, job: FitJob | FitEachJob): FitRun => {
    const run: FitRun = { number: ++count, at: Date.now(), setting: made, job }
    set(made.opened.id, {
      kind: 'running',
      run,
      searches: [],
      patients: new Map(),
      done: 0,
      began: performance.now(),
      phase: 'running',
      log: [],
    })
    return run
  }
  const finish = (run: FitRun, results: FinishedFit['results']): void => {
    const { id } = run.setting.opened
    const before = states.peek().get(id)
    if (before?.kind !== 'running' || before.run !== run) return
    const done: FinishedFit = {
      kind: 'done',
      run,
      searches: before.searches,
      results,
      seconds: (performance.now() - before.began) / 1000,
      log: before.log,
    }
    set(id, done)
    runs.value = [...runs.peek(), done].slice(-mostRuns)
  }
  const fail = (run: FitRun, message: string): void => set(run.setting.opened.id, { kind: 'failed', run, message })

  const pooled = async (made: FitSetting): Promise<void> => {
    const { id, text } = made.opened
    const job: FitJob = { kind: 'fit', text, problem: fitProblem(made), steering: {} }
    const { starts, seed } = made.choices.fit
    const points = startPoints(job.problem.estimated, { starts, seed })
    const run = begin(made, job)
    const taken = gathered((events) =>
      change(id, (running) => (running.run === run ? withEvents(running, events) : running)),
    )
    const cancel = new AbortController()
    const finishing = new AbortController()
    const options = { signal: cancel.signal, finish: finishing.signal }
    const fits: FitResult[] = []
    /** Fits from one start; rejects with words for what no fit can be. */
    const accepted = (answer: Answer<FitAnswer>, place: number): FitResult => {
      if (answer.status !== 'ok') throw new Error(refusalText(answer))
      fits[place] = answer.result.result
      return answer.result.result
    }
    const only = points.length === 1
    const session = only ? poolSession(workers.steered(), job, { signal: cancel.signal }) : null
    const controls = only ? [] : points.map(() => fitControl())
    active.set(id, { cancel, finish: finishing, session, controls })
    const before = workers.batch().run({ ...job, maxIterations: 0 }, { signal: cancel.signal })
    try {
      const told = session ? readEvents(session, (event) => taken.add({ place: 0, event })) : Promise.resolve()
      const {
        fits: all,
        best,
        ...falls
      } = session
        ? await session.result.then((answer) => {
            const result = accepted(answer, 0)
            return { fits: [result], best: result, order: [0], groups: [], message: '' }
          })
        : await multiStart(job.problem, points, async (problem, place) => {
            const control = controls[place]
            const answer = await workers.batch().run(
              { ...job, problem },
              {
                ...options,
                ...(control && { control }),
                onProgress: (progress) => progress.kind === 'steering' && taken.add({ place, event: progress.event }),
              },
            )
            return accepted(answer, place)
          })
      await told
      taken.flush()
      finish(run, { kind: 'pooled', fits: all, best, falls: only ? null : falls, before: null })
      const answer = await before
      const now = states.peek().get(id)
      if (answer.status !== 'ok' || now?.kind !== 'done' || now.run !== run || now.results.kind !== 'pooled') return
      const next: FinishedFit = { ...now, results: { ...now.results, before: answer.result.result } }
      set(id, next)
      runs.value = runs.peek().map((one) => (one.run === run ? next : one))
    } catch (error) {
      if (cancel.signal.aborted) return
      cancel.abort()
      fail(run, error instanceof Error ? error.message : String(error))
    }
  }

  const individual = async (made: FitSetting): Promise<void> => {
    const { id, text } = made.opened
    const problem = fitProblem(made)
    const job: FitEachJob = { kind: 'fit-each', text, problem, plans: patientPlans(made, problem), iterations: true }
    const run = begin(made, job)
    const cancel = new AbortController()
    const control = fitControl()
    const latest = new Map<string, PatientProgress>()
    let done = 0
    const update = throttled(() =>
      change(id, (running) => (running.run === run ? { ...running, patients: new Map(latest), done } : running)),
    )
    active.set(id, { cancel, finish: new AbortController(), session: null, controls: [control] })
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
      fail(run, refusalText(answer))
      return
    }
    const before = states.peek().get(id)
    const stopped = before?.kind === 'running' && before.phase === 'stopping'
    finish(run, { kind: 'individual', fits: answer.result.fits, stopped })
  }

  const current = (): Controls | undefined => active.get(opened.peek().id)
  const phase = (next: RunningFit['phase']): void =>
    change(opened.peek().id, (running) => (running.phase === 'stopping' ? running : { ...running, phase: next }))
  const cancel = (id: string): void => {
    const before = states.peek().get(id)
    active.get(id)?.cancel.abort()
    if (before?.kind === 'running') set(id, { kind: 'none' })
  }

  return {
    data,
    setting,
    prerequisites,
    state,
    stale,
    runs,
    course: follower.course,
    subject,
    profiles: createFitProfiles(workers),
    panel,
    async start() {
      const made = setting.peek()
      if (!made || prerequisites.peek().some(({ met }) => !met)) return
      cancel(made.opened.id)
      subject.value = null
      panel.value = 'curves'
      await (fitMode(made) === 'individual' ? individual(made) : pooled(made))
    },
    pause() {
      phase('pausing')
      const { session, controls = [] } = current() ?? {}
      session?.pause()
      for (const control of controls) control.send({ command: 'pause' })
      // fits of every subject alone do not tell that they wait
      if (!session) phase('paused')
    },
    resume(iterations) {
      phase('running')
      const { session, controls = [] } = current() ?? {}
      session?.resume(iterations)
      for (const control of controls) control.send({ command: 'resume' })
    },
    stop() {
      phase('stopping')
      const { session, controls = [], finish: finishing } = current() ?? {}
      session?.stop()
      finishing?.abort()
      for (const control of controls) control.send({ command: 'stop' })
    },
    hold(name, isHeld) {
      const { session } = current() ?? {}
      if (isHeld) session?.fix(name)
      else session?.free(name)
    },
    bound: (name, bounds) => current()?.session?.bound(name, bounds),
    cancel: () => cancel(opened.peek().id),
  }
}

async function readEvents(session: SteeredSession<Answer<FitAnswer>>, take: (event: FitEvent) => void): Promise<void> {
  for await (const event of session) take(event)
}
