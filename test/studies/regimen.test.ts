import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryModels } from '@cartkin/cart-models'
import { compileModel, type Model, parseModel } from '@cartkin/model'
import {
  expandRegimen,
  parameterVector,
  type Regimen,
  type RegimenDocument,
  regimenRecords,
  regimenTotals,
  simulateSubject,
} from '@cartkin/simulation'
import { InputError, readRegimen } from '@cartkin/studies'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

function modelOf(text: string): Model {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'))
  return parsed.model
}

const plain = modelOf(
  'WT = 70 # [kg]\nHT = 175 # [cm]\nk = 1 # [1/day]\nd/dt(drug) = -k*drug # [mg]\nd/dt(dex) = -dex # [mg]\nd/dt(cells) = -0.1*cells # [cells]\nd/dt(index) = -index # [1]\n',
)
const inHours = modelOf('WT = 70 # [kg]\nk = 1 # [1/h]\nd/dt(drug) = -k*drug # [mg]\n')

function expanded(document: RegimenDocument, model: Model | null = plain): Regimen {
  const found = expandRegimen(document, model)
  if (!found.ok) throw new Error(found.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
  return found.regimen
}

const records = (document: RegimenDocument, parameters = {}, model = plain) =>
  regimenRecords(model, expanded(document, model), parameterVector(model, parameters))

const amounts = (document: RegimenDocument, parameters = {}, model = plain) =>
  records(document, parameters, model).map(({ amt }) => amt)

async function refusal(yaml: string, model: Model | null = plain): Promise<string> {
  const path = join(emptyFolder(), 'r.yaml')
  writeFileSync(path, yaml)
  const error = await readRegimen(path, 'r.yaml', model).then(
    () => new Error('was read'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(InputError)
  return error instanceof Error ? error.message : ''
}

describe('an amount', () => {
  it.each([
    ['560 mg', 560],
    ['0.56 g', 560],
    ['8 mg/kg', 560],
    ['8000 ug/kg', 560],
    ['0 mg', 0],
    ['5.6x10^2 mg', 560],
    ['100 mg/m2', 100 * Math.sqrt((70 * 175) / 3600)],
    ['100 mg/m²', 100 * Math.sqrt((70 * 175) / 3600)],
  ])('%s is %d of a state in mg', (amount, amt) => {
    expect(amounts({ doses: [{ time: 0, cmt: 'drug', amount }] })[0]).toBeCloseTo(amt, 10)
  })

  it('follows the weight of the patient, and the cap does not', () => {
    const doses = [{ time: 0, cmt: 'drug', amount: '8 mg/kg', atMost: '800 mg' }]
    expect(amounts({ doses })).toEqual([560])
    expect(amounts({ doses }, { WT: 50 })).toEqual([400])
    expect(amounts({ doses }, { WT: 130 })).toEqual([800])
  })

  it('is in units of the state by what one stands for', () => {
    const doses = [{ time: 0, cmt: 'index', amount: '25 mg/m2', unit: '100 mg/m2' }]
    expect(amounts({ doses })).toEqual([0.25])
    expect(amounts({ doses: [{ time: 0, cmt: 'index', amount: '8 mg/kg', unit: '56 mg' }] })).toEqual([10])
  })

  it('takes weight, height and surface as given', () => {
    const doses = [{ time: 0, cmt: 'drug', amount: '10 mg/m2' }]
    expect(amounts({ patient: { bodySurfaceArea: 1.8 }, doses })).toEqual([18])
    expect(amounts({ patient: { bodySurfaceArea: '18000 cm2' }, doses })[0]).toBeCloseTo(18, 10)
    // Mosteller 1987: 1.73 m² at 170 cm and 63.4 kg
    expect(amounts({ patient: { weight: '63400 g', height: '1.7 m' }, doses })[0]).toBeCloseTo(17.303, 3)
    expect(amounts({ patient: { weight: '2*WT' }, doses: [{ time: 0, cmt: 'drug', amount: '1 mg/kg' }] })).toEqual([
      140,
    ])
  })

  it('of cells is that of viable transduced cells, whatever is counted', () => {
    const product = { viability: '80 %', transduced: 0.5 }
    const dose = (counts: 'cells' | 'viable cells' | 'viable transduced cells', amount: string): RegimenDocument => ({
      doses: [{ time: 0, cmt: 'cells', amount, counts, ...product, label: 'Cells' }],
    })
    expect(amounts(dose('viable transduced cells', '1e6 cells/kg'))).toEqual([7e7])
    expect(amounts(dose('viable cells', '1e8 cells'))).toEqual([5e7])
    expect(amounts(dose('cells', '1e8 cells'))).toEqual([4e7])
    for (const [counts, amount] of [
      ['cells', '1e8 cells'],
      ['viable cells', '8e7 cells'],
      ['viable transduced cells', '4e7 cells'],
    ] as const) {
      const [total] = regimenTotals(expanded(dose(counts, amount)), () => Number.NaN)
      expect(total?.cells?.viableTransduced).toBeCloseTo(4e7, 4)
      expect(total?.cells?.viable).toBeCloseTo(8e7, 4)
      expect(total?.cells?.all).toBeCloseTo(1e8, 4)
    }
  })

  it('is infused over a time or at a rate', () => {
    const [over, rate] = records({
      doses: [
        { time: 0, cmt: 'drug', amount: '100 mg', over: '6 h' },
        { time: 1, cmt: 'drug', amount: '100 mg', rate: '10 mg/h' },
      ],
    })
    expect(over).toMatchObject({ duration: 0.25 })
    expect(rate?.rate).toBeCloseTo(240, 10)
  })
})

describe('times', () => {
  it('have the unit of the model, days among them', () => {
    const written: RegimenDocument = {
      doses: [
        { day: '-5 to -3', cmt: 'drug', amt: 1 },
        { time: '30 min', cmt: 'drug', amt: 1, every: '8 h', times: 3 },
      ],
    }
    expect(records(written).map(({ time }) => time)).toEqual([-5, -4, -3, 30 / 1440])
    expect(records(written, {}, inHours).map(({ time }) => time)).toEqual([-120, -96, -72, 0.5])
    expect(records(written, {}, inHours)[3]).toMatchObject({ ii: 8, addl: 2 })
  })

  it('without a unit are in that of the regimen', () => {
    const written: RegimenDocument = {
      timeUnit: 'h',
      doses: [{ time: [24, 36], cmt: 'drug', amt: 1, ii: 12, addl: 1 }],
    }
    expect(records(written).map(({ time, ii }) => [time, ii])).toEqual([
      [1, 0.5],
      [1.5, 0.5],
    ])
  })
})

describe('a split infusion', () => {
  it('gives 10, 30 and 60 % on three days, altogether the whole', () => {
    const split = ['10 %', '30 %', '60 %']
    const whole = { cmt: 'cells', amount: '1e6 cells/kg', label: 'Cells' }
    const byInterval = records({ doses: [{ day: 0, ...whole, split, every: '1 day' }] })
    const byTimes = records({ doses: [{ day: [0, 1, 2], ...whole, split }] })
    expect(byInterval.map(({ time, amt }) => [time, amt])).toEqual([
      [0, 0.1 * 7e7],
      [1, 0.3 * 7e7],
      [2, 0.6 * 7e7],
    ])
    expect(byTimes).toEqual(byInterval)
  })

  it('of any shares adds up to the dose', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 6 }), (weights) => {
        const sum = weights.reduce((a, b) => a + b, 0)
        const split = weights.map((weight) => weight / sum)
        const given = amounts({ doses: [{ day: 0, cmt: 'drug', amount: '8 mg/kg', split, every: 1 }] })
        expect(given.reduce<number>((a, b = 0) => a + b, 0)).toBeCloseTo(560, 8)
      }),
    )
  })
})

