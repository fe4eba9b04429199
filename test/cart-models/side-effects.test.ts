import { libraryModel } from '@cartkin/cart-models'
import { type CompiledModel, compileModel } from '@cartkin/model'
import {
  endpoints,
  gridTable,
  parameterVector,
  type Regimen,
  type RegimenDose,
  regimenRecords,
  type SubjectRun,
  simulateSubject,
  timeGrid,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { lupus, modelOf, oncology } from './fixtures.ts'

type Values = Readonly<Record<string, number>>

const tocilizumab = compileModel(modelOf('tocilizumab'))
const dexamethasone = compileModel(modelOf('dexamethasone'))
const methylprednisolone = compileModel(modelOf('methylprednisolone'))
const anakinra = compileModel(modelOf('anakinra'))
const lupusCare = compileModel(modelOf('lupus-crs-care'))
const oncologyCare = compileModel(modelOf('oncology-crs-care'))

function run(
  compiled: CompiledModel,
  doses: readonly RegimenDose[],
  { start = 0, end, parameters = {} }: { start?: number; end: number; parameters?: Values },
): SubjectRun {
  const values = parameterVector(compiled.model, parameters)
  const course = simulateSubject({
    model: compiled,
    parameters: values,
    records: regimenRecords(compiled.model, { name: 'doses', doses }, values),
    start,
    end,
    options: { rtol: 1e-11, atol: 1e-13 },
  })
  if (course.outcome.status !== 'finished') throw new Error(JSON.stringify(course.outcome))
  return course
}

function columns(compiled: CompiledModel, course: SubjectRun, times: Float64Array): ReadonlyMap<string, Float64Array> {
  return new Map(
    gridTable(compiled.model, course, times).columns.flatMap((column) =>
      column.kind === 'number' ? [[column.name, column.values] as const] : [],
    ),
  )
}

const values = (compiled: CompiledModel, course: SubjectRun, name: string, times: Float64Array): Float64Array =>
  columns(compiled, course, times).get(name) ?? Float64Array.of()

/** Largest distance, over the largest value of the first. */
function distance(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBeGreaterThan(0)
  expect(b).toHaveLength(a.length)
  const largest = Math.max(...a.map(Math.abs))
  const off = Math.max(...a.map((value, k) => Math.abs(value - b[k]!)))
  return off === 0 ? 0 : off / largest
}

const hours = (n: number): Float64Array => timeGrid(0, n / 24, 0.5 / 24)

describe.each([
  ['dexamethasone', 'blood', dexamethasone, 10],
  ['dexamethasone', 'gut', dexamethasone, 10],
  ['dexamethasone', 'muscle', dexamethasone, 6],
  ['methylprednisolone', 'blood', methylprednisolone, 500],
  ['anakinra', 'skin', anakinra, 100],
  ['anakinra', 'blood', anakinra, 100],
] as const)('%s into %s', (_, cmt, compiled, amt) => {
  const single = run(compiled, [{ time: 0, cmt, amt }], { end: 4 })

  it('has twice the concentration after twice the dose', () => {
    const twice = run(compiled, [{ time: 0, cmt, amt: 2 * amt }], { end: 4 })
    const times = hours(48)
    const doubled = values(compiled, single, 'C', times).map((value) => 2 * value)
    expect(distance(doubled, values(compiled, twice, 'C', times))).toBeLessThan(1e-8)
  })

  it('is all still there or eliminated, and its exposure is the absorbed dose over the clearance', () => {
    const parameter = (name: string) => compiled.model.parameters.find((p) => p.name === name)?.value ?? Number.NaN
    const absorbed = amt * (cmt === 'gut' ? parameter('FGut') : compiled === anakinra && cmt === 'blood' ? 1 / 0.95 : 1)
    const given = values(compiled, single, 'given', hours(96))
    for (const value of given) expect(value).toBeCloseTo(absorbed, 8)
    const clearance = parameter('CL') * (compiled === methylprednisolone ? 70 : 1)
    const unit = compiled === anakinra ? 1 : 1000
    const [exposure] = endpoints(compiled.model, single, [
      { name: 'AUC', label: '', unit: '', quantity: 'C', kind: 'auc' },
    ])
    // four days, after which 1e-4 of anakinra and of the slow phase of dexamethasone are left
    expect(exposure?.value).toBeGreaterThan((unit * absorbed * 0.999) / clearance)
    expect(exposure?.value).toBeLessThanOrEqual(((unit * absorbed) / clearance) * (1 + 1e-9))
  })
})

describe('tocilizumab', () => {
  const days = timeGrid(0, 60, 0.25)
  const at = (doses: readonly RegimenDose[], parameters: Values) =>
    values(tocilizumab, run(tocilizumab, doses, { end: 60, parameters }), 'C', days)
  const dose = (time: number, amt: number): RegimenDose => ({ time, cmt: 'blood', amt })

  it('is linear without its saturable part: doses double and add', () => {
    const single = at([dose(0, 560)], { Vm: 0 })
    expect(
      distance(
        single.map((value) => 2 * value),
        at([dose(0, 1120)], { Vm: 0 }),
      ),
    ).toBeLessThan(1e-8)
    const later = at([dose(7, 560)], { Vm: 0 })
    expect(
      distance(
        single.map((value, k) => value + later[k]!),
        at([dose(0, 560), dose(7, 560)], { Vm: 0 }),
      ),
    ).toBeLessThan(1e-8)
  })

  it('with it has more than twice the exposure after twice the dose', () => {
    const single = at([dose(0, 560)], {})
    const twice = at([dose(0, 1120)], {})
    for (let k = 40; k < days.length; k++) expect(twice[k]).toBeGreaterThan(2.05 * single[k]!)
  })

  it('is all still there or eliminated', () => {
    const course = run(tocilizumab, [dose(0, 560)], { end: 60 })
    for (const value of values(tocilizumab, course, 'given', days)) expect(value).toBeCloseTo(560, 8)
  })

  it('runs the course of the one built into lupus-qsp', () => {
    const built = run(lupus, [{ time: 0, cmt: 'TC1', amt: 560 }], { end: 60 })
    const part = columns(tocilizumab, run(tocilizumab, [dose(0, 560)], { end: 60 }), days)
    const whole = columns(lupus, built, days)
    expect(distance(whole.get('TC1')!, part.get('blood')!)).toBeLessThan(1e-9)
    expect(distance(whole.get('TC2')!, part.get('tissue')!)).toBeLessThan(1e-9)
    expect(distance(whole.get('TOCocc')!, part.get('occ')!)).toBeLessThan(1e-9)
  })
})

describe.each([
  ['lupus-crs-care', 'lupus-qsp', lupusCare, lupus, 6.75],
  ['oncology-crs-care', 'oncology-qsp', oncologyCare, oncology, 2.25],
] as const)('%s', (_, reference, compiled, alone, fever) => {
  const { start, regimen } = libraryModel(reference)
  const days = timeGrid(start, 40, 0.25)
  const of = (which: CompiledModel, added: readonly RegimenDose[], parameters: Values = {}) =>
    columns(which, run(which, [...regimen.doses, ...added], { start, end: 40, parameters }), days)
  const plain = of(alone, [])
  const none = of(compiled, [])

  it('is the reference model where no drug is given', () => {
    const gone = new Set(['TC1', 'TC2', 'DEX', 'TOCocc'])
    // grades are steps: a sample at the edge of one falls to either side
    for (const [name, column] of plain) {
      if (gone.has(name) || name === 'CRS' || name === 'ICANS') continue
      expect(distance(column, none.get(name)!), name).toBeLessThan(1e-9)
    }
  })

  it('with tocilizumab alone is the reference model with its own', () => {
    const built = of(alone, [{ time: fever, cmt: 'TC1', amt: 560 }])
    const apart = of(compiled, [{ time: fever, cmt: 'toc_blood', amt: 560 }])
    for (const name of ['IL6', 'CRP', 'Z', 'CAR', 'TEMP'])
      expect(distance(built.get(name)!, apart.get(name)!), name).toBeLessThan(1e-9)
  })

  it('has more IL-6 in blood, no fever and the same cells after tocilizumab', () => {
    const treated = of(compiled, [{ time: fever, cmt: 'toc_blood', amt: '8*WT' }])
    const peak = (table: ReadonlyMap<string, Float64Array>, name: string, from = start) =>
      Math.max(...table.get(name)!.filter((_value, k) => days[k]! >= from))
    expect(peak(treated, 'IL6')).toBeGreaterThan(2 * peak(none, 'IL6'))
    expect(peak(none, 'TEMP', fever + 0.25)).toBeGreaterThan(38)
    expect(peak(treated, 'TEMP', fever + 0.25)).toBeLessThan(38)
    expect(distance(none.get('CAR')!, treated.get('CAR')!)).toBeLessThan(1e-9)
    const outside = of(compiled, [{ time: fever, cmt: 'toc_blood', amt: '8*WT' }], { toc_reach: 0 })
    expect(peak(outside, 'Z')).toBeGreaterThan(peak(none, 'Z'))
  })

  it('has an effect of two steroids below the largest of one, as if their concentrations were added', () => {
    const days3 = [
      { time: 5, cmt: 'dex_blood', amt: 10 },
      { time: 5, cmt: 'mp_blood', amt: 1000 },
    ]
    const both = of(compiled, days3)
    const of1 = (k: number) => of(compiled, [days3[k]!])
    const [dex, mp] = [of1(0), of1(1)]
    both.get('dex_effect')!.forEach((effect, k) => {
      const load = both.get('dex_C')![k]! / 15 + both.get('mp_C')![k]! / 31.6
      expect(effect).toBeCloseTo((0.85 * load) / (1 + load), 12)
      expect(effect).toBeLessThanOrEqual(0.85)
      expect(effect).toBeGreaterThanOrEqual(Math.max(dex.get('dex_effect')![k]!, mp.get('dex_effect')![k]!) - 1e-9)
      expect(both.get('dex_effectC')![k]).toBeLessThanOrEqual(0.25)
    })
    expect(Math.max(...both.get('IL6')!)).toBeLessThanOrEqual(Math.max(...none.get('IL6')!) + 1e-9)
  })

  it('has less myeloid activation under anakinra', () => {
    const doses: Regimen['doses'] = [{ time: 3, cmt: 'ana_skin', amt: 200, ii: 0.25, addl: 30 }]
    const treated = of(compiled, doses)
    expect(Math.max(...treated.get('MAC')!)).toBeLessThan(0.9 * Math.max(...none.get('MAC')!))
    expect(distance(none.get('CAR')!, treated.get('CAR')!)).toBeLessThan(1e-9)
  })
})
