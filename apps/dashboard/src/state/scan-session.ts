import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import type { Desk } from '../document/desk.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob } from './course-job.ts'
import type { OpenedModel, ParameterInfo } from './opened-model.ts'
import { parameterScale } from './parameter-scale.ts'
import { refusalText } from './refusal-text.ts'

/** The course at one value of a parameter that is scanned. */
export interface ScanCurve {
  readonly value: number
  /** Null while it is being computed, or where it cannot be. */
  readonly course: Course | null
}

/** One parameter at several values, all others as the active scenario has them. */
export interface ScannedParameter {
  readonly info: ParameterInfo
  readonly curves: readonly ScanCurve[]
}

export interface ScanState {
  /** In the order in which they were chosen; empty while nothing is scanned. */
  readonly parameters: readonly ScannedParameter[]
  readonly running: boolean
  /** Why courses are lacking; empty where none is. */
  readonly problem: string
}

/** Courses of the active scenario at values of a parameter between its bounds. They follow what is changed elsewhere. */
export interface ScanSession {
  readonly state: ReadonlySignal<ScanState>
  /** How many values. */
  readonly count: Signal<number>
  /** Name of the scanned parameter whose curves are drawn. */
  readonly shown: Signal<string>
  /** The curve that is looked at, by its place in the family; null for none. */
  readonly highlighted: Signal<number | null>
  /** The curves that the panels draw, from the lowest value to the highest; empty while nothing is scanned. */
  readonly family: ReadonlySignal<readonly ScanCurve[]>
  /** Scans each of these parameters, one after the other. */
  start(names: readonly string[]): void
  /** Ends the scan; its curves go. */
  close(): void
}

export const fewestScanned = 2
export const mostScanned = 25
const usualCount = 7
/** How long the scenario rests before its scan is computed anew. */
const restMilliseconds = 250

const nothing: ScanState = { parameters: [], running: false, problem: '' }

export function createScanSession(
  workers: Workers,
  opened: ReadonlySignal<OpenedModel>,
  desk: ReadonlySignal<Desk>,
  scenario: ReadonlySignal<Scenario>,
): ScanSession {
  const state = signal(nothing)
  const names = signal<readonly string[]>([])
  const count = signal(usualCount)
  const shown = signal('')
  const highlighted = signal<number | null>(null)
  let current: AbortController | null = null
  let resting: ReturnType<typeof setTimeout> | undefined

  const valuesOf = (info: ParameterInfo, most: number): readonly number[] => {
    const scale = parameterScale(info, info.value, desk.peek().bounds[info.name])
    return Array.from({ length: most }, (_, k) => scale.value(k / (most - 1)))
  }

  const run = async (): Promise<void> => {
    current?.abort()
    const controller = new AbortController()
    current = controller
    const { parameters } = opened.peek()
    const asked = scenario.peek()
    const before = state.peek().parameters
    const wanted = names.peek().flatMap((name) => parameters.get(name) ?? [])
    const next = wanted.map((info): ScannedParameter => {
      const values = valuesOf(info, count.peek())
      // what is still drawn stays until its successor is there
      const old = before.find((scanned) => scanned.info.name === info.name)?.curves
      return {
        info,
        curves: values.map((value, k) => ({ value, course: old?.[k]?.value === value ? old[k].course : null })),
      }
    })
    state.value = { parameters: next, running: true, problem: '' }
    const take = (name: string, at: number, course: Course | null, problem: string): void => {
      const { parameters: present, ...rest } = state.peek()
      state.value = {
        ...rest,
        problem: problem || rest.problem,
        parameters: present.map((scanned) =>
          scanned.info.name === name
            ? { ...scanned, curves: scanned.curves.map((curve, k) => (k === at ? { ...curve, course } : curve)) }
            : scanned,
        ),
      }
    }
    await Promise.all(
      next.flatMap(({ info, curves }) =>
        curves.map(async ({ value }, k) => {
          const job = courseJob(opened.peek(), { ...asked, parameters: { ...asked.parameters, [info.name]: value } })
          const answer = await workers.batch().run(job, { signal: controller.signal })
          if (current !== controller || answer.status === 'cancelled') return
          if (answer.status === 'ok') {
            const course = courseOf(answer.result)
            take(info.name, k, course, course.failure)
          } else take(info.name, k, null, refusalText(answer))
        }),
      ),
    )
    if (current === controller) state.value = { ...state.peek(), running: false }
  }

  const stop = (): void => {
    current?.abort()
    current = null
    clearTimeout(resting)
  }

  // the values of a parameter that is scanned alone make no other scan of it
  const setting = computed(
    (): {
      readonly opened: OpenedModel
      readonly scenario: Scenario
      readonly bounds: Desk['bounds']
      readonly count: number
    } => {
      const { parameters } = scenario.value
      const own = names.value.length === 1 ? names.value[0] : undefined
      const others = own !== undefined && own in parameters
      const kept = others ? Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== own)) : parameters
      return {
        opened: opened.value,
        scenario: { ...scenario.value, parameters: kept },
        bounds: desk.value.bounds,
        count: count.value,
      }
    },
  )
  let last = setting.peek()
  effect(() => {
    const next = setting.value
    const before = last
    last = next
    untracked(() => {
      if (names.peek().length === 0) return
      if (before.opened !== next.opened) {
        close()
        return
      }
      if (before.bounds === next.bounds && before.count === next.count && sameScanned(before.scenario, next.scenario))
        return
      clearTimeout(resting)
      resting = setTimeout(() => void run(), restMilliseconds)
    })
  })

  const close = (): void => {
    stop()
    names.value = []
    highlighted.value = null
    state.value = nothing
  }

  return {
    state,
    count,
    shown,
    highlighted,
    family: computed(() => state.value.parameters.find(({ info }) => info.name === shown.value)?.curves ?? []),
    start(wanted) {
      stop()
      state.value = nothing
      highlighted.value = null
      names.value = wanted
      last = setting.value
      shown.value = wanted[0] ?? ''
      if (wanted.length > 0) void run()
    },
    close,
  }
}

/** Whether scenarios have one course, apart from what is scanned. */
function sameScanned(a: Scenario, b: Scenario): boolean {
  const left = Object.entries(a.parameters)
  return (
    sameCourse({ ...a, parameters: b.parameters }, b) &&
    left.length === Object.keys(b.parameters).length &&
    left.every(([name, value]) => b.parameters[name] === value)
  )
}