describe('a regimen', () => {
  it('in the terms of a model stays as it is: all of the library, and what was expanded before', () => {
    for (const { text, regimen, scenarios = [] } of libraryModels)
      for (const own of [regimen, ...scenarios.map((scenario) => scenario.regimen)])
        expect(expanded(own, modelOf(text))).toEqual(own)
    const written: RegimenDocument = {
      name: 'r',
      doses: [
        { day: -30, event: 'Leukapheresis', removes: { cells: '10 %' } },
        { day: [0, 1], cmt: 'drug', amount: '8 mg/kg', every: '8 h', times: 3, label: 'T' },
        { day: 0, cmt: 'cells', amount: '1e6 cells/kg', viability: 0.9, split: [0.5, 0.5], every: 1 },
      ],
    }
    const once = expanded(written)
    expect(expanded(once)).toEqual(once)
  })

  it('of another regimen has its doses, later by the time of the reference', () => {
    const lines = [
      { day: -5, cmt: 'drug', amt: 1 },
      { day: -3, cmt: 'drug', amt: 2 },
    ]
    const written: RegimenDocument = {
      regimens: { ld: lines },
      doses: [{ regimen: 'ld' }, { regimen: 'ld', day: [10, 100] }],
    }
    expect(records(written).map(({ time }) => time)).toEqual([-5, -3, 5, 7, 95, 97])
  })

  it('takes away at a leukapheresis', () => {
    const [event, removal] = records({ doses: [{ day: -30, event: 'Leukapheresis', removes: { cells: '30 %' } }] })
    expect(event).toEqual({ time: -30, evid: 2 })
    expect(removal).toMatchObject({ evid: 6, cmt: 'cells', amt: 0.7 })
    const model = compileModel(plain)
    const run = simulateSubject({
      model,
      parameters: parameterVector(plain),
      records: [event, removal].flatMap((record) => (record === undefined ? [] : [record])),
      start: -30,
      end: -30,
      startState: { values: { cells: 10 } },
    })
    const out = new Float64Array(plain.states.length)
    run.read(-30, out)
    expect(out[2]).toBeCloseTo(7, 12)
  })

  it('in hours and in days gives the same course', () => {
    const doses = [{ time: '12 h', cmt: 'drug', amount: '8 mg/kg', over: '90 min', every: '8 h', times: 3 }]
    const end = (model: Model, t: number) => {
      const run = simulateSubject({
        model: compileModel(model),
        parameters: parameterVector(model),
        records: records({ doses }, {}, model),
        start: 0,
        end: t,
        options: { rtol: 1e-10, atol: 1e-12 },
      })
      return run.value(0, t)
    }
    const days = modelOf('WT = 70 # [kg]\nk = 24 # [1/day]\nd/dt(drug) = -k*drug # [mg]\n')
    expect(end(days, 2) / end(inHours, 48)).toBeCloseTo(1, 8)
  })
})

