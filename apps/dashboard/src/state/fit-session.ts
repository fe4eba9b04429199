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
import { createFitProfiles, type FitProfiles } from './fit-profiles.ts'
import { estimates, type FinishedFit, type FitRun, type FitState, fitMode, type RunningFit } from './fit-run.ts'
import type { FitSetting } from './fit-setting.ts'
import { bestSoFar } from './fit-updates.ts'
import type { FitControls, FitPlace } from './make-fit.ts'
import type { OpenedModel } from './opened-model.ts'
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

export function createFitSession(workers: Workers, surroundings: FitSurroundings): FitSession {
  const { scenario, opened, desk, status, ownData } = surroundings
  const example = signal<{ readonly of: string; readonly data: FitData | null } | null>(null)
  const states = signal<ReadonlyMap<string, FitState>>(new Map())
  const runs = signal<readonly FinishedFit[]>([])
  const subject = signal<string | null>(null)
  const panel = signal<FitPanel>('curves')
  const active = new Map<string, FitControls>()
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

  const begin = (made: FitSetting, job: FitRun['job'], controls: FitControls): FitRun => {
    const run: FitRun = { number: ++count, at: Date.now(), setting: made, job }
    active.set(made.opened.id, controls)
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
  /** The fit of this run, while it runs. */
  const running = (run: FitRun): RunningFit | null => {
    const now = states.peek().get(run.setting.opened.id)
    return now?.kind === 'running' && now.run === run ? now : null
  }
  const place: FitPlace = {
    begin,
    running,
    change(run, update) {
      const now = running(run)
      if (now) set(run.setting.opened.id, update(now))
    },
    finish(run, results) {
      const before = running(run)
      if (!before) return
      const seconds = (performance.now() - before.began) / 1000
      const done: FinishedFit = { kind: 'done', run, searches: before.searches, results, seconds, log: before.log }
      set(run.setting.opened.id, done)
      runs.value = [...runs.peek(), done].slice(-mostRuns)
    },
    compare(run, before) {
      const now = states.peek().get(run.setting.opened.id)
      if (now?.kind !== 'done' || now.run !== run || now.results.kind !== 'pooled') return
      const next: FinishedFit = { ...now, results: { ...now.results, before } }
      set(run.setting.opened.id, next)
      runs.value = runs.peek().map((one) => (one.run === run ? next : one))
    },
    fail: (run, message) => set(run.setting.opened.id, { kind: 'failed', run, message }),
  }

  const current = (): FitControls | undefined => active.get(opened.peek().id)
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
      const { individualFit, pooledFit } = await import('./make-fit.ts')
      const made = setting.peek()
      if (!made || prerequisites.peek().some(({ met }) => !met)) return
      cancel(made.opened.id)
      subject.value = null
      panel.value = 'curves'
      await (fitMode(made) === 'individual' ? individualFit : pooledFit)(made, workers, place)
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
