import { libraryModel } from '@cartkin/cart-models'
import { type Answer, createModelCache, type Job, runJob } from '@cartkin/compute'
import { type Model, parseModel } from '@cartkin/model'
import type { EndpointValue, MissingInput, RegimenDose } from '@cartkin/simulation'
import { describe, expect, it, vi } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Held<T> {
  readonly value: T
}

interface Course {
  readonly times: Float64Array
  readonly values: ReadonlyMap<string, Float64Array>
  readonly endpoints: ReadonlyMap<string, EndpointValue>
}

interface Dashboard {
  readonly scenario: Held<{
    readonly horizon: number
    readonly regimen: { readonly name: string; readonly doses: readonly RegimenDose[] }
    readonly inputs: Readonly<Record<string, number>>
    readonly parameters: Readonly<Record<string, number>>
  }>
  readonly opened: Held<{
    readonly id: string
    readonly title: string
    readonly groups: readonly { readonly name: string; readonly parameters: readonly { readonly name: string }[] }[]
  }>
  readonly panels: Held<readonly { readonly title: string; readonly quantities: readonly string[] }[]>
  readonly course: Held<Course | null>
  readonly settled: Held<Course | null>
  readonly reference: Held<Course | null>
  readonly status: Held<{ readonly kind: string; readonly inputs?: readonly MissingInput[]; readonly message?: string }>
  openModel(id: string): Promise<void>
  useText(text: string): void
  setView(label: string, choices: { readonly quantities: readonly string[] }): void
  setParameters(values: Readonly<Record<string, number>>): void
  resetParameters(): void
  setInput(name: string, value: number | null): void
  setRegimen(regimen: { readonly name: string; readonly doses: readonly RegimenDose[] }): void
  setHorizon(horizon: number): void
}

type TypedDose =
  | { readonly kind: 'dose'; readonly dose: RegimenDose }
  | { readonly kind: 'refused'; readonly field: string; readonly problem: string }

const {
  createDashboard,
}: { createDashboard(shelf: unknown, document: unknown, workers: unknown): Promise<Dashboard> } =
  await loadDashboard('state/dashboard.ts')
const {
  createModelShelf,
}: { createModelShelf(index: readonly unknown[], fetch: (id: string) => Promise<unknown>): unknown } =
  await loadDashboard('state/model-shelf.ts')
const { blankProject, ownModel }: { blankProject(open: string): unknown; readonly ownModel: string } =
  await loadDashboard('document/project-document.ts')
const { typedDose }: { typedDose(fields: Readonly<Record<string, string>>, model: Model): TypedDose } =
  await loadDashboard('state/typed-dose.ts')
const { timeText, timeHeading }: Record<'timeText' | 'timeHeading', (unit: string, time?: string) => string> =
  await loadDashboard('state/time-units.ts')

function modelOf(text: string): Model {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
  return parsed.model
}

/** The dashboard with its jobs run on this thread. */
function dashboardHere(): Promise<Dashboard> {
  const models = createModelCache()
  const pool = {
    size: 1,
    run: async (job: Job, options: { readonly signal?: AbortSignal } = {}): Promise<Answer> =>
      runJob(job, { models, wanted: () => (options.signal?.aborted ? 'cancel' : 'run') }),
    close: () => Promise.resolve(),
  }
  const shelf = createModelShelf([], (id) => Promise.resolve(libraryModel(id)))
  return createDashboard(shelf, blankProject('stein-2019'), {
    live: pool,
    batch: () => pool,
  })
}

const becomes = async (dashboard: Dashboard, kind: string): Promise<void> => {
  await vi.waitFor(() => expect(dashboard.status.value.kind).toBe(kind))
}

/** The latest course, once all work is done. */
const courseOf = async (dashboard: Dashboard): Promise<Course> => {
  await new Promise((resolve) => setTimeout(resolve, 250))
  const course = dashboard.settled.value
  if (!course) throw new Error(`no course: ${JSON.stringify(dashboard.status.value)}`)
  return course
}