describe('a regimen file that cannot be meant is refused with its place', () => {
  it.each([
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg/kq }\n', /^r\.yaml:2:\d+: doses\.0\.amount: "mg\/kq" is no unit/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 }\n', /^r\.yaml:2:\d+: doses\.0\.amount/],
    ['doses:\n  - { day: 0, cmt: drug, amount: "8" }\n', /doses\.0\.amount: "8" has no unit/],
    ['doses:\n  - { day: 0, cmt: drg, amount: 8 mg }\n', /^r\.yaml:2:\d+: doses\.0\.cmt: .*did you mean drug/],
    ['doses:\n  - { day: 0, cmt: cells, amount: 8 mg }\n', /is in mg, and state cells in cells; say what 1/],
    ['doses:\n  - { day: 0, cmt: drug, amount: -8 mg }\n', /expected an amount from 0 on/],
    ['doses:\n  - { day: 0, cmt: drug }\n', /doses\.0: a dose needs `amount:`/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, amt: 8 }\n', /doses\.0\.amt: stands beside `amount`/],
    ['doses:\n  - { cmt: drug, amount: 8 mg }\n', /a `day:` or a `time:` is needed/],
    ['doses:\n  - { day: 0, time: 1, cmt: drug, amount: 8 mg }\n', /doses\.0\.day: stands beside `time`/],
    [
      'doses:\n  - { time: 8 hrz, cmt: drug, amount: 8 mg }\n',
      /^r\.yaml:2:13: doses\.0\.time: "hrz" is no unit of time/,
    ],
    ['doses:\n  - { day: -3 to -5, cmt: drug, amount: 8 mg }\n', /from an earlier to a later one/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, times: 3 }\n', /doses\.0\.times: needs `every:`/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, every: 8 h }\n', /doses\.0\.every: needs `times:`/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, over: 0 h }\n', /expected a time above 0/],
    [
      'doses:\n  - { day: 0, cmt: drug, amount: 8 mg, over: 1 h, rate: 8 mg/h }\n',
      /doses\.0\.rate: stands beside `over`/,
    ],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, split: [10 %, 30 %] , every: 1 }\n', /add up to 40 %/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, split: [0.5, 0.5] }\n', /2 parts need as many times/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, viability: 90 % }\n', /belong to amounts of cells/],
    ['doses:\n  - { day: 0, cmt: cells, amount: 8 cells, viability: 190 % }\n', /expected a share/],
    ['doses:\n  - { day: 0, cmt: cells, amount: 8 cells, counts: cells }\n', /`viability:` is needed/],
    ['doses:\n  - { day: 0, cmt: drug, amount: 8 mg, atMost: 9 cells }\n', /cannot be held against/],
    ['doses:\n  - { regimen: ld }\n', /no regimen ld under `regimens`/],
    [
      'regimens:\n  a: [{ regimen: b }]\n  b: [{ regimen: a }]\ndoses:\n  - { regimen: a }\n',
      /refers to itself: a → b → a/,
    ],
    [
      'patient: { weight: 70 cm }\ndoses:\n  - { day: 0, cmt: drug, amount: 8 mg/kg }\n',
      /^r\.yaml:1:\d+: patient\.weight: "cm" is no unit of body weight/,
    ],
    [
      'patient: { weight: WTT }\ndoses:\n  - { day: 0, cmt: drug, amount: 8 mg/kg }\n',
      /patient\.weight: .*did you mean WT\?/,
    ],
    ['dosis: []\n', /^r\.yaml:1:1: /],
  ])('%j', async (yaml, message) => {
    expect(await refusal(yaml)).toMatch(message)
  })

  it('for want of a surface', async () => {
    const yaml = 'doses:\n  - { day: 0, cmt: drug, amount: 8 mg/m2 }\n'
    expect(await refusal(yaml, inHours)).toMatch(/per m² of body surface, which nothing gives: write patient/)
  })
})

