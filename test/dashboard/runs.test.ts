import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Scenario {
  readonly parameters: Readonly<Record<string, number>>
}
interface Document {
  readonly name: string
  readonly desks: Readonly<Record<string, { readonly scenarios: readonly Scenario[] }>>
}
interface Run {
  readonly number: number
  readonly at: number
  readonly kind: 'course' | 'population'
  readonly name: string
  readonly after: string
  readonly model: string
  readonly scenario: Scenario
  readonly document: Document
  readonly seed: number | null
  readonly hash: string | null
  readonly course: object | null
}
interface Signal<T> {
  value: T
  peek(): T
}
interface Runs {
  readonly runs: Signal<readonly Run[]>
  named(run: Run, hash: string): void
  remember(older: readonly Run[]): void
}

const { blankProject }: { blankProject(open: string): Document } = await loadDashboard('document/project-document.ts')
const {
  createHistory,
}: { createHistory<T>(first: T): { readonly present: Signal<T>; commit(next: T, change: object): void } } =
  await loadDashboard('document/history.ts')
const {
  createRunHistory,
  mostRuns,
}: { createRunHistory(dashboard: object, now: () => number): Runs; mostRuns: number } =
  await loadDashboard('state/run-history.ts')
const { writeRuns, readRuns }: { writeRuns(runs: readonly Run[]): string; readRuns(text: string): readonly Run[] } =
  await loadDashboard('storage/written-runs.ts')

const hash = (digit: string): string => digit.repeat(64)
const scenarioOf = (rho: number) => ({
  ...{ id: 's1', name: 'Scenario 1', look: 0, shown: true, regimen: { name: '', doses: [] }, horizon: 10, inputs: {} },
  parameters: { rho },
})
const documentOf = (rho: number): Document => {
  const blank = blankProject('lupus-qsp')
  const desk = {
    ...{ scenarios: [scenarioOf(rho)], active: 's1', comparison: 'overlay', difference: 'ratio', reference: null },
    ...{ bounds: {}, fixed: [], observe: {} },
    fit: { mode: null, errors: {}, blq: 'M3', starts: 1, seed: 1 },
    view: { lastTime: null, period: null, quantities: null, scales: {}, tables: [] },
  }
  return { ...blank, desks: { 'lupus-qsp': desk } }
}
const runOf = (number: number, rho: number, more: Partial<Run> = {}): Run => {
  const document = documentOf(rho)
  const [scenario] = document.desks['lupus-qsp']?.scenarios ?? []
  if (!scenario) throw new Error('a desk has a scenario')
  return {
    ...{ number, at: number, kind: 'course', name: `rho = ${rho}`, after: 'rho', model: 'Lupus', seed: null },
    ...{ scenario, document, hash: null, course: null },
    ...more,
  }
}

/** Runs of a page, which computes a course whenever it is told to. */
function page() {
  const signal = <T>(value: T): Signal<T> => createHistory(value).present
  const history = createHistory(documentOf(1))
  const [settled, settledFor] = [signal<object | null>(null), signal<Scenario | null>(null)]
  const scenario = signal<Scenario>(scenarioOf(1))
  let time = 100
  const opened = { title: 'Lupus', defaults: new Map([['rho', 1]]), parameters: new Map() }
  const runs = createRunHistory(
    {
      ...{ settled, settledFor, scenario, opened: signal(opened), history: { ...history, undoable: signal([]) } },
      population: { state: signal({ kind: 'none' }) },
    },
    () => time++,
  )
  return {
    runs,
    compute(rho: number): object {
      const document = documentOf(rho)
      const [wanted] = document.desks['lupus-qsp']?.scenarios ?? []
      if (!wanted) throw new Error('a desk has a scenario')
      const course = { table: { columns: [] } }
      history.commit(document, { label: 'rho' })
      scenario.value = wanted
      settledFor.value = wanted
      settled.value = course
      return course
    },
  }
}
const numbers = ({ runs }: Runs): readonly (readonly [number, string])[] =>
  runs.value.map(({ number, name }) => [number, name])

describe('the runs of a project', () => {
  it('go on where those of earlier visits ended, whose last course is the first of this one', () => {
    const { runs, compute } = page()
    const course = compute(2)
    compute(3)
    runs.remember([runOf(7, 2, { hash: hash('a') }), runOf(6, 1)])
    expect(numbers(runs).map(([number]) => number)).toEqual([8, 7, 6])
    const [, last] = runs.runs.value
    expect(last).toMatchObject({ hash: hash('a'), at: 7 })
    expect(last?.course).toBe(course)
  })

  it('that begin with something else are all of this visit', () => {
    const { runs, compute } = page()
    compute(3)
    runs.remember([runOf(7, 2), runOf(6, 1)])
    expect(runs.runs.value.map(({ number }) => number)).toEqual([8, 7, 6])
    runs.remember([runOf(7, 2), runOf(6, 1)])
    expect(runs.runs.value.map(({ number }) => number)).toEqual([8, 7, 6])
  })

  it('get the course of one that was remembered when it is computed first', () => {
    const { runs, compute } = page()
    runs.remember([runOf(7, 2, { hash: hash('a') })])
    compute(2)
    expect(runs.runs.value.length).toBe(1)
    expect(runs.runs.value[0]?.course).not.toBeNull()
    compute(3)
    compute(2)
    expect(runs.runs.value.map(({ number }) => number)).toEqual([9, 8, 7])
  })

  it(`are ${mostRuns} at most`, () => {
    const { runs, compute } = page()
    for (let k = 0; k < mostRuns + 10; k++) compute(k)
    runs.remember([runOf(1, -1)])
    expect(runs.runs.value.length).toBe(mostRuns)
  })
})

describe('runs as text', () => {
  it('are the same when they are read, without their courses', () => {
    const runs = [
      runOf(3, 0.3, { hash: hash('b') }),
      runOf(2, 0.2, { kind: 'population', seed: 4 }),
      runOf(1, 0.1, { hash: hash('a'), course: { table: {} } }),
    ]
    expect(readRuns(writeRuns(runs))).toEqual(runs.map((run) => ({ ...run, course: null })))
    expect(writeRuns([])).toBe('')
  })

  it('hold a text of 2 MiB once, and no more than the last 50', () => {
    const text = 'x'.repeat(2 * 1024 * 1024)
    const runs = Array.from({ length: 60 }, (_, k) => {
      const run = runOf(60 - k, k)
      return { ...run, document: { ...run.document, ownText: text } }
    })
    const written = writeRuns(runs)
    expect(written.length).toBeLessThan(text.length + 50_000)
    expect(readRuns(written).map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, k) => 60 - k))
  })

  it('that are none are no runs', () => {
    const good = writeRuns([runOf(2, 2), runOf(1, 1)])
    for (const bad of ['', '{', 'null', '[]', '{"schema":2}', good.replace('"schema":1', '"schema":3')])
      expect(readRuns(bad)).toEqual([])
    expect(readRuns(good.replace(/"back":"[^"]*"/, '"back":"[7]"')).length).toBeLessThanOrEqual(1)
  })
})
