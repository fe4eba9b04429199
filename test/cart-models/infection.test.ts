import { libraryModel } from '@cartkin/cart-models'
import { type CompiledModel, compileModel } from '@cartkin/model'
import {
  type CovariateInTime,
  endpoints,
  gridTable,
  parameterVector,
  type RegimenDose,
  regimenRecords,
  type SubjectRun,
  simulateSubject,
  timeGrid,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { composed } from '../model/compose/composed.ts'
import { lupus, modelOf, oncology } from './fixtures.ts'

const immunoglobulin = compileModel(modelOf('immunoglobulin'))
const cd4 = compileModel(modelOf('cd4-recovery'))
const risk = compileModel(modelOf('infection-risk'))
const lupusRisk = compileModel(modelOf('lupus-infection-risk'))
const oncologyRisk = compileModel(modelOf('oncology-infection-risk'))

interface Run {
  readonly start?: number
  readonly end: number
  readonly parameters?: Readonly<Record<string, number>>
  readonly covariates?: readonly CovariateInTime[]
}

function run(compiled: CompiledModel, doses: readonly RegimenDose[], { start = 0, end, parameters, covariates }: Run) {
  const values = parameterVector(compiled.model, parameters ?? {})
  const course = simulateSubject({
    model: compiled,
    parameters: values,
    records: regimenRecords(compiled.model, { name: 'doses', doses }, values),
    start,
    end,
    ...(covariates !== undefined && { covariates }),
    options: { rtol: 1e-10, atol: 1e-12 },
  })
  if (course.outcome.status !== 'finished') throw new Error(JSON.stringify(course.outcome))
  return course
}

/** Values of a state or output at times. */
function values(compiled: CompiledModel, course: SubjectRun, name: string, times: Float64Array): Float64Array {
  const column = gridTable(compiled.model, course, times).columns.find((one) => one.name === name)
  if (column?.kind !== 'number') throw new Error(`no column ${name}`)
  return column.values
}

const at = (compiled: CompiledModel, course: SubjectRun, name: string, time: number): number =>
  values(compiled, course, name, Float64Array.of(time))[0]!

/** Largest distance, over the largest value of the first. */
function distance(a: Float64Array, b: Float64Array): number {
  expect(b).toHaveLength(a.length)
  return Math.max(...a.map((value, k) => Math.abs(value - b[k]!))) / Math.max(...a.map(Math.abs))
}

const doses = (id: string): readonly RegimenDose[] => libraryModel(id).regimen.doses
const year = timeGrid(0, 365, 5)

describe('IgG that is replaced', () => {
  it.each(['IV', 'SC'])('twice the dose into %s makes twice the rise, over what is there', (cmt) => {
    const given = (amt: number) => {
      const course = run(immunoglobulin, [{ time: 0, cmt, amt, ii: 28, addl: 3 }], { end: 120 })
      return values(immunoglobulin, course, 'IGT', timeGrid(1, 120, 1)).map((value) => value - 5.87)
    }
    const [once, twice] = [given(28), given(56)]
    expect(Math.min(...once)).toBeGreaterThan(0)
    expect(
      distance(
        twice,
        once.map((value) => 2 * value),
      ),
    ).toBeLessThan(1e-8)
  })

  it('is found again in blood, in tissue and in what is cleared', () => {
    const exposure = { name: 'AUC', label: 'AUC', unit: '', quantity: 'IGR', kind: 'auc' } as const
    const clearance = 0.15 * (70 / 65.7) ** 0.744
    for (const [cmt, share] of [
      ['IV', 1],
      ['SC', 0.705],
    ] as const) {
      const course = run(immunoglobulin, [{ time: 0, cmt, amt: 28 }], { end: 40 })
      const [{ value: auc = Number.NaN } = {}] = endpoints(immunoglobulin.model, course, [exposure])
      const left = ['IV', 'PER', 'SC'].map((name) => at(immunoglobulin, course, name, 40))
      expect(left.reduce((sum, amount) => sum + amount, clearance * auc) / (28 * share)).toBeCloseTo(1, 6)
    }
  })

  it('leaves the endogenous IgG as it is, which short-lived plasma cells without B cells no longer make', () => {
    const none = run(immunoglobulin, [], { end: 2000, parameters: { naive: 0, killB: 2.76 } })
    const given = run(immunoglobulin, doses('immunoglobulin'), { end: 2000, parameters: { naive: 0, killB: 2.76 } })
    expect(at(immunoglobulin, given, 'IGG', 300)).toBeCloseTo(at(immunoglobulin, none, 'IGG', 300), 9)
    expect(at(immunoglobulin, none, 'IGT', 2000) / 5.87).toBeCloseTo(0.6, 5)
    expect(at(immunoglobulin, none, 'VAX', 2000)).toBeCloseTo(1, 9)
    const rest = run(immunoglobulin, [], { end: 365 })
    for (const name of ['IGT', 'IGG'])
      expect(distance(Float64Array.of(5.87), values(immunoglobulin, rest, name, Float64Array.of(365)))).toBeLessThan(
        1e-12,
      )
  })
})

describe('CD4 T cells in lymphoma', () => {
  it('stay where they are without lymphodepletion, and come back to it', () => {
    expect(at(cd4, run(cd4, [], { start: -7, end: 365 }), 'CD4', 365)).toBe(397)
    const treated = run(cd4, doses('cd4-recovery'), { start: -7, end: 8000 })
    expect(at(cd4, treated, 'CD4', 0)).toBeLessThan(40)
    expect(at(cd4, treated, 'CD4', 8000)).toBeCloseTo(397, 0)
  })
})

describe('the risk of infection', () => {
  it('is constant where no factor counts, or where every ratio is 1', () => {
    const low = { ANC: 100, IgG: 2, CD4: 50, steroid: 1, given: 1 }
    const even = { rANC: 1, rIgG: 1, rCD4: 1, rST: 1 }
    for (const parameters of [{}, { ...low, ...even }]) {
      const course = run(risk, [], { start: -5, end: 365, parameters })
      const expected = year.map((day) => 0.001725 * day)
      expect(distance(expected, values(risk, course, 'H', year))).toBeLessThan(1e-12)
    }
  })

  it('multiplies the ratios, each where its factor counts', () => {
    const hazard = (parameters: Readonly<Record<string, number>>) =>
      at(risk, run(risk, [], { start: -5, end: 100, parameters }), 'hazard', 50) / 0.001725
    expect(hazard({ ANC: 499 })).toBeCloseTo(2.04, 12)
    expect(hazard({ IgG: 5.99 })).toBeCloseTo(2.7, 12)
    expect(hazard({ CD4: 199 })).toBeCloseTo(1.588, 12)
    expect(hazard({ steroid: 1 })).toBeCloseTo(3.69, 12)
    expect(hazard({ steroid: 0.5 })).toBeCloseTo(Math.sqrt(3.69), 12)
    expect(hazard({ given: 1 })).toBeCloseTo(1, 12)
    expect(hazard({ ANC: 499, IgG: 5.99, CD4: 199, steroid: 1, frailty: 2 })).toBeCloseTo(
      2 * 2.04 * 2.7 * 1.588 * 3.69,
      9,
    )
    const weeks = run(risk, [], { start: -5, end: 100, parameters: { given: 1 } })
    expect(at(risk, weeks, 'H', 100)).toBeCloseTo(0.001725 * (28 * 3.69 + 72), 10)
  })

  it('counts to the moment at which a state passes its threshold', () => {
    const { model } = composed(
      { id: 'decay', text: 'd/dt(N) = -N # [cells/uL] Neutrophils\nN(0) = 2000' },
      { id: 'risk', text: libraryModel('infection-risk').text, connect: { ANC: 'N' } },
    )
    const compiled = compileModel(model)
    const course = run(compiled, [], { end: 10 })
    expect(at(compiled, course, 'D_ANC', 10)).toBeCloseTo(10 - Math.log(4), 9)
    expect(at(compiled, course, 'D_ANC1000', 10)).toBeCloseTo(10 - Math.log(2), 9)
    expect(at(compiled, course, 'H', 10)).toBeCloseTo(0.001725 * (Math.log(4) + 2.04 * (10 - Math.log(4))), 9)
  })

  it('reads counts of data, which change during the course', () => {
    const covariates: readonly CovariateInTime[] = [
      { name: 'ANC', times: [-5, 4, 9], values: [4000, 200, 700], interpolation: 'locf' },
      { name: 'IgG', times: [-5, 100], values: [7, 3], interpolation: 'locf' },
    ]
    const course = run(risk, [], { start: -5, end: 365, covariates })
    const days = Object.fromEntries(
      ['D_ANC', 'D_ANC1000', 'D_IgG', 'D_IgG4', 'D_CD4', 'D_B'].map((name) => [name, at(risk, course, name, 365)]),
    )
    for (const [name, expected] of Object.entries({
      D_ANC: 5,
      D_ANC1000: 361,
      D_IgG: 265,
      D_IgG4: 265,
      D_CD4: 0,
      D_B: 0,
    }))
      expect(days[name], name).toBeCloseTo(expected, 9)
    expect(at(risk, course, 'H', 365)).toBeCloseTo(0.001725 * (100 + 5 * 1.04 + 265 * 2.7), 9)
  })
})

describe.each([
  ['lupus-infection-risk', lupusRisk, 'lupus-qsp', lupus],
  ['oncology-infection-risk', oncologyRisk, 'oncology-qsp', oncology],
] as const)('%s', (id, whole, alone, part) => {
  const { start, scenarios = [] } = libraryModel(id)
  const replaced = scenarios.find((scenario) => scenario.id === 'igg-replacement')?.regimen.doses ?? []
  const course = run(whole, doses(id), { start, end: 365 })

  it('changes nothing of the model that it stands on, with IgG replaced or not', () => {
    const own = run(part, doses(alone), { start, end: 365 })
    const given = run(whole, replaced, { start, end: 365 })
    for (const name of [
      'CAR',
      'B',
      'NC',
      'TH',
      'IL6',
      ...(alone === 'lupus-qsp' ? ['IGG', 'VAX', 'SLEDAI'] : ['TS']),
    ]) {
      const expected = values(part, own, name, year)
      expect(distance(expected, values(whole, course, name, year)), name).toBeLessThan(1e-9)
      expect(distance(expected, values(whole, given, name, year)), name).toBeLessThan(1e-9)
    }
  })

  it('has the endogenous IgG as total IgG until some is given', () => {
    expect(values(whole, course, 'IGT', year)).toEqual(values(whole, course, 'IGG', year))
    const given = run(whole, replaced, { start, end: 365 })
    const [total, own] = ['IGT', 'IGG'].map((name) => values(whole, given, name, year))
    total!.forEach((value, k) => {
      if (year[k]! > 28) expect(value).toBeGreaterThan(own![k]! + 1)
    })
  })

  it('has a chance of infection between 0 and 1 that never falls, and rises with each factor', () => {
    const chance = values(whole, course, 'Pinf', year)
    expect(chance[0]).toBe(0)
    for (let k = 1; k < chance.length; k++) expect(chance[k]).toBeGreaterThan(chance[k - 1]!)
    expect(chance.at(-1)).toBeLessThan(1)
    for (const factor of ['ANC', 'CD4']) {
      const without = run(whole, doses(id), { start, end: 365, parameters: { [`inf_r${factor}`]: 1 } })
      expect(at(whole, without, 'Pinf', 365), factor).toBeLessThan(chance.at(-1)!)
    }
    const steroid = [...doses(id), { time: 5, cmt: 'DEX', amt: 10, ii: 0.25, addl: 15 }]
    expect(at(whole, run(whole, steroid, { start, end: 365 }), 'Pinf', 365)).toBeGreaterThan(chance.at(-1)!)
  })

  it('reads the same days off the course as it counts', () => {
    const below = ['NC', 'IGT'].map((quantity, k) => ({
      name: quantity,
      label: quantity,
      unit: 'day',
      quantity,
      kind: 'timeBelow' as const,
      threshold: [500, 6][k]!,
      from: 0,
      to: 365,
    }))
    const [neutrophils, igg] = endpoints(whole.model, course, below)
    expect(neutrophils?.value).toBeCloseTo(at(whole, course, 'D_ANC', 365), 7)
    expect(igg?.value).toBeCloseTo(at(whole, course, 'D_IgG', 365), 7)
  })
})

it('IgG that is replaced takes its factor from the hazard in lymphoma', () => {
  const { scenarios = [], start } = libraryModel('oncology-infection-risk')
  const scenario = (id: string) => scenarios.find((one) => one.id === id)
  const [without, given] = ['lasting-aplasia', 'lasting-aplasia-igg'].map((id) =>
    run(oncologyRisk, scenario(id)?.regimen.doses ?? [], {
      start,
      end: 365,
      parameters: scenario(id)?.parameters ?? {},
    }),
  ) as [SubjectRun, SubjectRun]
  expect(at(oncologyRisk, without, 'byIgG', 200)).toBe(2.7)
  expect(at(oncologyRisk, given, 'byIgG', 200)).toBe(1)
  expect(at(oncologyRisk, given, 'H', 365)).toBeLessThan(0.6 * at(oncologyRisk, without, 'H', 365))
})
