import { libraryModel } from '@cartkin/cart-models'
import { compileModel } from '@cartkin/model'
import { gridTable, parameterVector, regimenRecords, samplePopulation, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

const part = libraryModel('cart-manufacturing')
const compiled = compileModel(modelOf(part.id))
type Values = Readonly<Record<string, number>>
type Rows = ReadonlyMap<string, Float64Array>

const tight = { rtol: 1e-12, atol: 1e-3 }

/** Values of all quantities on these days. @param like the model at whose start the run begins. */
function rows(
  id: string,
  values: Values,
  days: readonly number[],
  options = { rtol: 1e-12, atol: 1e-13 },
  like = id,
): Rows {
  const library = libraryModel(id)
  const model = id === part.id ? compiled : compileModel(modelOf(id))
  const parameters = parameterVector(model.model, values)
  const run = simulateSubject({
    model,
    parameters,
    records: regimenRecords(model.model, library.regimen, parameters),
    start: libraryModel(like).start,
    end: days.at(-1) ?? 0,
    options,
  })
  expect(run.outcome.status).toBe('finished')
  const table = gridTable(model.model, run, Float64Array.from(days))
  return new Map(table.columns.flatMap((column) => (column.kind === 'number' ? [[column.name, column.values]] : [])))
}

const column = (table: Rows, name: string): Float64Array => {
  const values = table.get(name)
  if (values === undefined) throw new Error(`no column ${name}`)
  return values
}
const atInfusion = (table: Rows, name: string): number => column(table, name).at(-1) ?? Number.NaN
const near = (ours: number, theirs: number, relative = 1e-9) =>
  expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(relative * Math.abs(theirs))

const products: readonly (readonly [string, Values])[] = [
  ['default', {}],
  ...(part.scenarios ?? []).map(({ id, parameters }) => [id, parameters] as const),
]
/** Patients drawn at random, each made in the way of one of the products. */
const patients = Array.from({ length: 40 }, (_, index) => {
  const [id, values] = products[index % products.length]!
  const population = part.population
  if (population === undefined) throw new Error('no population')
  const typical = parameterVector(compiled.model, values)
  const drawn = samplePopulation(compiled.model, population, typical, { seed: 7, index })
  return [
    `patient ${index + 1}, ${id}`,
    Object.fromEntries(compiled.model.parameters.map(({ name }, k) => [name, drawn[k]!])),
  ] as const
})

describe.each([...products, ...patients])('making cells: %s', (_, values) => {
  const days = Array.from({ length: 61 }, (_, day) => day - 60)
  const table = rows(part.id, values, days, tight)
  const states = 'R4 R8 U4 U8 N4 N8 C4 C8 E4 E8 DEAD GONE'.split(' ')

  it('cells collected and born are alive, dead or gone, every day', () => {
    days.forEach((_, row) => {
      const there = states.reduce((sum, name) => sum + column(table, name)[row]!, 0)
      near(there, column(table, 'CD3')[row]! + column(table, 'BORN')[row]!)
    })
    expect(Math.min(...states.flatMap((name) => [...column(table, name)]))).toBeGreaterThanOrEqual(0)
  })

  it('the closed form is the end of the course', () => {
    near(atInfusion(table, 'ready'), atInfusion(table, 'reached'))
    near(
      atInfusion(table, 'alive'),
      atInfusion(table, 'fold') * collectedAndKept(table, values) * value('thaw', values),
    )
    const harvest = rows(
      part.id,
      values,
      [-60, value('t_in', values) + value('t_slot', values) + value('culture', values) - atInfusion(table, 'v2v')],
      tight,
    )
    near(atInfusion(harvest, 'viability'), atInfusion(table, 'viable'))
    near(atInfusion(table, 'transduced'), value('trans', values))
  })

  it('a released product is at most the order, a failed one nothing', () => {
    const [made, order] = [atInfusion(table, 'made'), value('order', values)]
    expect(made).toBeLessThanOrEqual(order)
    if (atInfusion(table, 'released') === 0) expect(made).toBe(0)
    else expect(made).toBeGreaterThanOrEqual(value('least', values) * order)
  })
})

function value(name: string, values: Values): number {
  return values[name] ?? compiled.model.parameters.find((parameter) => parameter.name === name)?.value ?? Number.NaN
}

function collectedAndKept(table: Rows, values: Values): number {
  const collected = atInfusion(table, 'CD3')
  return Math.min(value('rec', values) * collected, value('seed', values))
}

describe('laws', () => {
  it('twice the cells in culture are twice the cells, where nothing limits them', () => {
    const once = rows(part.id, { order: 1e12 }, [-60, 0], tight)
    const twice = rows(part.id, { order: 1e12, seed: 2e8 }, [-60, 0], tight)
    for (const name of ['alive', 'cart', 'DEAD', 'BORN', 'made'])
      near(atInfusion(twice, name), 2 * atInfusion(once, name))
  })

  it('days of waiting change the time and nothing of the product', () => {
    const soon = rows(part.id, {}, [-60, 0], tight)
    const late = rows(part.id, { t_slot: 11, t_far: 9 }, [-60, 0], tight)
    expect(atInfusion(late, 'v2v')).toBe(atInfusion(soon, 'v2v') + 20)
    for (const name of ['alive', 'viability', 'f_cd4', 'f_mem', 'made'])
      near(atInfusion(late, name), atInfusion(soon, name))
    expect(atInfusion(late, 'infused')).toBeLessThan(atInfusion(soon, 'infused'))
  })

  it('no growth, no death and no selection leave the cells that were collected', () => {
    const still = { b4: 0, b8: 0, death: 0, rec: 1, seed: 1e12, thaw: 1, culture: 10, lag: 0.25 }
    const table = rows(part.id, still, [-60, 0], tight)
    near(atInfusion(table, 'alive') + atInfusion(table, 'R4') + atInfusion(table, 'R8'), atInfusion(table, 'CD3'))
    expect(atInfusion(table, 'BORN')).toBe(0)
  })

  it('a shorter culture leaves more naive and memory cells', () => {
    const share = (culture: number) => atInfusion(rows(part.id, { culture }, [-60, 0]), 'f_mem')
    expect(share(2)).toBeGreaterThan(share(7))
    expect(share(7)).toBeGreaterThan(share(12))
  })
})

describe.each([
  ['lupus-vein-to-vein', 'lupus-qsp', {}],
  // the tumour grows from the beginning of the run on where leukapheresis is then
  ['oncology-vein-to-vein', 'oncology-qsp', { mfg_t_slot: 33 }],
] as const)('%s', (whole, reference, waiting) => {
  const days = Array.from({ length: 105 }, (_, k) => k - 45)
  const compare = (values: Values) => {
    const ours = rows(whole, { ...waiting, ...values }, days)
    const theirs = rows(
      reference,
      {
        dose: atInfusion(ours, 'mfg_made'),
        f_mem_prod: atInfusion(ours, 'mfg_f_mem'),
        LDon: atInfusion(ours, 'mfg_released'),
      },
      days,
      undefined,
      whole,
    )
    for (const [name, values] of theirs) {
      const largest = Math.max(...values.map(Math.abs))
      const off = Math.max(...values.map((value, row) => Math.abs(value - column(ours, name)[row]!)))
      expect(off, name).toBeLessThanOrEqual(1e-8 * largest)
    }
    return ours
  }

  it(`is ${reference} with the dose and the memory share that were made`, () => {
    expect(atInfusion(compare({}), 'mfg_made')).toBeGreaterThan(0)
  })

  it('gives neither cells nor lymphodepletion where the product failed', () => {
    const failed = compare({ mfg_death: 0.27 })
    expect(atInfusion(failed, 'mfg_made')).toBe(0)
    for (const name of ['CAR', 'LD']) expect(Math.max(...column(failed, name)), name).toBe(0)
  })
})

it('the tumour has its baseline at leukapheresis and has grown by the infusion, less where bridging holds it', () => {
  const at = (values: Values) => column(rows('oncology-vein-to-vein', values, [-60, -27, -6]), 'TS')
  const [start, collected, infused] = at({})
  expect(start).toBe(95)
  expect(collected).toBeCloseTo(95, 9)
  const logistic = (growth: number) => 5000 / (1 + (5000 / 95 - 1) * Math.exp(-growth))
  expect(infused).toBeCloseTo(logistic(0.21), 6)
  expect(at({ mfg_bridge: 1 })[2]).toBeCloseTo(95, 9)
  expect(at({ mfg_bridge: 0.5 })[2]).toBeCloseTo(logistic(0.105), 6)
})
