import { composeLibraryModels, type FluCyRegimen, fluCyDoses, fluCyRegimens, libraryModel } from '@cartkin/cart-models'
import { type CompiledModel, compileModel, parseModel } from '@cartkin/model'
import {
  gridTable,
  parameterVector,
  type Regimen,
  regimenRecords,
  simulateSubject,
  timeGrid,
} from '@cartkin/simulation'
import { assert, constantFrom, double, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

interface Run {
  readonly regimen: Regimen
  readonly parameters?: Readonly<Record<string, number>>
  readonly times: Float64Array
}

const compiled = new Map<string, CompiledModel>()

function model(id: string): CompiledModel {
  const made = compiled.get(id) ?? compileModel(modelOf(id))
  compiled.set(id, made)
  return made
}

/** Columns of a course of a library model. */
function run(id: string, { regimen, parameters = {}, times }: Run): ReadonlyMap<string, Float64Array> {
  return course(model(id), libraryModel(id).start, { regimen, parameters, times })
}

function course(
  of: CompiledModel,
  start: number,
  { regimen, parameters = {}, times }: Run,
): ReadonlyMap<string, Float64Array> {
  const values = parameterVector(of.model, parameters)
  const subject = simulateSubject({
    model: of,
    parameters: values,
    records: regimenRecords(of.model, regimen, values),
    start,
    end: times.at(-1)!,
    options: { rtol: 1e-12, atol: 1e-16 },
  })
  expect(subject.outcome.status).toBe('finished')
  return new Map(
    gridTable(of.model, subject, times).columns.flatMap((column) =>
      column.kind === 'number' ? [[column.name, column.values] as const] : [],
    ),
  )
}

const last = (columns: ReadonlyMap<string, Float64Array>, name: string) => columns.get(name)!.at(-1)!
const inWhole = { fludarabine: 'flu_A1', cyclophosphamide: 'cy_A' }
const none: Regimen = { name: 'none', doses: [] }

function drugsAlone(regimen: FluCyRegimen): Regimen {
  return { name: regimen.title, doses: fluCyDoses(regimen, inWhole) }
}

describe('the drugs', () => {
  const patient = record({
    WT: double({ min: 45, max: 110, noNaN: true }),
    HT: double({ min: 150, max: 195, noNaN: true }),
    CRCL: double({ min: 20, max: 200, noNaN: true }),
    tisa: constantFrom(0, 1),
    iCL: double({ min: 0.5, max: 2, noNaN: true }),
  })

  it('fludarabine: exposure is dose over clearance, in any patient', () => {
    const { regimen } = libraryModel('fludarabine')
    assert(
      property(patient, (p) => {
        const columns = run('fludarabine', { regimen, parameters: p, times: Float64Array.of(-6, 40) })
        const dose = 3 * 30 * Math.sqrt((p.WT * p.HT) / 3600) * 0.78
        const clearance = p.iCL * ((p.tisa === 1 ? 3.9 : 4.4) + (1.7 * p.CRCL) / 96) * (p.WT / 70) ** 0.75
        expect(last(columns, 'AUC') / (dose / clearance)).toBeCloseTo(1, 8)
      }),
      { numRuns: 25 },
    )
  })

  it('fludarabine: what was given is in the body or was cleared, at all times', () => {
    const times = timeGrid(-2.75, 2, 0.25)
    const columns = run('fludarabine', { regimen: libraryModel('fludarabine').regimen, times })
    const given = 3 * 30 * Math.sqrt((70 * 166.7) / 3600) * 0.78
    times.forEach((_, k) => {
      const body = columns.get('A1')![k]! + columns.get('A2')![k]! + columns.get('A3')![k]!
      expect((body + 6.1 * columns.get('AUC')![k]!) / given).toBeCloseTo(1, 8)
    })
  })

  it('cyclophosphamide: exposure is dose over clearance, half-life is volume over clearance', () => {
    const { regimen } = libraryModel('cyclophosphamide')
    const surface = Math.sqrt((90 * 180) / 3600)
    const columns = run('cyclophosphamide', {
      regimen,
      parameters: { WT: 90, HT: 180 },
      times: Float64Array.of(-2.5, -2.25, 20),
    })
    expect(last(columns, 'AUC') / ((3 * 500 * surface) / 5.41)).toBeCloseTo(1, 8)
    const [before, after] = columns.get('C')!
    const volume = 46.5 * (surface / 1.58) ** 0.861
    expect(Math.log(before! / after!)).toBeCloseTo((6 * 5.41) / volume, 7)
  })

  it.each(['fludarabine', 'cyclophosphamide'])('%s: twice the dose is twice the concentration', (id) => {
    const { regimen } = libraryModel(id)
    const twice = { ...regimen, doses: regimen.doses.map((dose) => ({ ...dose, amt: `2*(${dose.amt})` })) }
    const times = timeGrid(-5, 1, 0.125)
    const [once, double] = [regimen, twice].map((given) => run(id, { regimen: given, times }).get('C')!)
    once!.forEach((value, k) => {
      expect(double![k]!).toBeCloseTo(2 * value, 9)
    })
    expect(Math.max(...once!)).toBeGreaterThan(0.5)
  })

  it('doses follow body surface, and fludarabine kidney function where a protocol says so', () => {
    const { regimen, scenarios = [] } = libraryModel('fludarabine')
    const protocol = scenarios.find(({ id }) => id === 'weak-kidney-adjusted')!.regimen
    const total = (given: Regimen, parameters: Readonly<Record<string, number>>) => {
      const values = parameterVector(modelOf('fludarabine'), parameters)
      return regimenRecords(modelOf('fludarabine'), given, values).reduce((sum, { amt = 0 }) => sum + amt, 0)
    }
    expect(total(regimen, { WT: 80, HT: 180 })).toBeCloseTo(90 * 2, 10)
    for (const [clearance, share] of [
      [90, 1],
      [60, 1],
      [59, 0.75],
      [45, 0.75],
      [44, 0.6],
    ] as const)
      expect(total(protocol, { WT: 80, HT: 180, CRCL: clearance })).toBeCloseTo(180 * share, 10)
    const { tisaCelLeukaemia } = fluCyRegimens
    expect(fluCyDoses(tisaCelLeukaemia, inWhole).map(({ time, cmt }) => `${time} ${cmt}`)).toEqual([
      '-6 flu_A1',
      '-6 cy_A',
      '-5 flu_A1',
      '-5 cy_A',
      '-4 flu_A1',
      '-3 flu_A1',
    ])
  })

  it('a dose for an exposure brings the typical patient there, whatever the kidney', () => {
    const toExposure = libraryModel('flu-cy-neutrophils').scenarios!.find(({ id }) => id === 'to-exposure')!.regimen
    for (const parameters of [{ CRCL: 40 }, { CRCL: 180, WT: 100, HT: 190 }, { tisa: 1 }]) {
      const columns = run('flu-cy-neutrophils', { regimen: toExposure, parameters, times: Float64Array.of(0, 20) })
      expect(last(columns, 'flu_AUC')).toBeCloseTo(19, 6)
    }
  })
})

describe('the effect', () => {
  it.each([
    ['lupus-flu-cy', 'lupus-qsp', fluCyRegimens.lupus],
    ['oncology-flu-cy', 'oncology-qsp', fluCyRegimens.axiCel],
  ] as const)('%s: the typical patient has the area of the reference model', (id, reference, regimen) => {
    const times = Float64Array.of(-6, 60)
    const area = last(run(id, { regimen: drugsAlone(regimen), times }), 'area')
    const { parameters } = modelOf(reference)
    const value = (name: string) => parameters.find((parameter) => parameter.name === name)!.value
    const units =
      value('w_flu') * regimen.fludarabine.days.length + value('w_cy') * regimen.cyclophosphamide.days.length
    expect(area / (units / value('kLD'))).toBeCloseTo(1, 4)
  })

  it('alone, driven by doses in its own unit, is that of the lupus model', () => {
    const times = timeGrid(-4.75, 0, 0.25)
    const pulses = libraryModel('lymphodepletion').regimen
    const alone = run('lymphodepletion', { regimen: pulses, times }).get('LD')!
    const builtIn = run('lupus-qsp', { regimen: pulses, times }).get('LD')!
    alone.forEach((value, k) => {
      expect(value).toBeCloseTo(builtIn[k]!, 8)
    })
  })

  it('less kidney function is more exposure, fewer T cells, more IL-15 and IL-7, more CAR-T cells, fewer neutrophils', () => {
    const { regimen } = libraryModel('oncology-flu-cy')
    const times = timeGrid(-7, 30, 0.25)
    const courses = [180, 96, 40].map((CRCL) => run('oncology-flu-cy', { regimen, parameters: { CRCL }, times }))
    const figures = courses.map((columns) => ({
      exposure: last(columns, 'flu_AUC'),
      IL15: columns.get('IL15')![28]!,
      IL7: columns.get('IL7')![28]!,
      CAR: Math.max(...columns.get('CAR')!.slice(28)),
      T: -Math.min(...columns.get('TH')!),
      neutrophils: -Math.min(...columns.get('NC')!),
    }))
    for (const name of ['exposure', 'IL15', 'IL7', 'CAR', 'T', 'neutrophils'] as const) {
      const [strong, typical, weak] = figures.map((figure) => figure[name])
      expect(strong, name).toBeLessThan(typical!)
      expect(typical, name).toBeLessThan(weak!)
    }
  })
})

describe.each([
  ['lupus-flu-cy', 'lupus-qsp'],
  ['oncology-flu-cy', 'oncology-qsp'],
])('%s', (id, reference) => {
  const cells: Regimen = { name: 'cells', doses: [{ time: 0, cmt: 'CI', amt: 1 }] }

  it('without a dose of the drugs is the reference model without lymphodepletion', () => {
    const times = timeGrid(-6.5, 60, 0.5)
    const whole = run(id, { regimen: cells, times })
    const alone = run(reference, { regimen: cells, times })
    for (const [name, values] of alone) {
      const largest = Math.max(...values.map(Math.abs), 1e-12)
      values.forEach((value, k) => {
        expect(Math.abs(whole.get(name)![k]! - value) / largest, name).toBeLessThanOrEqual(1e-9)
      })
    }
    expect(new Set(whole.get('IL7'))).not.toEqual(new Set([0]))
  })

  it('feels nothing of the drugs where lymphodepletion is off', () => {
    const times = timeGrid(-6.5, 30, 0.5)
    const regimen = { name: 'both', doses: [...drugsAlone(fluCyRegimens.axiCel).doses, ...cells.doses] }
    const off = run(id, { regimen, parameters: { LDon: 0 }, times })
    const without = run(id, { regimen: cells, times })
    expect(last(off, 'flu_AUC')).toBeGreaterThan(15)
    for (const name of ['TH', 'NC', 'IL15', 'CAR', 'LD'])
      off.get(name)!.forEach((value, k) => {
        expect(value, name).toBeCloseTo(without.get(name)![k]!, 7)
      })
  })
})

describe('neutrophils', () => {
  const pulses = libraryModel('neutrophils').regimen
  const times = timeGrid(-4.75, 40, 0.25)
  const counts = (parameters: Readonly<Record<string, number>>, regimen = pulses) =>
    run('neutrophils', { regimen, parameters, times }).get('NC')!

  it('with the feedback of the lupus model are its own', () => {
    const builtIn = run('lupus-qsp', {
      regimen: { ...pulses, doses: pulses.doses.map((dose) => ({ ...dose, cmt: 'LD' })) },
      times,
    }).get('NC')!
    counts({ gam: 0.17 }).forEach((value, k) => {
      expect(value / builtIn[k]!).toBeCloseTo(1, 7)
    })
  })

  it('stay where they are without a drug, however weak the marrow', () => {
    for (const reserve of [0.2, 1])
      for (const value of counts({ reserve, NC0: 3000 }, none)) expect(value).toBeCloseTo(3000, 8)
  })

  it('of a weak marrow fall as far and return later', () => {
    const strong = counts({})
    const weak = counts({ reserve: 0.5 })
    const days = (values: Float64Array) => values.filter((value) => value < 500).length / 4
    expect(Math.min(...weak)).toBeGreaterThan(0.5 * Math.min(...strong))
    expect(days(weak)).toBeGreaterThan(1.4 * days(strong))
  })
})

it('interleukin-7 rises to one over the share of its turnover that is left', () => {
  const columns = run('interleukin-7', {
    regimen: none,
    parameters: { lymphocytes: 0.1 },
    times: Float64Array.of(0, 60),
  })
  expect(last(columns, 'IL7')).toBeCloseTo(1 / (0.25 + 0.75 * 0.1), 8)
})

it('lupus with all of it takes tocilizumab as a part of its own', () => {
  const whole = composeLibraryModels({
    id: 'all',
    title: 'Lupus, lymphodepletion by concentration, neutrophils, tocilizumab',
    summary: '',
    parts: [
      { model: libraryModel('lupus-flu-cy'), connect: { occ: 'toc_occ' }, drop: ['TC1', 'TC2'] },
      { model: libraryModel('tocilizumab'), prefix: 'toc_', connect: { WT: 'WT' } },
    ],
    limits: [],
    reference: '',
    citation: '',
    targets: [],
  })
  const parsed = parseModel(whole.text)
  if (!parsed.ok) throw new Error('the whole has errors')
  expect(parsed.model.warnings).toEqual([])
  const states = parsed.model.states.map(({ name }) => name)
  expect(states).toContain('toc_blood')
  expect(states).not.toContain('TC1')
  const of = compileModel(parsed.model)
  const times = timeGrid(-10, 40, 0.5)
  const { regimen } = libraryModel('lupus-flu-cy')
  const given = { ...regimen, doses: [...regimen.doses, { time: 6.75, cmt: 'toc_blood', amt: 560 }] }
  const [without, treated] = [regimen, given].map((doses) => course(of, -10, { regimen: doses, times }))
  const alone = run('lupus-flu-cy', { regimen, times })
  for (const name of ['CAR', 'IL6', 'NC', 'SLEDAI'])
    without!.get(name)!.forEach((value, k) => {
      expect(value / alone.get(name)![k]! || 1, name).toBeCloseTo(1, 7)
    })
  expect(Math.max(...treated!.get('IL6')!)).toBeGreaterThan(2 * Math.max(...without!.get('IL6')!))
})