const lastOf = ({ values }: Course, name: string): number | undefined => values.get(name)?.at(-1)

const clearance = `cl <- function() {
  description <- "Clearance by weight and sex"
  ini({ lcl <- log(5); eta.cl ~ 0.09; sd <- 0.1 })
  model({
    cl <- exp(lcl + eta.cl)*WT/70
    if (SEX == "female") cl <- cl*0.8
    cl ~ add(sd)
  })
}`

const oral = `ka = 1  # [1/h] absorption
k = 0.1 # [1/h] elimination
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - k*central
half = central/2`

describe('a text without d/dt', () => {
  it('waits for its inputs by name and then draws what is observed', async () => {
    const dashboard = await dashboardHere()
    dashboard.useText(clearance)
    await becomes(dashboard, 'waiting')
    expect(dashboard.status.value.inputs?.map(({ name, levels }) => [name, levels])).toEqual([
      ['WT', []],
      ['SEX', ['female']],
    ])
    expect(dashboard.course.value).toBeNull()
    dashboard.setInput('WT', 84)
    await vi.waitFor(() => expect(dashboard.status.value.inputs?.map(({ name }) => name)).toEqual(['SEX']))
    dashboard.setInput('SEX', 1)
    await becomes(dashboard, 'ready')
    expect(lastOf(await courseOf(dashboard), 'cl')).toBeCloseTo(5 * 1.2 * 0.8, 12)
    expect(dashboard.panels.value.map(({ quantities }) => quantities)).toEqual([['cl']])
    dashboard.setInput('WT', null)
    await becomes(dashboard, 'waiting')
    expect(dashboard.course.value).toBeNull()
  })

  it('has its parameters by what they are', async () => {
    const dashboard = await dashboardHere()
    dashboard.useText(clearance)
    expect(dashboard.opened.value.groups.map(({ name, parameters }) => [name, parameters[0]?.name])).toEqual([
      ['Parameters', 'lcl'],
      ['Random effects', 'eta.cl'],
      ['Residual error', 'sd'],
    ])
  })
})

describe('a text with states', () => {
  it('takes doses, another end and other quantities', async () => {
    const dashboard = await dashboardHere()
    dashboard.useText(oral)
    expect((await courseOf(dashboard)).values.get('central')?.every((amount) => amount === 0)).toBe(true)
    expect(dashboard.panels.value.map(({ title }) => title)).toEqual(['half'])
    dashboard.setRegimen({ name: 'The doses', doses: [{ time: 0, cmt: 'depot', amt: 100 }] })
    dashboard.setHorizon(10)
    const dosed = await courseOf(dashboard)
    expect(dosed.times.at(-1)).toBe(10)
    const exact = (100 / 0.9) * (Math.exp(-0.1 * 10) - Math.exp(-10))
    expect(lastOf(dosed, 'central')).toBeCloseTo(exact, 4)
    dashboard.setView('Quantities', { quantities: ['depot', 'central'] })
    expect(dashboard.panels.value.map(({ title }) => title)).toEqual(['depot', 'central'])
  })

  it('keeps the course of its own values as reference, with the present doses', async () => {
    const dashboard = await dashboardHere()
    dashboard.useText(oral)
    dashboard.setRegimen({ name: 'The doses', doses: [{ time: 0, cmt: 'depot', amt: 100 }] })
    dashboard.setParameters({ k: 0.2 })
    await courseOf(dashboard)
    const [now, before] = [dashboard.settled.value, dashboard.reference.value]
    expect(now && lastOf(now, 'central')).toBeLessThan((before && lastOf(before, 'central')) ?? 0)
    dashboard.setRegimen({ name: 'The doses', doses: [{ time: 0, cmt: 'depot', amt: 200 }] })
    await courseOf(dashboard)
    const doubled = dashboard.reference.value
    expect(doubled && lastOf(doubled, 'central')).toBeCloseTo(2 * ((before && lastOf(before, 'central')) ?? 0), 4)
  })
})