describe('the example of docs/regimens.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/regimens.md'), 'utf8')
  const yaml = page.slice(page.indexOf('```yaml\n') + 8, page.indexOf('```', page.indexOf('```yaml\n') + 8))

  it('is read for lupus-qsp, and gives what the model brings with it, split and with more beside', async () => {
    const path = join(emptyFolder(), 'r.yaml')
    writeFileSync(path, yaml)
    const library = libraryModels.find(({ id }) => id === 'lupus-qsp')
    if (library === undefined) throw new Error('there is no lupus-qsp')
    const model = modelOf(library.text)
    const parameters = parameterVector(model)
    const own = regimenRecords(model, library.regimen, parameters)
    const read = regimenRecords(model, await readRegimen(path, 'r.yaml', model), parameters)
    const given = (list: typeof read, cmt: string) =>
      list
        .flatMap((record) => (record.cmt === cmt && record.evid === 1 ? [record.amt ?? 0] : []))
        .reduce((a, b) => a + b, 0)
    for (const cmt of ['LD', 'CI']) expect(given(read, cmt)).toBeCloseTo(given(own, cmt), 12)
    expect(read.filter(({ cmt }) => cmt === 'TC1')).toEqual([
      { time: 5, evid: 1, cmt: 'TC1', amt: 560, duration: 1 / 24, ii: 1 / 3, addl: 2 },
    ])
  })
})
