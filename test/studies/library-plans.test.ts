import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lupusKeyNumbers } from '@cartkin/cart-models'
import type { ComputePool } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import type { ColumnTable } from '@cartkin/simulation'
import { parsePlan, planPath, runPlan, shippedPlans, verifyResult } from '@cartkin/studies'
import { arrowToTable, parseManifest } from '@cartkin/tables'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

const plans = new URL('../../packages/cart-models/studies/', import.meta.url)
const names = readdirSync(plans).map((file) => file.replace(/\.yaml$/, ''))

const context: { pool?: ComputePool } = {}
beforeAll(() => {
  context.pool = createNodePool({ size: 2 })
})
afterAll(() => context.pool?.close())

/** Runs a plan by its name, with few virtual patients, and gives its folder. */
async function result(name: string, change: (text: string) => string = (text) => text): Promise<string> {
  if (!context.pool) throw new Error('no pool')
  const path = planPath(name, '/')
  const text = change(readFileSync(path, 'utf8').replaceAll('subjects: 200', 'subjects: 16'))
  const out = join(emptyFolder(), name)
  await runPlan({ plan: parsePlan(text, name), text, file: name, folder: dirname(path) }, out, context.pool)
  return out
}

const read = (folder: string, name: string): ColumnTable =>
  arrowToTable(readFileSync(join(folder, `${name}.arrow`)), name)

