import type { Answer, FitJob, SimulateAnswer } from '@cartkin/compute'
import type { FitIteration, FitResult } from '@cartkin/fitting'
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { latestOnly } from '../compute/latest-only.ts'
import type { Workers } from '../compute/workers.ts'
import type { Scenario } from '../document/scenario.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob } from './course-job.ts'
import { type FitStudy, loadFitStudy } from './fit-study.ts'
import type { OpenedModel } from './opened-model.ts'
import { refusalText } from './refusal-text.ts'

export type FitState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running'
      readonly job: FitJob
      readonly iterations: readonly FitIteration[]
      /** When it began, on the clock of `performance.now()`. */
      readonly began: number
      readonly stopping: boolean
    }
  | {
      readonly kind: 'done'
      readonly job: FitJob
      readonly iterations: readonly FitIteration[]
      readonly result: FitResult
      readonly seconds: number
    }
  | { readonly kind: 'failed'; readonly message: string }

/** A fit of the present model to its data, started from the sliders. */
export interface FitSession {
  /** Undefined while it loads, null when the model has no data to be fitted to. */
  readonly study: ReadonlySignal<FitStudy | null | undefined>
  readonly state: ReadonlySignal<FitState>
  /** The course at the best values so far. */
  readonly course: ReadonlySignal<Course | null>
  run(): Promise<void>
  /** Ends the fit at its best values. */
  stop(): void
  discard(): void
}

export function createFitSession(
  workers: Workers,
  scenario: ReadonlySignal<Scenario>,
  opened: ReadonlySignal<OpenedModel>,
): FitSession {
  const study = signal<FitStudy | null | undefined>(undefined)
  const state = signal<FitState>({ kind: 'none' })
  const course = signal<Course | null>(null)
  let current: { readonly cancel: AbortController; readonly finish: AbortController } | null = null

  effect(() => {
    const model = opened.value
    study.value = undefined
    void loadFitStudy(model).then((loaded) => {
      if (model === opened.peek()) study.value = loaded
    })
  })

  const follow = latestOnly(
    ({ values }: { readonly values: Readonly<Record<string, number>> }): Promise<Answer<SimulateAnswer>> =>
      workers.live.run(courseJob(opened.peek(), { ...scenario.peek(), parameters: values })),
    (answer) => {
      if (answer.status === 'ok' && state.peek().kind !== 'none') course.value = courseOf(answer.result)
    },
  )

  const run = async (): Promise<void> => {
    const data = study.peek()
    if (!data) return
    current?.cancel.abort()
    const controls = { cancel: new AbortController(), finish: new AbortController() }
    current = controls
    const { parameters } = scenario.peek()
    const job = data.job(parameters)
    const began = performance.now()
    let best = Infinity
    state.value = { kind: 'running', job, iterations: [], began, stopping: false }
    const answer = await workers.batch().run(job, {
      signal: controls.cancel.signal,
      finish: controls.finish.signal,
      onProgress(progress) {
        const before = state.peek()
        if (progress.kind !== 'iteration' || current !== controls || before.kind !== 'running') return
        const { iteration } = progress
        state.value = { ...before, iterations: [...before.iterations, iteration] }
        if (iteration.objective <= best) {
          best = iteration.objective
          follow({ values: { ...parameters, ...named(job, iteration.values) } })
        }
      },
    })
    if (current !== controls) return
    const before = state.peek()
    if (answer.status !== 'ok') {
      state.value = { kind: 'failed', message: refusalText(answer) }
      return
    }
    const { result } = answer.result
    state.value = {
      kind: 'done',
      job,
      iterations: before.kind === 'running' ? before.iterations : [],
      result,
      seconds: (performance.now() - began) / 1000,
    }
    follow({ values: { ...parameters, ...estimates(result) } })
  }

  return {
    study,
    state,
    course,
    run,
    stop() {
      const before = state.peek()
      if (before.kind !== 'running') return
      state.value = { ...before, stopping: true }
      current?.finish.abort()
    },
    discard() {
      current?.cancel.abort()
      current = null
      state.value = { kind: 'none' }
      course.value = null
    },
  }
}

/** Estimates by parameter name. */
export function estimates(result: FitResult): Readonly<Record<string, number>> {
  return Object.fromEntries(result.estimates.map(({ name, estimate }) => [name, estimate]))
}

function named(job: FitJob, values: Float64Array): Readonly<Record<string, number>> {
  return Object.fromEntries(job.problem.estimated.map(({ name }, k) => [name, values[k]!]))
}
