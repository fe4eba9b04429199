import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Workers } from '../compute/workers.ts'
import type { Desk } from '../document/desk.ts'
import { activeScenario } from '../document/desk.ts'
import { sameCourse } from '../document/scenario.ts'
import type { ParameterCourses } from '../plot/influence.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob } from './course-job.ts'
import type { OpenedModel } from './opened-model.ts'

/** The part by which each parameter is moved, up and down. */
export const influencePart = 0.1

export interface InfluenceState {
  readonly parameters: readonly ParameterCourses[]
  readonly done: number
  /** Runs that are wanted; 0 while nothing is asked for. */
  readonly total: number
  /** Runs that did not succeed. */
  readonly failed: number
}

/** What each parameter that is not fixed does to the courses of the active scenario, computed while the sliders rest. */
export interface InfluenceSession {
  /** Whether it is wanted: nothing is computed before. */
  readonly on: Signal<boolean>
  readonly state: ReadonlySignal<InfluenceState>
}

const nothing: InfluenceState = { parameters: [], done: 0, total: 0, failed: 0 }
const restMilliseconds = 300

export function createInfluenceSession(
  workers: Workers,
  opened: ReadonlySignal<OpenedModel>,
  desk: ReadonlySignal<Desk>,
  quantities: ReadonlySignal<readonly string[]>,
): InfluenceSession {
  const on = signal(false)
  const state = signal(nothing)
  let current: AbortController | null = null
  let resting: ReturnType<typeof setTimeout> | undefined

  const varied = (): readonly string[] => {
    const { fixed } = desk.peek()
    const { parameters } = activeScenario(desk.peek())
    const all = [...opened.peek().parameters.values()].filter(({ name, value }) => (parameters[name] ?? value) !== 0)
    const free = all.filter(({ name }) => !fixed.includes(name))
    return (free.length > 0 ? free : all).map(({ name }) => name)
  }

  const run = async (): Promise<void> => {
    const controller = new AbortController()
    current = controller
    const model = opened.peek()
    const scenario = activeScenario(desk.peek())
    const kept = quantities.peek()
    const names = varied()
    const found = new Map<string, { low: Course['values'] | null; high: Course['values'] | null }>()
    let done = 0
    let failed = 0
    const tell = (): void => {
      const parameters = [...found].map(([name, sides]) => ({ name, ...sides }))
      state.value = { parameters, done, total: 2 * names.length, failed }
    }
    tell()
    const side = async (name: string, which: 'low' | 'high'): Promise<void> => {
      const info = model.parameters.get(name)
      const value = scenario.parameters[name] ?? info?.value ?? Number.NaN
      const moved = value * (which === 'low' ? 1 - influencePart : 1 + influencePart)
      const isAllowed = info !== undefined && moved >= info.lowest && moved <= info.highest
      const job = courseJob(model, { ...scenario, parameters: { ...scenario.parameters, [name]: moved } })
      const answer = isAllowed
        ? await workers.batch().run({ ...job, endpoints: [] }, { signal: controller.signal })
        : null
      if (current !== controller) return
      done++
      if (answer?.status === 'ok' && answer.result.outcome.status !== 'failed') {
        const { values } = courseOf(answer.result)
        const own = new Map([...values].filter(([quantity]) => kept.includes(quantity)))
        found.set(name, { low: null, high: null, ...found.get(name), [which]: own })
      } else if (answer) failed++
    }
    const told = setInterval(tell, 200)
    await Promise.all(names.flatMap((name) => [side(name, 'low'), side(name, 'high')]))
    clearInterval(told)
    if (current === controller) tell()
  }

  const stop = (): void => {
    current?.abort()
    current = null
    clearTimeout(resting)
  }
  const setting = computed(() => ({
    opened: opened.value,
    scenario: activeScenario(desk.value),
    fixed: desk.value.fixed,
    quantities: quantities.value,
    on: on.value,
  }))
  let last: ReturnType<typeof setting.peek> | null = null
  effect(() => {
    const next = setting.value
    const before = last
    last = next
    untracked(() => {
      const isSame =
        before !== null &&
        before.on === next.on &&
        before.opened === next.opened &&
        before.fixed === next.fixed &&
        before.quantities === next.quantities &&
        sameCourse(before.scenario, next.scenario)
      if (isSame) return
      stop()
      state.value = nothing
      if (next.on) resting = setTimeout(() => void run(), restMilliseconds)
    })
  })
  return { on, state }
}
