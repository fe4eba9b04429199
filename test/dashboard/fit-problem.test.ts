import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { axiCelFit, libraryModel } from '@cartkin/cart-models'
import type { FitJob } from '@cartkin/compute'
import { parseModel } from '@cartkin/model'
import { readEventData } from '@cartkin/tables'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Opened {
  readonly regimen: unknown
  readonly defaults: ReadonlyMap<string, number>
  readonly usuallyFixed: readonly string[]
}
interface Choices {
  readonly fixed: readonly string[]
  readonly bounds: Readonly<Record<string, { readonly lower: number; readonly upper: number }>>
  readonly fit: Readonly<Record<string, unknown>>
}
interface Setting {
  readonly opened: Opened
  readonly scenario: Readonly<Record<string, unknown>> & { readonly parameters: Readonly<Record<string, number>> }
  readonly choices: Choices
  readonly data: unknown
}
interface Prerequisite {
  readonly met: boolean
  readonly text: string
  readonly place: { readonly tab: string | null; readonly field: string } | null
}

const { fitProblem }: { fitProblem(setting: Setting): FitJob['problem'] } = await loadDashboard('state/fit-problem.ts')
const { estimatedNames }: { estimatedNames(setting: Setting): readonly string[] } =
  await loadDashboard('state/fit-setting.ts')
const {
  fitPrerequisites,
  missingText,
}: {
  fitPrerequisites(setting: Setting, data: unknown, status: unknown): readonly Prerequisite[]
  missingText(prerequisites: readonly Prerequisite[]): string
} = await loadDashboard('state/fit-prerequisites.ts')
const { staleFit }: { staleFit(made: Setting, present: Setting | null): string } =
  await loadDashboard('state/stale-fit.ts')
const { fittedNames }: { readonly fittedNames: Readonly<Record<string, readonly string[]>> } =
  await loadDashboard('state/fitted-names.ts')
const { firstDesk }: { firstDesk(start: object): Choices & { readonly scenarios: readonly Setting['scenario'][] } } =
  await loadDashboard('document/desk.ts')
const { openText }: { openText(model: unknown): Opened } = await loadDashboard('state/open-text.ts')
const { openLibraryModel }: { openLibraryModel(model: unknown): Opened } =
  await loadDashboard('state/open-library-model.ts')

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFile(join(root, file), 'utf8')
const ready = { kind: 'ready', milliseconds: 1 }

function settingOf(opened: Opened, data: unknown): Setting {
  const desk = firstDesk(opened)
  const [scenario] = desk.scenarios
  if (!scenario) throw new Error('no scenario')
  return { opened, scenario, choices: desk, data }
}

/** Data of which every observation is of a quantity. */
const subjects = (text: string, quantity: string, lloq = new Map<string, number>(), endpoint?: string) => ({
  kind: 'subjects',
  title: 'data.csv',
  attribution: '',
  notes: [],
  subjects: readEventData(text, 'data.csv', { lloq }).subjects.map((subject) => ({
    ...subject,
    records: subject.records.flatMap((record) => {
      if (record.evid !== 0) return [record]
      return endpoint === undefined || record.endpoint === endpoint ? [{ ...record, endpoint: quantity }] : []
    }),
  })),
})

const held: { theophylline?: Setting; stein?: Setting } = {}
const theophylline = (): Setting => held.theophylline ?? fail()
const stein = (): Setting => held.stein ?? fail()
function fail(): never {
  throw new Error('not loaded')
}

beforeAll(async () => {
  const parsed = parseModel(await read('examples/theophylline/one-compartment.txt'))
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
  held.theophylline = settingOf(
    openText(parsed.model),
    subjects(await read('examples/theophylline/theophylline.csv'), 'cp'),
  )
  held.stein = settingOf(
    openLibraryModel(libraryModel('stein-2019')),
    subjects(await read('examples/car-t-individuals/patients.csv'), 'C', new Map([['1', 50]]), '1'),
  )
})

