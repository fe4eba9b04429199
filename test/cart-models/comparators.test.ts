import { libraryModel } from '@cartkin/cart-models'
import { type CompiledModel, compileModel, parseModel } from '@cartkin/model'
import {
  gridTable,
  parameterVector,
  type Regimen,
  type RegimenDose,
  regimenRecords,
  simulateSubject,
  timeGrid,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { lupus, modelOf } from './fixtures.ts'

interface Run {
  readonly regimen: Regimen
  readonly parameters?: Readonly<Record<string, number>>
  readonly times: Float64Array
  readonly start?: number
}

type Columns = ReadonlyMap<string, Float64Array>

function course(of: CompiledModel, { regimen, parameters = {}, times, start = 0 }: Run): Columns {
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

const whole = compileModel(modelOf('lupus-antibodies'))
const scenarioOf = (id: string, scenario: string) => {
  const found = libraryModel(id).scenarios?.find((candidate) => candidate.id === scenario)
  if (found === undefined) throw new Error(`${id} has no scenario ${scenario}`)
  return found
}
const inWhole = (scenario: string, times: Float64Array): Columns =>
  course(whole, { ...scenarioOf('lupus-antibodies', scenario), times, start: -10 })
const at = (columns: Columns, name: string, times: Float64Array, day: number): number =>
  columns.get(name)![times.indexOf(day)]!

/** Largest difference of what both have, of the largest value; of the quantities that `of` has. */
function farthest(a: Columns, b: Columns, of: readonly string[]): number {
  return Math.max(
    ...of.map((name) => {
      const [x, y] = [a.get(name)!, b.get(name)!]
      const largest = Math.max(...x.map(Math.abs))
      return Math.max(...x.map((value, k) => Math.abs(value - y[k]!))) / (largest || 1)
    }),
  )
}

const lupusNames = [...lupus.model.states, ...lupus.model.outputs].map(({ name }) => name)
const shared = lupusNames.filter((name) => name !== 'RTX')

describe.each(['rituximab', 'obinutuzumab', 'belimumab', 'chen-2024'])('%s', (id) => {
  const model = compileModel(modelOf(id))
  const { regimen } = libraryModel(id)
  const times = timeGrid(0, 300, 1)
  const scaled = (factor: number): Regimen => ({
    ...regimen,
    doses: regimen.doses.map((dose): RegimenDose => ({ ...dose, amt: `${factor}*(${dose.amt})` })),
  })

  it('doubles its concentrations with its dose', () => {
    const [once, twice] = [scaled(1), scaled(2)].map((doses) => course(model, { regimen: doses, times }))
    const doubled = once!.get('C')!.map((value) => 2 * value)
    expect(farthest(new Map([['C', doubled]]), twice!, ['C'])).toBeLessThan(1e-9)
    expect(Math.max(...doubled)).toBeGreaterThan(100)
  })

  it('rests without a dose', () => {
    const idle = course(model, { regimen: scaled(0), times })
    for (const [name, values] of idle)
      for (const value of values) expect(value, name).toBeCloseTo(name === 'time' ? value : values[0]!, 12)
  })
})

describe('what comes in goes out', () => {
  // Dense where the infusion ends, so that the trapezoid is exact to a few parts in 100,000.
  const times = Float64Array.from([
    ...timeGrid(0, 2, 1 / 240),
    ...timeGrid(2.02, 40, 0.02),
    ...timeGrid(40.5, 700, 0.5),
  ])
  const area = (columns: Columns, name: string) =>
    columns.get(name)!.reduce((sum, value, k, all) => {
      if (k === 0) return sum
      return sum + ((value + all[k - 1]!) / 2) * (times[k]! - times[k - 1]!)
    }, 0)

  it.each([
    // dose/clearance; the clearance of rituximab is that of its volume and elimination
    ['rituximab', { cmt: 'blood', amt: 1000 }, {}, 1000 / (4.1 * 0.11)],
    ['obinutuzumab', { cmt: 'blood', amt: 1000 }, { CLt: 0 }, 1000 / 0.0828],
    ['belimumab', { cmt: 'blood', amt: 700 }, {}, 700 / 0.238],
    ['belimumab', { cmt: 'skin', amt: 200 }, {}, (0.742 * 200) / 0.238],
    ['chen-2024', { cmt: 'blood', amt: 337.5 }, {}, 337.5 / 0.20856],
  ])('the exposure to %s is its dose over its clearance', (id, dose, parameters, exposure) => {
    const regimen = { name: 'once', doses: [{ time: 0, duration: 0.1, ...dose }] }
    const columns = course(compileModel(modelOf(id)), { regimen, parameters, times })
    expect(area(columns, 'C') / exposure).toBeCloseTo(1, 4)
  })
})

describe('obinutuzumab', () => {
  it('loses the clearance that falls from the first dose on, whenever that is', () => {
    const model = compileModel(modelOf('obinutuzumab'))
    const dose = { cmt: 'blood', amt: 1000 }
    const [at0, at50] = [0, 50].map((time) =>
      course(model, {
        regimen: { name: 'two', doses: [{ time, ...dose, ii: 100, addl: 1 }] },
        times: timeGrid(time, time + 200, 1),
      }),
    )
    expect(farthest(at0!, at50!, ['C'])).toBeLessThan(1e-9)
    // Four weeks after the first dose more of it is gone than four weeks after the second.
    const left = (day: number) => at0!.get('C')![day + 28]! / at0!.get('C')![day + 1]!
    expect(left(100) / left(0)).toBeGreaterThan(1.2)
  })
})

describe('belimumab', () => {
  it('takes away as much BAFF as explicit binding does', () => {
    const explicit = parseModel(`${libraryModel('belimumab').text}
kon = 86.4 # [L/nmol/day] Association (Marcantonio 2022)
d/dt(L) = kB*BAFF0 - kB*L - kon*L*(Ab - X) + kon*KD*X # [nmol/L] Free BAFF
d/dt(X) = kon*L*(Ab - X) - kon*KD*X - kAb*X # [nmol/L] Bound BAFF
L(0) = BAFF0
`)
    if (!explicit.ok) throw new Error(JSON.stringify(explicit.diagnostics))
    const times = timeGrid(0, 200, 1)
    const columns = course(compileModel(explicit.model), { regimen: libraryModel('belimumab').regimen, times })
    // Binding takes hours to come into balance, and the antibody takes BAFF along: both are left out.
    for (const day of [2, 14, 60, 111, 200])
      for (const [balance, explicitly] of [
        ['free', 'L'],
        ['BAFF', 'X'],
      ] as const)
        expect(Math.abs(at(columns, balance, times, day) / at(columns, explicitly, times, day) - 1)).toBeLessThan(0.03)
    expect(at(columns, 'BAFF', times, 60)).toBeGreaterThan(100)
  })

  it('lowers naive B cells by half to 70 % and lets memory B cells rise before they return to where they were', () => {
    const times = timeGrid(-10, 364, 1)
    const columns = inWhole('belimumab', times)
    const ofBaseline = (name: string, day: number) => at(columns, name, times, day) / at(columns, name, times, -10)
    expect(ofBaseline('BN', 364)).toBeGreaterThan(0.3)
    expect(ofBaseline('BN', 364)).toBeLessThan(0.5)
    expect(ofBaseline('BM', 56)).toBeGreaterThan(1.3)
    expect(ofBaseline('BM', 364)).toBeCloseTo(1, 1)
    expect(ofBaseline('AAB', 364)).toBeGreaterThan(0.95)
  })
})

describe('lupus-antibodies', () => {
  const times = timeGrid(-10, 500, 2)

  it('is lupus-qsp without a dose of an antibody', () => {
    const regimen = libraryModel('lupus-qsp').regimen
    const [own, parts] = [lupus, whole].map((of) => course(of, { regimen, times, start: -10 }))
    expect(farthest(own!, parts!, shared)).toBeLessThan(1e-9)
  })

  it('is lupus-qsp under rituximab with its one compartment', () => {
    const own = course(lupus, { ...scenarioOf('lupus-qsp', 'rituximab'), times, start: -10 })
    const parts = inWhole('rituximab-one-compartment', times)
    expect(farthest(own, parts, shared)).toBeLessThan(1e-9)
    expect(farthest(new Map([['rtx_blood', own.get('RTX')!]]), parts, ['rtx_blood'])).toBeLessThan(1e-9)
  })

  it('kills with both rates at once, each sparing its own share', () => {
    // Two drugs that are the same one, staying in one litre.
    const same = { obi_Emax: 0.6, obi_EC50: 6, obi_sanct: 0.22 }
    const still = { rtx_k10: 0, rtx_k12: 0, obi_CLinf: 0, obi_CLt: 0, obi_Q: 0 }
    const volumes = { rtx_V1: 1, rtx_BSA: 1.8, obi_V1: 1, obi_bV1: 0 }
    const parameters = { ...same, ...still, ...volumes }
    const given = (rtx: number, obi: number): Regimen => ({
      name: 'both',
      doses: [
        { time: 0, cmt: 'rtx_blood', amt: rtx },
        { time: 0, cmt: 'obi_blood', amt: obi },
      ],
    })
    // Of the fastest killing: 6/(6 + 6) + 6/(6 + 6) = 1 = 2/(2 + 6) + 18/(18 + 6).
    const halves = course(whole, { regimen: given(6, 6), parameters, times, start: -10 })
    const quarters = course(whole, { regimen: given(2, 18), parameters, times, start: -10 })
    const alone = course(whole, {
      regimen: given(6, 0),
      parameters: { ...parameters, rtx_Emax: 1.2 },
      times,
      start: -10,
    })
    const cells = ['T', 'BN', 'BM', 'BA', 'PA', 'AAB', 'IGG', 'SLEDAI']
    for (const columns of [quarters, alone]) expect(farthest(halves, columns, cells)).toBeLessThan(1e-9)
  })

  it('relapses after rituximab, not after CAR-T cells that follow it', () => {
    const days = timeGrid(-10, 730, 1)
    const [rituximab, sequence] = ['rituximab', 'rituximab-then-cart'].map((id) => inWhole(id, days))
    expect(farthest(rituximab!, sequence!, ['CE'])).toBeGreaterThan(1)
    expect(at(sequence!, 'SLEDAI', days, 300)).toBeCloseTo(at(rituximab!, 'SLEDAI', days, 300), 8)
    expect(at(rituximab!, 'SLEDAI', days, 730)).toBeGreaterThan(15)
    expect(at(sequence!, 'SLEDAI', days, 730)).toBeLessThan(1)
  })
})

it('B cells of Chen 2024 fall no lower than their largest loss allows', () => {
  const columns = course(compileModel(modelOf('chen-2024')), {
    regimen: { name: 'much', doses: [{ time: 0, cmt: 'blood', amt: 1e7 }] },
    times: timeGrid(0, 60, 1),
  })
  expect(columns.get('B')!.at(-1)).toBeCloseTo(395 / (1 + 99.6), 3)
})
