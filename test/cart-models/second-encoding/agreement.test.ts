import { libraryModel } from '@cartkin/cart-models'
import type { CompiledModel } from '@cartkin/model'
import {
  gridTable,
  parameterVector,
  type Regimen,
  regimenRecords,
  simulateSubject,
  timeGrid,
} from '@cartkin/simulation'
import fc from 'fast-check'
import { radau9 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { lupus, oncology, packageFile } from '../fixtures.ts'
import type { Encoding, Gift } from './encoding.ts'
import { lupusEncoding } from './lupus-encoding.ts'
import { build } from './named-values.ts'
import { oncologyEncoding } from './oncology-encoding.ts'
import { runEncoding } from './run-encoding.ts'

type Values = Readonly<Record<string, number>>

const lupusFile: Values = JSON.parse(packageFile('evidence/golden/lupus_parameters.json'))
const oncologyFile: Values = JSON.parse(packageFile('evidence/golden/oncology_parameters.json'))

const repeated = (state: string, amount: number, from: number, every: number, count: number): readonly Gift[] =>
  Array.from({ length: count }, (_, k) => ({ t: from + k * every, state, amount }))
const rituximab = repeated('RTX', 1000, 0, 14, 2)
const tocilizumab = (t: number, amount: number): readonly Gift[] => [{ t, state: 'TC1', amount }]
const dexamethasone = (t: number, count: number) => repeated('DEX', 10, t, 0.25, count)
const wholeCourse = <State extends string>({ gifts }: Encoding<State>) => [...gifts.lymphodepletion, ...gifts.cells]

/** Regimen of the library: the model's own, or that of a scenario. */
function regimenOf(id: string, scenario: string): Regimen {
  const library = libraryModel(id)
  if (scenario === 'base') return library.regimen
  const found = library.scenarios?.find((one) => one.id === scenario)
  if (found === undefined) throw new Error(`${id} has no scenario ${scenario}`)
  return found.regimen
}

interface Text {
  readonly compiled: CompiledModel
  readonly regimen: Regimen
  /** Values that are not the text's own. */
  readonly values?: Values
}

/**
 * Expects text and plain functions to give the same states and outputs every quarter of a day: within 1e-9 of the value,
 * of a thousandth of the largest in that column, or of a millionth (states that are nought but for rounding).
 */
function expectAgreement<State extends string>(
  { compiled, regimen, values = {} }: Text,
  encoding: Encoding<State>,
  gifts: readonly Gift[],
  end: number,
): void {
  const { model } = compiled
  const times = timeGrid(encoding.start, end, 0.25)
  const parameters = parameterVector(model, values)
  const run = simulateSubject({
    model: compiled,
    parameters,
    records: regimenRecords(model, regimen, parameters),
    start: encoding.start,
    end,
    options: { method: radau9, rtol: 1e-13, atol: 1e-15 },
  })
  const table = gridTable(model, run, times)
  const rows = runEncoding(encoding, gifts, times).map((row): Values => {
    const s = build(encoding.states, (_, k) => row[k]!)
    return { ...s, ...encoding.outputs(s) }
  })
  const names = Object.keys(rows[0]!)
  expect(names).toEqual(expect.arrayContaining(model.states.map(({ name }) => name)))
  expect(rows).toHaveLength(times.length)
  for (const name of names) {
    const column = table.columns.find((one) => one.name === name)
    if (column?.kind !== 'number') throw new Error(`the text shows no ${name}`)
    const floor = Math.max(1e-6, 1e-3 * Math.max(...rows.map((row) => Math.abs(row[name]!))))
    for (const [k, row] of rows.entries()) {
      const text: number = column.values[k]!
      const plain: number = row[name]!
      const gap = Math.abs(text - plain) / Math.max(Math.abs(plain), floor)
      if (!(gap <= 1e-9)) expect.fail(`${name} on day ${times[k]}: ${text} by the text, ${plain} by plain functions`)
    }
  }
}

describe('the lupus model as text and as plain functions', () => {
  const encoding = lupusEncoding(lupusFile)
  const base = wholeCourse(encoding)
  it.each([
    ['base', base],
    ['no-lymphodepletion', encoding.gifts.cells],
    ['rituximab', rituximab],
    ['tocilizumab', [...base, ...tocilizumab(6.75, 560)]],
    ['dexamethasone', [...base, ...dexamethasone(6.75, 8)]],
  ])('agree: %s', (scenario, gifts) => {
    expectAgreement({ compiled: lupus, regimen: regimenOf('lupus-qsp', scenario) }, encoding, gifts, 730)
  })
})

describe('the oncology model as text and as plain functions', () => {
  const encoding = oncologyEncoding(oncologyFile)
  const base = wholeCourse(encoding)
  it.each([
    ['base', base],
    ['tocilizumab', [...base, ...tocilizumab(2.25, 640)]],
    ['dexamethasone', [...base, ...dexamethasone(2.75, 12)]],
  ])('agree: %s', (scenario, gifts) => {
    expectAgreement({ compiled: oncology, regimen: regimenOf('oncology-qsp', scenario) }, encoding, gifts, 180)
  })
})

/** Every parameter times a factor of its own. */
const others = (file: Values): fc.Arbitrary<Values> =>
  fc
    .tuple(...Object.keys(file).map(() => fc.double({ min: 0.85, max: 1.2, noNaN: true })))
    .map((factors) => Object.fromEntries(Object.entries(file).map(([name, value], k) => [name, value * factors[k]!])))

// Parameters that are typically equal, or 0 or 1, hide one another: each is changed, and all drugs are given at once.
describe('with other parameters, and all drugs', () => {
  it.each([
    ['lupus', lupus, 'lupus-qsp', lupusEncoding, lupusFile, rituximab],
    ['oncology', oncology, 'oncology-qsp', oncologyEncoding, oncologyFile, []],
  ] as const)('the two agree: %s', (_, compiled, id, encodingOf, file, gifts) => {
    const drugs = [...gifts, ...tocilizumab(3, 500), ...dexamethasone(4, 6)]
    const doses = drugs.map(({ t, state, amount }) => ({ time: t, cmt: state, amt: amount }))
    const regimen = { name: 'all', doses: [...libraryModel(id).regimen.doses, ...doses] }
    const check = (values: Values) => {
      const encoding: Encoding<string> = encodingOf(values)
      expectAgreement({ compiled, regimen, values }, encoding, [...wholeCourse(encoding), ...drugs], 120)
    }
    fc.assert(fc.property(others(file), check), { numRuns: 4, endOnFailure: true })
  })
})
