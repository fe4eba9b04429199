import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Held<T> {
  value: T
}

interface Scenario {
  readonly id: string
  readonly name: string
  readonly look: number
  readonly shown: boolean
  readonly regimen: object
  readonly horizon: number
  readonly inputs: Readonly<Record<string, number>>
  readonly parameters: Readonly<Record<string, number>>
}

interface Desk {
  readonly scenarios: readonly Scenario[]
  readonly active: string
  readonly reference: string | null
  readonly comparison: string
}

interface Other {
  readonly scenario: Scenario
  readonly course: object | null
  readonly problem: string
}

interface Scene {
  readonly others: Held<readonly Other[]>
  readonly reference: Held<{ readonly scenario: Scenario | null; readonly name: string; readonly shown: boolean }>
  readonly comparedTo: Held<object | null>
  readonly comparison: Held<string>
  readonly difference: Held<string | null>
}

type Known = { readonly kind: 'waiting' } | { readonly kind: 'ready'; readonly course: object }

interface ScenarioCourses {
  of(scenario: Scenario): Known | { readonly kind: 'failed'; readonly message: string }
  recall(scenario: Scenario): object | null
  keep(scenario: Scenario, course: object): void
  discard(): void
}

/** The signals that the dashboard has. */
const signals = new URL('../../apps/dashboard/node_modules/@preact/signals/dist/signals.mjs', import.meta.url).href
const { signal }: { signal<T>(value: T): Held<T> } = await import(signals)
const { firstDesk }: { firstDesk(start: object): Desk } = await loadDashboard('document/desk.ts')
const {
  pinned,
  added,
  comparedWith,
  removed,
  relabelled,
  shownComparison,
}: {
  pinned(desk: Desk, name?: string): Desk
  added(desk: Desk, scenario: object): Desk
  comparedWith(desk: Desk, reference: string | null): Desk
  removed(desk: Desk, id: string): Desk
  relabelled(desk: Desk, id: string, change: object): Desk
  shownComparison(desk: Desk): string
} = await loadDashboard('document/scenes.ts')
const { createScene }: { createScene(desk: Held<Desk>, courses: object, kept: object): Scene } =
  await loadDashboard('state/scene.ts')
const {
  createScenarioCourses,
}: {
  createScenarioCourses(
    workers: object,
    opened: Held<object>,
    wanted: Held<readonly Scenario[]>,
    idle: Held<boolean>,
  ): ScenarioCourses
} = await loadDashboard('state/scenario-courses.ts')
const {
  suggestedName,
}: { suggestedName(scenario: Scenario, opened: object, format: (value: number) => string): string } =
  await loadDashboard('state/suggested-name.ts')
const {
  endpointChange,
  endpointsTsv,
}: {
  endpointChange(unit: string, from: number, to: number): { readonly kind: string; readonly value: number } | null
  endpointsTsv(endpoints: readonly object[], columns: readonly object[]): string
} = await loadDashboard('state/endpoint-columns.ts')

const regimen = { name: 'none', doses: [] }
const desk = firstDesk({ regimen, horizon: 365, firstWindow: null })
const only = desk.scenarios[0]!
const course = (name: string) => ({ name, failure: '' })
const turn = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('a desk', () => {
  it('gets a scenario that was made elsewhere behind the active one, with a look and a name of its own', () => {
    const next = added(desk, { name: only.name, regimen, horizon: 10, inputs: {}, parameters: { rho: 2 } })
    expect(next.active).toBe(desk.active)
    expect(next.scenarios[1]).toMatchObject({ name: 'Scenario 1 (2)', look: 1, shown: true, horizon: 10 })
  })

  it('is compared with a scenario it has, until that is removed', () => {
    const two = pinned(desk, 'Base')
    const base = two.scenarios[0]!.id
    const compared = comparedWith(two, base)
    expect(compared.reference).toBe(base)
    expect(comparedWith(two, 'nobody')).toBe(two)
    expect(removed(compared, base).reference).toBe(null)
    expect(removed(compared, two.active).reference).toBe(base)
  })

  it('is shown side by side where more are drawn than there are looks', () => {
    const five = [1, 2, 3, 4].reduce((before) => pinned(before), desk)
    expect(shownComparison(five)).toBe('overlay')
    const six = pinned(five)
    expect(shownComparison(six)).toBe('multiples')
    expect(shownComparison(relabelled(six, six.scenarios[0]!.id, { shown: false }))).toBe('overlay')
  })
})

