import { describe, expect, it, vi } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Signal<T> {
  value: T
}

interface Scenario {
  readonly id: string
  readonly regimen: object
  readonly horizon: number
  readonly inputs: Readonly<Record<string, number>>
  readonly parameters: Readonly<Record<string, number>>
}

interface LiveMode {
  readonly on: Signal<boolean>
  readonly shown: Signal<Scenario>
  readonly stale: Signal<string>
  update(): void
  follow(): void
}

const signals = new URL('../../apps/dashboard/node_modules/@preact/signals/dist/signals.mjs', import.meta.url).href
const { signal }: { signal<T>(value: T): Signal<T> } = await import(signals)
const {
  createLiveMode,
  changedText,
}: {
  createLiveMode(opened: Signal<object>, scenario: Signal<Scenario>, compute: () => void): LiveMode
  changedText(before: Scenario, after: Scenario): string
} = await loadDashboard('state/live-mode.ts')
const { bandPath } = await loadDashboard('plot/band-path.ts')

const first: Scenario = { id: 's1', regimen: {}, horizon: 10, inputs: {}, parameters: {} }

function begun() {
  const [opened, scenario] = [signal<object>({}), signal(first)]
  const compute = vi.fn()
  const live = createLiveMode(opened, scenario, compute)
  live.follow()
  return { opened, scenario, compute, live }
}

describe('curves', () => {
  it('follow every change of what determines them, and nothing else', () => {
    const { scenario, compute, live } = begun()
    expect(compute).toHaveBeenCalledTimes(1)
    scenario.value = { ...first, parameters: { k: 2 } }
    expect(compute).toHaveBeenCalledTimes(2)
    expect(live.stale.value).toBe('')
    // as by another name: the same course
    scenario.value = { ...scenario.value }
    expect(compute).toHaveBeenCalledTimes(2)
    expect(live.shown.value).toBe(scenario.value)
  })

  it('wait where they do not follow, with the reason, and come when they are asked for or follow again', () => {
    const { scenario, compute, live } = begun()
    live.on.value = false
    scenario.value = { ...first, parameters: { k: 2 } }
    expect([compute.mock.calls.length, live.stale.value, live.shown.value]).toEqual([1, 'k changed', first])
    scenario.value = first
    expect([compute.mock.calls.length, live.stale.value]).toEqual([1, ''])
    scenario.value = { ...first, parameters: { k: 3 } }
    live.update()
    expect([compute.mock.calls.length, live.stale.value]).toEqual([2, ''])
    scenario.value = { ...first, horizon: 20 }
    expect(live.stale.value).toBe('k, the length of the run changed')
    live.on.value = true
    expect([compute.mock.calls.length, live.stale.value]).toEqual([3, ''])
  })

  it('of another scenario or another model come at once', () => {
    const { opened, scenario, compute, live } = begun()
    live.on.value = false
    scenario.value = { ...first, id: 's2', parameters: { k: 2 } }
    expect([compute.mock.calls.length, live.stale.value]).toEqual([2, ''])
    opened.value = {}
    expect([compute.mock.calls.length, live.stale.value]).toEqual([3, ''])
  })

  it('name what changed, three of it at most', () => {
    const parameters = { a: 1, b: 2, c: 3, d: 4 }
    expect(changedText(first, { ...first, parameters })).toBe('a, b, c and 1 more changed')
    expect(changedText({ ...first, parameters }, { ...first, parameters: { ...parameters, b: 5 }, regimen: {} })).toBe(
      'b, the regimen changed',
    )
  })
})

describe('a band', () => {
  it('goes along its upper edge and back along the lower one, which on a log axis may lie below what is shown', () => {
    const frame = { period: { low: 0, high: 2 }, height: 100, scale: 'log' }
    const scales = { x: (time: number) => 10 * time, y: (value: number) => 50 - 10 * value }
    const times = Float64Array.of(0, 1, 2, 3)
    const path = bandPath(times, Float64Array.of(1, 0, 1, 1), Float64Array.of(2, 2, 3, 3), frame, scales)
    expect(path).toBe('M0.0 30.0L10.0 30.0L20.0 20.0L20.0 40.0L10.0 100.0L0.0 40.0Z')
    const none = Float64Array.of(0, 0, 0, 0)
    expect(bandPath(times, none, none, frame, scales)).toBe('')
  })
})