describe('what was chosen for a text', () => {
  it('is there again after a library model', async () => {
    const dashboard = await dashboardHere()
    dashboard.useText(clearance)
    dashboard.setInput('WT', 60)
    dashboard.setInput('SEX', 1)
    dashboard.setParameters({ lcl: 2 })
    await dashboard.openModel('stein-2019')
    expect(dashboard.scenario.value).toMatchObject({ inputs: {}, parameters: {} })
    await dashboard.openModel(ownModel)
    expect(dashboard.opened.value.title).toBe('Clearance by weight and sex')
    expect(dashboard.scenario.value).toMatchObject({ inputs: { WT: 60, SEX: 1 }, parameters: { lcl: 2 } })
    await becomes(dashboard, 'ready')
  })

  it('goes over to the next text where names are the same and mean the same', async () => {
    const dashboard = await dashboardHere()
    dashboard.useText(`${oral}\ny = central*WT*(SEX == "f")`)
    dashboard.setInput('WT', 60)
    dashboard.setInput('SEX', 1)
    dashboard.setParameters({ ka: 2, k: 0.3 })
    dashboard.setHorizon(96)
    dashboard.setRegimen({
      name: 'The doses',
      doses: [
        { time: 0, cmt: 'depot', amt: 100 },
        { time: 12, cmt: 'central', amt: 50 },
      ],
    })
    const next = oral.replace('k = 0.1 ', 'k = 0.2 ').replaceAll('depot', 'gut')
    dashboard.useText(`${next}\ny = central*WT*(SEX == "m")`)
    const { horizon, inputs, parameters, regimen } = dashboard.scenario.value
    expect({ horizon, inputs, parameters, doses: regimen.doses }).toEqual({
      horizon: 96,
      inputs: { WT: 60 },
      parameters: { ka: 2 },
      doses: [{ time: 12, cmt: 'central', amt: 50 }],
    })
    dashboard.resetParameters()
    expect(dashboard.scenario.value).toMatchObject({ inputs: { WT: 60 }, parameters: {} })
  })
})

describe('a typed dose', () => {
  const model = modelOf(`${oral}\nd/dt(slow) = -slow\ndur(slow) = 2`)
  const fields = { amount: '100', into: 'depot', at: '0', rate: '', every: '', count: '' }
  it.each([
    [{}, { time: 0, cmt: 'depot', amt: 100 }],
    [
      { at: '', rate: '25' },
      { time: 0, cmt: 'depot', amt: 100, rate: 25 },
    ],
    [
      { every: '12', count: '6' },
      { time: 0, cmt: 'depot', amt: 100, ii: 12, addl: 5 },
    ],
    [{ into: 'slow' }, { time: 0, cmt: 'slow', amt: 100, rate: -2 }],
    [
      { into: 'slow', rate: '0' },
      { time: 0, cmt: 'slow', amt: 100 },
    ],
  ])('%j', (typed, dose) => {
    expect(typedDose({ ...fields, ...typed }, model)).toEqual({ kind: 'dose', dose })
  })
  it.each([
    [{ amount: '' }, 'amount'],
    [{ amount: '1e999' }, 'amount'],
    [{ amount: '-1' }, 'amount'],
    [{ amount: '1,5' }, 'amount'],
    [{ into: 'gut' }, 'into'],
    [{ at: '-1' }, 'at'],
    [{ rate: '-2' }, 'rate'],
    [{ count: '1.5' }, 'count'],
    [{ count: '3' }, 'every'],
  ])('%j is refused at its field', (typed, field) => {
    expect(typedDose({ ...fields, ...typed }, model)).toMatchObject({ kind: 'refused', field })
  })
})

describe('times', () => {
  it('are read with the unit of the model', () => {
    expect(['day', 'h', ''].map((unit) => timeText(unit, '9'))).toEqual(['day 9', '9 h', 'time 9'])
    expect(['day', 'h', ''].map((unit) => timeHeading(unit))).toEqual(['Day', 'Time (h)', 'Time'])
  })
})
