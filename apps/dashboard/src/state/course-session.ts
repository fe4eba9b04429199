import type { Answer, SimulateAnswer } from '@cartkin/compute'
import type { MissingInput } from '@cartkin/simulation'
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { latestOnly } from '../compute/latest-only.ts'
import type { Workers } from '../compute/workers.ts'
import { type Scenario, sameSetting } from '../document/scenario.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob, type Precision } from './course-job.ts'
import type { OpenedModel } from './opened-model.ts'
import { refusalText } from './refusal-text.ts'

export type RunStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ready'; readonly milliseconds: number }
  /** Inputs of the model have no value yet. */
  | { readonly kind: 'waiting'; readonly inputs: readonly MissingInput[] }
  | { readonly kind: 'failed'; readonly message: string }

/** The courses of the present scenario, computed anew at every change unless its course is kept. */
export interface CourseSession {
  /** The latest course of the scenario, a preview while sliders move; null before the first. */
  readonly course: ReadonlySignal<Course | null>
  /** The latest course of full precision, computed once the sliders have been still for 150 ms. */
  readonly settled: ReadonlySignal<Course | null>
  /** The scenario whose course that is. */
  readonly settledFor: ReadonlySignal<Scenario | null>
  /** The same with all parameters as the text has them, kept while sliders move. */
  readonly reference: ReadonlySignal<Course | null>
  readonly status: ReadonlySignal<RunStatus>
  /** Runs the present scenario; `since` is when the person acted, on the clock of `performance.now()`. */
  simulate(precision: Precision, since?: number): void
  /** Ends the work on the present model. Its courses stay until the next come where the next is an edited text of it. */
  discard(isEdited: boolean): void
}

/** Where courses of full precision are kept for when their scenario is asked for again. */
export interface KeptCourses {
  recall(scenario: Scenario): Course | null
  keep(scenario: Scenario, course: Course): void
}

interface Request {
  /** Later requests have larger numbers. */
  readonly number: number
  readonly opened: OpenedModel
  readonly scenario: Scenario
  readonly precision: Precision
  readonly since: number | undefined
}

const settleMilliseconds = 150
/** A run that takes longer is said to be running. */
const noticeableMilliseconds = 300

export function createCourseSession(
  workers: Workers,
  scenario: ReadonlySignal<Scenario>,
  opened: ReadonlySignal<OpenedModel>,
  kept: KeptCourses,
): CourseSession {
  const course = signal<Course | null>(null)
  const settled = signal<Course | null>(null)
  const settledFor = signal<Scenario | null>(null)
  const reference = signal<Course | null>(null)
  const status = signal<RunStatus>({ kind: 'loading' })
  /** The model whose course is shown. */
  let drawn: OpenedModel | null = null
  /** The scenario whose setting the reference has, or will have. */
  let referenceOf: Scenario | null = null
  let settling: ReturnType<typeof setTimeout> | undefined
  let noticing: ReturnType<typeof setTimeout> | undefined
  let closing = new AbortController()
  let requests = 0
  /** Answers to requests before this one come too late: a course was recalled meanwhile. */
  let firstAwaited = 0

  /** The model that the worker was given last, so that it need not read texts. */
  let given: OpenedModel | null = null

  const run = (asked: OpenedModel, wanted: Scenario, precision?: Precision): Promise<Answer<SimulateAnswer>> => {
    if (given !== asked) workers.live.provide?.(asked.text, asked.model)
    given = asked
    return workers.live.run(courseJob(asked, wanted, precision), { signal: closing.signal })
  }

  /** For when parameters were changed before the text's own values had been computed. */
  const fetchReference = async (asked: OpenedModel, changed: Scenario): Promise<void> => {
    const wanted = { ...changed, parameters: {} }
    referenceOf = wanted
    const answer = await run(asked, wanted)
    if (referenceOf !== wanted) return
    if (answer.status === 'ok') reference.value = courseOf(answer.result)
    else referenceOf = null
  }

  const forget = (): void => {
    course.value = null
    settled.value = null
    settledFor.value = null
    reference.value = null
    referenceOf = null
  }

  const take = (next: Course, { opened: asked, scenario: wanted, precision }: Request): void => {
    drawn = asked
    batch(() => {
      course.value = next
      if (precision === 'full') {
        settled.value = next
        settledFor.value = wanted
        kept.keep(wanted, next)
      }
      if (precision === 'full' && Object.keys(wanted.parameters).length === 0) {
        reference.value = next
        referenceOf = wanted
      }
      status.value = next.failure
        ? { kind: 'failed', message: next.failure }
        : { kind: 'ready', milliseconds: next.milliseconds }
    })
    if (referenceOf === null || !sameSetting(referenceOf, wanted)) void fetchReference(asked, wanted)
  }

  const request = latestOnly(
    ({ opened: asked, scenario: wanted, precision }: Request) => run(asked, wanted, precision),
    (answer, asked) => {
      if (asked.opened !== opened.peek() || asked.number < firstAwaited || answer.status === 'cancelled') return
      clearTimeout(noticing)
      if (answer.status === 'ok') {
        take(courseOf(answer.result), asked)
        if (asked.since === undefined) return
        performance.clearMeasures('slider-to-pixels')
        performance.measure('slider-to-pixels', { start: asked.since })
      } else if (answer.status === 'missing-inputs') {
        batch(() => {
          // the course of the text before an edit stays
          if (drawn === asked.opened) forget()
          status.value = { kind: 'waiting', inputs: answer.inputs }
        })
      } else status.value = { kind: 'failed', message: refusalText(answer) }
    },
  )

  const simulate = (precision: Precision, since?: number): void => {
    clearTimeout(settling)
    clearTimeout(noticing)
    const asked = { number: requests++, opened: opened.peek(), scenario: scenario.peek(), precision, since }
    const known = precision === 'full' ? kept.recall(asked.scenario) : null
    if (known) {
      firstAwaited = requests
      take(known, asked)
      return
    }
    request(asked)
    if (precision === 'preview') settling = setTimeout(() => simulate('full'), settleMilliseconds)
    noticing = setTimeout(() => {
      status.value = { kind: 'running' }
    }, noticeableMilliseconds)
  }

  return {
    course,
    settled,
    settledFor,
    reference,
    status,
    simulate,
    discard(isEdited) {
      closing.abort()
      closing = new AbortController()
      referenceOf = null
      if (isEdited) return
      forget()
      status.value = { kind: 'loading' }
    },
  }
}