describe('a scene', () => {
  const two = pinned(desk, 'Base')
  const base = two.scenarios[0]!
  const setUp = (first: Desk) => {
    const held = signal(first)
    const courses = { course: signal<object | null>(course('now')), reference: signal<object | null>(course('model')) }
    const known = signal<Known>({ kind: 'ready', course: course('base') })
    return { desk: held, courses, known, scene: createScene(held, courses, { of: () => known.value }) }
  }

  it('has the others apart from the course that moves, and the same while a slider does', () => {
    const { desk: held, courses, scene } = setUp(two)
    const before = scene.others.value
    expect(before.map(({ scenario }) => scenario.name)).toEqual(['Base'])
    held.value = {
      ...two,
      scenarios: two.scenarios.map((each) => (each === base ? each : { ...each, parameters: { rho: 3 } })),
    }
    courses.course.value = course('later')
    expect(scene.others.value).toBe(before)
    held.value = relabelled(held.value, base.id, { shown: false })
    expect(scene.others.value).toEqual([])
  })

  it('is compared with the model’s own values, or with a scenario that is then none of the others', () => {
    const { desk: held, courses, scene } = setUp(two)
    expect(scene.comparedTo.value).toBe(courses.reference.value)
    held.value = comparedWith(two, base.id)
    expect(scene.comparedTo.value).toEqual(course('base'))
    expect(scene.others.value).toEqual([])
    expect(scene.reference.value).toMatchObject({ name: 'Base', shown: true })
    held.value = comparedWith(two, two.active)
    expect(scene.comparedTo.value).toBe(courses.course.value)
    expect(scene.reference.value.shown).toBe(false)
  })

  it('says why a scenario has no course', () => {
    const { scene, known } = setUp(two)
    known.value = { kind: 'waiting' }
    expect(scene.others.value[0]).toMatchObject({ course: null, problem: '' })
    Object.assign(known, { value: { kind: 'failed', message: 'no value for WT' } })
    expect(scene.others.value[0]).toMatchObject({ course: null, problem: 'no value for WT' })
  })
})