function column(table: ColumnTable, name: string): readonly (number | string)[] {
  const found = table.columns.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no column ${name}`)
  return [...found.values]
}

/** An endpoint of a course in a comparison. */
function endpoint(table: ColumnTable, name: string, course: string): number {
  return Number(column(table, course)[column(table, 'endpoint').indexOf(name)])
}

type Figure = readonly [endpoint: string, course: string, published: number]

/** Within five per cent of what the science pages give; a count of nothing exactly. */
function holds(table: ColumnTable, figures: readonly Figure[]): void {
  const off = figures.flatMap(([name, course, published]) => {
    const ours = endpoint(table, name, course)
    return Math.abs(ours - published) <= 0.05 * Math.abs(published)
      ? []
      : [`${course}, ${name}: ${ours}, not ${published}`]
  })
  expect(off).toEqual([])
}

it('are all found by their names', () => {
  expect(names.length).toBeGreaterThanOrEqual(14)
  for (const name of names) expect(shippedPlans).toContain(name)
})

describe('dose-tenth', () => {
  it('agrees with the dose scan', async () => {
    const out = await result('dose-tenth')
    const scan = read(out, 'scan')
    const rows: readonly (readonly [string, number, number, number, number, number])[] = [
      ['hundredth', 42.03, 13.5, 5.71, 90.5, 0.35],
      ['twentieth', 60.95, 11.5, 8.06, 98.25, 0.335],
      ['tenth', 69.94, 10.75, 9.41, 101, 0.33],
      ['half', 93.83, 9, 13.75, 107, 0.319],
      ['full', 108.85, 8.25, 17.33, 110.25, 0.314],
      ['triple', 151.09, 7.25, 31.82, 117.75, 0.302],
    ]
    holds(
      scan,
      rows.flatMap(([course, peak, day, il6, back, sledai]): readonly Figure[] => [
        ['Cmax', course, peak],
        ['Tmax', course, day],
        ['IL6_peak', course, il6],
        ['B_return_day', course, back],
        ['SLEDAI_180', course, sledai],
      ]),
    )
    holds(read(out, 'comparison'), [
      ['Cmax', 'tenth', 70],
      ['Tmax', 'tenth', 10.8],
    ])
    holds(read(out, 'lymphomas'), [
      ['Cmax', 'lymphoma-tenth', 26.58],
      ['Tmax', 'lymphoma-tenth', 8.25],
      ['CRS_grade', 'lymphoma-tenth', 2],
      ['Cmax', 'lymphoma-triple', 46.82],
      ['Tmax', 'lymphoma-triple', 4.5],
      ['CRS_grade', 'lymphoma-triple', 3],
    ])
    const report = readFileSync(join(out, 'report.html'), 'utf8')
    expect(report.match(/<svg/g)?.length).toBe(9)
    expect(report).toContain('70 (−36 %)')
    expect(await verifyResult(out)).toMatchObject({ findings: [] })
  })
})

describe('tocilizumab-at-fever', () => {
  it('gives the drug by a rule, ends fever and raises measured IL-6', async () => {
    const out = await result('tocilizumab-at-fever')
    const table = read(out, 'comparison')
    holds(table, [
      ['IL6_peak', 'none', 17.33],
      ['Fever_days', 'none', 3.5],
      ['IL6_peak', 'six-hours', 44.69],
      ['CRP_peak', 'six-hours', 31.9],
      ['CRS_grade', 'six-hours', 1],
      ['Cmax', 'six-hours', 108.85],
      // the count of samples after the dose alone
      ['Fever_days', 'six-hours', 0.25],
      ['IL6_peak', 'twelve-hours', 44.69],
      ['Fever_days', 'twelve-hours', 0.5],
      ['IL6_peak', 'tabulated', 44.69],
      ['CRP_peak', 'tabulated', 31.9],
    ])
    holds(read(out, 'steroids'), [
      ['Cmax', 'steroid', 97.86],
      ['Tmax', 'steroid', 7.75],
      ['IL6_peak', 'steroid', 12.88],
      ['B_return_day', 'steroid', 107.25],
    ])
    holds(read(out, 'lymphomas'), [
      ['Cmax', 'lymphoma', 36],
      ['IL6_peak', 'lymphoma', 276.4],
      ['CRP_peak', 'lymphoma', 154.8],
      ['FER_peak', 'lymphoma', 1985],
      ['Z_max', 'lymphoma', 0.454],
      ['CRS_grade', 'lymphoma', 2],
      ['ICANS_grade', 'lymphoma', 1],
      ['logTS_30', 'lymphoma', -5.033],
      ['IL6_peak', 'lymphoma-rule', 835.9],
      ['Z_max', 'lymphoma-rule', 0.202],
      ['CRS_grade', 'lymphoma-rule', 1],
      ['ICANS_grade', 'lymphoma-rule', 0],
      ['Cmax', 'lymphoma-rule', 36],
      ['IL6_peak', 'lymphoma-tabulated', 835.9],
      ['CRP_peak', 'lymphoma-tabulated', 44.7],
      ['Z_max', 'lymphoma-tabulated', 0.202],
      ['Cmax', 'lymphoma-steroid', 26.18],
      ['IL6_peak', 'lymphoma-steroid', 78.2],
      ['CRP_peak', 'lymphoma-steroid', 77.9],
      ['FER_peak', 'lymphoma-steroid', 910],
      ['CRS_grade', 'lymphoma-steroid', 1],
      ['ICANS_grade', 'lymphoma-steroid', 0],
      ['logTS_30', 'lymphoma-steroid', -4.402],
    ])
    const begins = endpoint(table, 'Fever_begin', 'none')
    for (const [course, wait] of [
      ['six-hours', 0.25],
      ['twelve-hours', 0.5],
    ] as const) {
      const [time] = column(read(out, `${course}-decisions`), 'TIME')
      expect(Math.abs(Number(time) - begins - wait)).toBeLessThan(1e-6)
    }
    // six-hourly readings: fever on day 6.5 and until the dose of day 6.75, 3.5 days without the drug
    expect(lupusKeyNumbers(read(out, 'tabulated')).fever_day_on).toBe(6.5)
    expect(lupusKeyNumbers(read(out, 'none')).fever_days).toBe(3.5)
  })
})

describe('no-lymphodepletion', () => {
  it('shows that neither part alone does it', async () => {
    const out = await result('no-lymphodepletion')
    holds(read(out, 'comparison'), [
      ['Cmax', 'cells-alone', 0.695],
      ['B_min', 'cells-alone', 11.03],
      ['AAB_90', 'cells-alone', 331],
      ['SLEDAI_90', 'cells-alone', 15],
      ['SLEDAI_180', 'cells-alone', 15.48],
      ['B_min', 'drugs-alone', 90.35],
      ['AAB_90', 'drugs-alone', 439],
      ['SLEDAI_28', 'drugs-alone', 15.19],
      ['SLEDAI_90', 'drugs-alone', 15.47],
      ['SLEDAI_180', 'drugs-alone', 15.54],
      ['SLEDAI_min', 'drugs-alone', 13.98],
      ['SLEDAI_min_day', 'drugs-alone', 11.25],
      ['IL15_0', 'both', 30.08],
    ])
  })
})

describe('rituximab', () => {
  it('brings a shallow remission and a relapse', async () => {
    const out = await result('rituximab')
    holds(read(out, 'comparison'), [
      ['B_min', 'rituximab', 8.24],
      ['B_min_day', 'rituximab', 46],
      ['AAB_min', 'rituximab', 114.6],
      ['AAB_min_day', 'rituximab', 135],
      ['SLEDAI_90', 'rituximab', 10.52],
      ['SLEDAI_180', 'rituximab', 9.78],
      ['SLEDAI_min', 'rituximab', 9.75],
      ['SLEDAI_min_day', 'rituximab', 206],
      ['SLEDAI_270', 'rituximab', 10],
      ['SLEDAI_365', 'rituximab', 12.06],
      ['SLEDAI_450', 'rituximab', 14.66],
      ['SLEDAI_500', 'rituximab', 15.27],
      ['SLEDAI_600', 'rituximab', 15.53],
    ])
  })
})

describe('b-cell-return', () => {
  it('agrees with the typical course and with the published sensitivities', async () => {
    const out = await result('b-cell-return', (text) => text.replace('atLeast: 30', 'atLeast: 80'))
    const table = read(out, 'sensitivity')
    holds(table, [
      ['B_depletion_day', 'base', 6.25],
      ['B_return5_day', 'base', 100],
      ['B_return_day', 'base', 110.25],
      ['B_180', 'base', 62.53],
      ['B_365', 'base', 97],
      ['naive_180', 'base', 0.977],
    ])
    const change = (name: string, course: string) => endpoint(table, name, course) - endpoint(table, name, 'base')
    for (const [course, days, peak] of [
      ['memory-loss', -7.5, 0],
      ['tissue-killing', -7.8, -22],
      ['effector-loss', -5.5, -12],
      ['antigen', -2.8, -10],
      ['proliferation', 9.5, 49],
      ['lymphopenia', 4, 17],
      ['to-memory', 2.3, 0],
    ] as const) {
      // read on a grid of a quarter of a day, and printed with two digits
      expect(Math.abs(change('B_return_day', course) - days), course).toBeLessThan(0.35)
      expect(Math.abs((100 * change('Cmax', course)) / endpoint(table, 'Cmax', 'base') - peak), course).toBeLessThan(
        0.6,
      )
    }
    holds(table, [['IL6_peak', 'proliferation', 34]])
    expect(column(read(out, 'targets'), 'id')).toHaveLength(10)

    const filters = read(out, 'plausible-filters')
    expect(column(filters, 'kept')).toEqual([
      'C3n at least 900 and at most 1800',
      'C30 at most C3n',
      'Cmax at least 80 and at most 1000',
    ])
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(
      'Naive share of B cells on day 180 in 16 virtual patients.',
    )
    const patients = read(out, 'plausible-endpoints')
    expect(column(patients, 'id')).toHaveLength(16)
    expect(Math.min(...column(patients, 'Cmax').map(Number))).toBeGreaterThanOrEqual(80)
    const dropped = column(filters, 'dropped').reduce((sum: number, count) => sum + Number(count), 0)
    const { status } = parseManifest(readFileSync(join(out, 'manifest.json'), 'utf8'))
    expect(dropped).toBeGreaterThan(0)
    expect(status).toEqual({ ok: 8 + 32, dropped })
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(
      `${16 + dropped} patients were drawn, ${dropped} of them dropped`,
    )
  })
})

describe('relapse', () => {
  it('comes with the antigen or without, or not where cells last or chance will', async () => {
    const out = await result('relapse')
    const table = read(out, 'comparison')
    const at = (name: string, course: string) => endpoint(table, name, course)
    holds(table, [
      ['Cmax', 'slow', 36],
      ['logTS_30', 'slow', -5.033],
    ])
    expect(at('Progression_day', 'antigen-loss')).toBeLessThan(at('Progression_day', 'fast'))
    expect(at('TN_270', 'antigen-loss')).toBeGreaterThan(10 * at('TS_270', 'antigen-loss'))
    expect(at('TN_270', 'fast')).toBe(0)
    expect(at('Extinction', 'slow')).toBe(0)
    expect(endpoint(read(out, 'persistence'), 'Extinction', 'persisting')).toBeCloseTo(1, 12)
    const chance = read(out, 'chance-endpoints')
    const cured = column(chance, 'Cured')
    const progressed = column(chance, 'Progression_day')
    expect(new Set(cured)).toEqual(new Set([0, 1]))
    cured.forEach((was, patient) => {
      if (was === 1) expect(progressed[patient]).toBeNaN()
    })
  })
})

it('relapse draws the patients of Kimmel 2021 with the correlations that were found', () => {
  const plan = parsePlan(readFileSync(planPath('relapse', '/'), 'utf8'), 'relapse')
  const step = plan.steps.find(({ name }) => name === 'chance')
  const parameters = step?.kind === 'population' ? (step.population?.parameters ?? []) : []
  const [kB, gammaB, rB] = ['kB', 'gammaB', 'rB'].map((name) => {
    const { sd = Number.NaN, factors = {} } = parameters.find(({ parameter }) => parameter === name) ?? {}
    const common = factors['killing and growth'] ?? Number.NaN
    return { total: Math.hypot(sd, common), share: common / Math.hypot(sd, common) }
  })
  expect(gammaB!.share * kB!.share).toBeCloseTo(-0.96, 2)
  expect(rB!.share * kB!.share).toBeCloseTo(0.94, 2)
  // quartiles of a log-normal law are 0.6745 standard deviations from its median
  expect(2 * 0.6745 * kB!.total).toBeCloseTo(Math.log(3.125 / 1.4), 2)
  expect(2 * 0.6745 * gammaB!.total).toBeCloseTo(Math.log(1.35 / 0.64), 2)
  expect(4 * rB!.total).toBeCloseTo(Math.log(0.5 / 0.01), 1)
})

describe('product-levers', () => {
  it('moves peak and persistence one at a time, by values that are called assumptions', async () => {
    const out = await result('product-levers')
    const table = read(out, 'levers')
    const at = (name: string, course: string) => endpoint(table, name, course)
    holds(table, [
      ['Cmax', 'cd28', 36],
      ['IL6_peak', 'cd28', 276.4],
      ['logTS_30', 'cd28', -5.033],
      ['CAR_28', 'cd28', 2.053],
      ['CAR_90', 'cd28', 0.1002],
    ])
    expect(at('Cmax', 'slower-proliferation')).toBeLessThan(0.85 * at('Cmax', 'cd28'))
    expect(at('Cmax', 'slower-contraction')).toBeGreaterThan(1.2 * at('Cmax', 'cd28'))
    for (const lever of ['less-exhaustion', 'more-memory', 'lasting-memory']) {
      expect(Math.abs(at('Cmax', lever) / at('Cmax', 'cd28') - 1), lever).toBeLessThan(0.03)
      expect(at('CAR_365', lever), lever).toBeGreaterThan(at('CAR_365', 'cd28'))
    }
    expect(at('CAR_365', 'lasting-memory')).toBeGreaterThan(0.1)
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('title="assumption"')
  })
})