describe('the problem of a fit', () => {
  it('estimates what the text says, with its errors, starts and bounds', () => {
    const { estimated, endpoints, subjects: fitted } = fitProblem(theophylline())
    expect(estimated.map(({ name, start, lower, scale }) => [name, start, lower, scale])).toEqual([
      ['ka', 1.5, 0, 'log'],
      ['CL', 0.04, 0, 'log'],
      ['V', 0.5, 0, 'log'],
      ['add.sd', 0.5, 0, 'log'],
      ['prop.sd', 0.1, 0, 'log'],
    ])
    expect(endpoints).toEqual([
      { quantity: 'cp', scale: 'linear', error: { kind: 'combined2', a: 'add.sd', b: 'prop.sd' } },
    ])
    expect(fitted).toHaveLength(12)
    expect(fitted[0]?.records.some(({ evid, amt }) => evid === 1 && amt === 4.02)).toBe(true)
  })

  it('begins where the sliders are, within bounds that were given, and keeps what is fixed', () => {
    const setting = theophylline()
    const choices = { ...setting.choices, fixed: ['V'], bounds: { ka: { lower: 0.2, upper: 4 } } }
    const { estimated, parameters } = fitProblem({
      ...setting,
      choices,
      scenario: { ...setting.scenario, parameters: { ka: 2, V: 0.6 } },
    })
    expect(estimated.map(({ name }) => name)).toEqual(['ka', 'CL', 'add.sd', 'prop.sd'])
    expect(estimated[0]).toMatchObject({ start: 2, lower: 0.2, upper: 4 })
    expect(parameters).toMatchObject({ V: 0.6 })
  })

  it('takes another error that was chosen in place of those of the text', () => {
    const setting = theophylline()
    const fit = { ...setting.choices.fit, errors: { cp: 'proportional' } }
    const { estimated, endpoints } = fitProblem({ ...setting, choices: { ...setting.choices, fit } })
    expect(endpoints[0]?.error).toEqual({ kind: 'proportional', b: 'cp.prop' })
    expect(estimated.map(({ name }) => name)).toEqual(['ka', 'CL', 'V', 'cp.prop'])
  })

  it.each([
    ['M1', 105, 0, undefined],
    ['M2', 105, 0, 50],
    ['M3', 127, 22, undefined],
    ['M4', 127, 22, undefined],
  ] as const)('counts values below quantification by %s', (blq, all, censored, lloq) => {
    const setting = stein()
    const choices = { ...setting.choices, fit: { ...setting.choices.fit, blq } }
    const { subjects: fitted, endpoints } = fitProblem({ ...setting, choices })
    const observations = fitted.flatMap((subject) => subject.observations)
    expect(observations).toHaveLength(all)
    expect(observations.filter((one) => one.censored === 'left')).toHaveLength(censored)
    expect(observations[0]?.lloq).toBe(lloq)
    expect(endpoints[0]?.blq).toBe(blq === 'M2' || blq === 'M4' ? blq : undefined)
  })

  it('of a library model has the parameters and bounds of its note', () => {
    const { estimated } = fitProblem(stein())
    expect(estimated.map(({ name }) => name)).toEqual(['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta', 'C.sd'])
    for (const { start, lower, upper } of estimated) expect(start >= lower && start <= upper).toBe(true)
  })

  it('of the published medians estimates what the library estimates', async () => {
    const parts = axiCelFit(await read('packages/cart-models/data/bwh-cc-by-nc/daily_summary.csv'))
    expect(fittedNames['oncology-qsp']).toEqual(parts.estimated.map(({ name }) => name))
    const opened = openLibraryModel(libraryModel('oncology-qsp'))
    const data = { kind: 'medians', title: '', attribution: '', parts, observations: [] }
    const { estimated } = fitProblem(settingOf(opened, data))
    expect(estimated).toEqual(parts.estimated)
  })
})

describe('the prerequisites of a fit', () => {
  it('are all met for an example as it is', () => {
    for (const setting of [theophylline(), stein()]) {
      const found = fitPrerequisites(setting, setting.data, ready)
      expect(found.filter(({ met }) => !met)).toEqual([])
      expect(missingText(found)).toBe('')
    }
  })

  it('name data and a free parameter with the places where they are mended', () => {
    const setting = stein()
    const fixed = [...setting.opened.defaults.keys()]
    const found = fitPrerequisites({ ...setting, choices: { ...setting.choices, fixed } }, null, ready)
    expect(found.map(({ met, place }) => [met, place?.tab])).toEqual([
      [false, 'data'],
      [false, 'parameters'],
    ])
    expect(missingText(found)).toBe(
      'Cannot start the fit yet: choose data to fit to (Data); free a parameter: turn off its Fix (Parameters).',
    )
  })

  it('name a slider outside its bounds, an input without a value, rules, and values that the error does not take', () => {
    const setting = stein()
    const bounds = { alpha: { lower: 1, upper: 2 } }
    const status = { kind: 'waiting', inputs: [{ name: 'WT' }] }
    const regimen = { name: '', doses: [], rules: [{ name: 'r' }] }
    const asked = {
      ...setting,
      scenario: { ...setting.scenario, regimen },
      choices: { ...setting.choices, bounds },
    }
    const fields = fitPrerequisites(asked, setting.data, status)
      .filter(({ met }) => !met)
      .map(({ place }) => [place?.tab, place?.field])
    expect(fields).toEqual([
      ['parameters', 'parameter-alpha'],
      ['parameters', ''],
      ['regimen', ''],
    ])
    const zero = subjects('ID,TIME,DV\n1,0,0\n1,1,5\n1,2,4\n1,3,4\n1,4,3\n1,5,3\n1,6,2\n1,7,2\n1,8,1\n', 'C')
    const [fault] = fitPrerequisites(setting, zero, ready).filter(({ met }) => !met)
    expect(fault?.place?.field).toBe('fit-error-C')
    expect(fault?.text).toContain('1 value of C is not above 0')
  })

  it('say where there are fewer values than parameters', () => {
    const few = subjects('ID,TIME,DV\n1,1,5\n1,2,4\n', 'C')
    const missing = fitPrerequisites(stein(), few, ready).filter(({ met }) => !met)
    expect(missing.map(({ text }) => text)).toEqual([
      'Fix parameters or give more data: 2 quantified values for 7 parameters',
    ])
  })
})

describe('a result', () => {
  it('is out of date for what it rests on, and not for where it began', () => {
    const made = theophylline()
    const fixedV = { ...made.choices, fixed: ['V'] }
    const values = (parameters: Readonly<Record<string, number>>) => ({ ...made.scenario, parameters })
    expect(staleFit(made, made)).toBe('')
    expect(staleFit(made, { ...made, scenario: values({ ka: 2 }) })).toBe('')
    expect(staleFit(made, { ...made, choices: fixedV })).toBe('V is fixed now')
    const held = { ...made, choices: fixedV }
    expect(staleFit(held, { ...held, scenario: values({ V: 0.7 }) })).toBe('V changed')
    expect(staleFit(made, { ...made, choices: { ...made.choices, bounds: { CL: { lower: 0, upper: 1 } } } })).toBe(
      'bounds of CL changed',
    )
    const fit = { ...made.choices.fit, errors: { cp: 'log' } }
    expect(staleFit(made, { ...made, choices: { ...made.choices, fit } })).toMatch(/fixed now|error model/)
    expect(staleFit(made, null)).toBe('the data changed')
    expect(estimatedNames(made)).toEqual(['ka', 'CL', 'V', 'add.sd', 'prop.sd'])
  })
})