describe('courses of scenarios', () => {
  const scenarioOf = (rho: number): Scenario => ({ ...only, id: `s${rho}`, parameters: { rho } })
  const setUp = (wanted: readonly Scenario[]) => {
    const asked: number[] = []
    const answers: (() => void)[] = []
    const workers = {
      live: {
        run: (
          job: { readonly parameters: { readonly rho: number } },
          { signal: end }: { readonly signal: AbortSignal },
        ) =>
          new Promise((resolve) => {
            asked.push(job.parameters.rho)
            answers.push(() =>
              resolve(
                end.aborted
                  ? { status: 'cancelled' }
                  : { status: 'ok', result: { table: { columns: [] }, endpoints: [], outcome: { status: 'ok' } } },
              ),
            )
          }),
      },
    }
    const idle = signal(false)
    const held = signal(wanted)
    const opened = signal<object>({ text: '', start: 0, times: () => [], endpoints: [], extinction: null })
    return { asked, answers, idle, wanted: held, courses: createScenarioCourses(workers, opened, held, idle) }
  }

  it('are computed one at a time, once each, and only while there is nothing else to do', async () => {
    const three = [1, 2, 3].map(scenarioOf)
    const { asked, answers, idle, wanted, courses } = setUp(three)
    expect(asked).toEqual([])
    idle.value = true
    expect(asked).toEqual([1])
    idle.value = false
    idle.value = true
    expect(asked).toEqual([1])
    idle.value = false
    answers[0]?.()
    await turn()
    expect(courses.of(three[0]!).kind).toBe('ready')
    expect(asked).toEqual([1])
    idle.value = true
    answers[1]?.()
    await turn()
    answers[2]?.()
    await turn()
    expect(asked).toEqual([1, 2, 3])
    // another name is the same course
    wanted.value = three.map((scenario) => ({ ...scenario, name: 'renamed' }))
    expect(asked).toEqual([1, 2, 3])
    expect(courses.of(wanted.value[1]!).kind).toBe('ready')
  })

  it('are taken from elsewhere where they are there, and forgotten with the model', async () => {
    const kept = scenarioOf(7)
    const { asked, answers, idle, courses } = setUp([kept])
    courses.keep(kept, course('kept'))
    idle.value = true
    expect(asked).toEqual([])
    expect(courses.recall({ ...kept, id: 'other', name: 'other' })).toEqual(course('kept'))
    expect(courses.recall(scenarioOf(8))).toBe(null)
    courses.discard()
    expect(courses.recall(kept)).toBe(null)
    // the run that was asked for then is not of this model
    courses.discard()
    answers[0]?.()
    await turn()
    expect(courses.of(kept).kind).toBe('waiting')
  })

  it('are kept within bounds, those that are wanted before others', () => {
    const wanted = scenarioOf(0)
    const { courses } = setUp([wanted])
    courses.keep(wanted, course('wanted'))
    const many = Array.from({ length: 100 }, (_, k) => scenarioOf(k + 1))
    for (const scenario of many) courses.keep(scenario, course('other'))
    expect(courses.recall(wanted)).not.toBe(null)
    expect(many.filter((scenario) => courses.recall(scenario) !== null).length).toBe(31)
    expect(courses.recall(many.at(-1)!)).not.toBe(null)
  })
})

describe('a name for a scenario without one', () => {
  const opened = { regimen, horizon: 365 }
  const named = (change: Partial<Scenario>) => suggestedName({ ...only, ...change }, opened, String)

  it('tells what differs from the model', () => {
    expect(named({})).toBe('As in the model')
    expect(named({ parameters: { rho: 2 } })).toBe('rho = 2')
    expect(named({ parameters: { rho: 2, dose: 1e6, WT: 50 } })).toBe('rho = 2, dose = 1000000 and 1 more')
    expect(named({ regimen: { name: 'other', doses: [] } })).toBe('No doses')
    expect(named({ name: 'Mine', parameters: { rho: 2 } })).toBe('Mine')
  })
})

describe('endpoints of scenarios', () => {
  it('differ in percent, or by an amount where they are times, scores or grades', () => {
    expect(endpointChange('cells/uL', 100, 150)).toEqual({ kind: 'percent', value: 50 })
    expect(endpointChange('day', 8, 6)).toEqual({ kind: 'amount', value: -2 })
    expect(endpointChange('cells/uL', 0, 6)).toBe(null)
    expect(endpointChange('day', Number.NaN, 6)).toBe(null)
  })

  it('are copied with full digits and differences; what is not there stays empty', () => {
    const column = (id: string, role: string, value: number) => ({
      ...{ id, name: `Scenario\t${id}`, role },
      values: { value: new Map([['peak', { name: 'peak', value, note: '' }]]) },
    })
    const endpoints = [
      { name: 'peak', label: 'Peak', unit: 'cells/uL' },
      { name: 'lag', label: 'Lag', unit: 'day' },
    ]
    const text = endpointsTsv(endpoints, [column('a', 'active', 0.30000000000000004), column('b', 'reference', 0.1)])
    expect(text.split('\n').map((row) => row.split('\t'))).toEqual([
      ['Endpoint', 'Unit', 'Scenario a', 'Scenario a minus Scenario b', 'Scenario b'],
      ['Peak', 'cells/uL', '0.30000000000000004', String(0.30000000000000004 - 0.1), '0.1'],
      ['Lag', 'day', '', '', ''],
    ])
  })
})
