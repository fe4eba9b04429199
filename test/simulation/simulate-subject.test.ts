import { type EventRecord, parameterVector, quantities, simulateSubject } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiled, oneCompartment, twoCompartments } from './fixtures.ts'

const one = compiled(oneCompartment)
const two = compiled(twoCompartments)
const tight = { rtol: 1e-10, atol: 1e-14 }

function run(
  model: typeof one,
  records: readonly EventRecord[],
  end: number,
  parameters: Record<string, number> = {},
  start = 0,
) {
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, parameters),
    records,
    start,
    end,
    options: tight,
  })
}

function reader(
  model: typeof one,
  records: readonly EventRecord[],
  end: number,
  parameters: Record<string, number> = {},
  start = 0,
) {
  const course = run(model, records, end, parameters, start)
  expect(course.outcome.status).toBe('finished')
  const names = quantities(model.model).map(({ name }) => name)
  const out = new Float64Array(names.length)
  return (name: string, t: number, side: 'before' | 'after' = 'after') => {
    course.read(t, out, side)
    return out[names.indexOf(name)]!
  }
}

const dose = (time: number, amt: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time,
  evid: 1,
  amt,
  ...more,
})
const observe = (time: number): EventRecord => ({ time, evid: 0 })

it('many times read at once have the bits of one by one, on both sides of what is given', () => {
  const course = run(one, [dose(0, 100), dose(3, 50, { rate: 20 })], 12)
  const names = quantities(one.model).map(({ name }) => name)
  const grid = Float64Array.from({ length: 150 }, (_, k) => Math.min(12, (150 - k) / 12.4))
  const times = Float64Array.of(...course.eventTimes, ...course.eventTimes, ...grid)
  const before = Uint8Array.from(times, (_, k) => (k < course.eventTimes.length || k % 3 === 0 ? 1 : 0))
  const wanted = [1, 0, 1]
  const columns = wanted.map(() => new Float64Array(times.length))
  course.readColumns(times, wanted, columns, before)
  const row = new Float64Array(names.length)
  times.forEach((t, k) => {
    const side = before[k] === 1 ? 'before' : 'after'
    course.read(t, row, side)
    expect(columns.map((column) => column[k])).toEqual(wanted.map((q) => row[q]))
    expect(wanted.map((q) => course.value(q, t, side))).toEqual(wanted.map((q) => row[q]))
  })
})

describe('what is given', () => {
  it('a bolus appears after its lag, times its bioavailability', () => {
    const at = reader(one, [dose(0, 100)], 12)
    expect(at('A', 0.25)).toBe(0)
    expect(at('A', 0.5)).toBeCloseTo(80, 12)
    expect(at('A', 0.5, 'before')).toBe(0)
    expect(at('C', 4.5)).toBeCloseTo(8 * Math.exp(-0.3 * 4), 9)
  })

  it('superposes: the courses of two doses add', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (amt, time) => {
          const both = reader(two, [dose(0, 100), dose(time, amt)], 20)
          const first = reader(two, [dose(0, 100)], 20)
          const second = reader(two, [dose(time, amt)], 20)
          for (const t of [10.5, 15, 20]) {
            expect(both('central', t) / (first('central', t) + second('central', t))).toBeCloseTo(1, 8)
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('back-to-back infusions are one long infusion', () => {
    const long = reader(two, [dose(0, 200, { rate: 25, cmt: 'central' })], 24)
    const split = reader(
      two,
      [dose(0, 100, { rate: 25, cmt: 'central' }), dose(4, 100, { rate: 25, cmt: 'central' })],
      24,
    )
    for (const t of [2, 4, 6, 8, 9, 24]) expect(split('central', t)).toBeCloseTo(long('central', t), 8)
  })

  it('an infusion follows its closed form, and a rate is the same as its duration', () => {
    const ke = 0.3
    const byRate = reader(two, [dose(1, 60, { rate: 20, cmt: '2' })], 10)
    const byDuration = reader(two, [dose(1, 60, { duration: 3, cmt: 'central' })], 10)
    for (const t of [2, 4, 7]) {
      const during = (20 / ke) * (1 - Math.exp(-ke * Math.min(t - 1, 3)))
      const expected = during * Math.exp(-ke * Math.max(t - 4, 0))
      expect(byRate('central', t)).toBeCloseTo(expected, 8)
      expect(byDuration('central', t)).toBeCloseTo(expected, 8)
    }
  })

  it('bioavailability shortens a given rate and thins a given duration', () => {
    const byRate = reader(one, [dose(0, 100, { rate: 10 })], 20, { k: 1e-9, tl: 0 })
    expect(byRate('A', 8)).toBeCloseTo(80, 6)
    expect(byRate('A', 10)).toBeCloseTo(80, 6)
    const byDuration = reader(one, [dose(0, 100, { duration: 10 })], 20, { k: 1e-9, tl: 0 })
    expect(byDuration('A', 5)).toBeCloseTo(40, 6)
    expect(byDuration('A', 10)).toBeCloseTo(80, 6)
  })

  it('rate -1 and -2 take rate(x) and dur(x) of the text', () => {
    const modelled = compiled(
      'R1 = 20\nD1 = 3\nke = 0.3\nd/dt(x) = -ke*x\nd/dt(y) = -ke*y\nrate(x) = R1\ndur(y) = D1\n',
    )
    const at = reader(modelled, [dose(0, 60, { rate: -1, cmt: 'x' }), dose(0, 60, { rate: -2, cmt: 'y' })], 5)
    const expected = (20 / 0.3) * (1 - Math.exp(-0.9))
    expect(at('x', 3)).toBeCloseTo(expected, 9)
    expect(at('y', 3)).toBeCloseTo(expected, 9)
  })

  it('ADDL and II are the doses they stand for', () => {
    const repeated = reader(two, [dose(-3, 50, { addl: 4, ii: 2 })], 12, {}, -3)
    const listed = reader(
      two,
      [-3, -1, 1, 3, 5].map((time) => dose(time, 50)),
      12,
      {},
      -3,
    )
    for (const t of [-2, 0, 4, 5, 12]) expect(repeated('central', t)).toBe(listed('central', t))
  })

  it('moves with time: shifting every record shifts the course', () => {
    const at = reader(two, [dose(0, 50), dose(3.5, 20, { rate: 5 })], 10)
    const shifted = reader(two, [dose(-5, 50), dose(-1.5, 20, { rate: 5 })], 5, {}, -5)
    for (const t of [1, 3.5, 6, 10]) expect(shifted('central', t - 5)).toBeCloseTo(at('central', t), 8)
  })

  it('agrees in hours and days', () => {
    const hours = reader(two, [dose(0, 50), dose(24, 50)], 48)
    const days = reader(two, [dose(0, 50), dose(1, 50)], 2, { ka: 1.1 * 24, ke: 0.3 * 24 })
    for (const t of [0.5, 1, 1.25, 2]) expect(days('central', t)).toBeCloseTo(hours('central', 24 * t), 8)
  })

  it('a reset restores x(0) and ends infusions and doses still to come; EVID 4 then doses', () => {
    const at = reader(
      two,
      [dose(0, 100, { addl: 9, ii: 1, rate: 500 }), { time: 2.1, evid: 3 }, { time: 4, evid: 4, amt: 7 }],
      9,
    )
    expect(at('depot', 2.1)).toBe(0)
    expect(at('central', 3.9)).toBe(0)
    expect(at('depot', 4)).toBe(7)
    expect(at('depot', 5)).toBeCloseTo(7 * Math.exp(-1.1), 9)
  })
})

describe('record order', () => {
  const records = [
    observe(0),
    dose(0, 10, { cmt: 'central' }),
    observe(0),
    dose(0, 5, { cmt: 'central' }),
    observe(0),
    observe(1),
  ]
  const course = run(two, records, 2)
  const out = new Float64Array(2)
  const central = (index: number) => {
    course.readRecord(index, out)
    return out[1]!
  }

  it('a record sees the doses before it and not those after it', () => {
    expect([central(0), central(2), central(4)]).toEqual([0, 10, 15])
    expect(central(5)).toBeCloseTo(15 * Math.exp(-0.3), 9)
  })

  it('a time on a grid sees them all', () => {
    course.read(0, out)
    expect(out[1]).toBe(15)
    course.read(0, out, 'before')
    expect(out[1]).toBe(0)
  })
})

describe('switches in time', () => {
  const growth = compiled(
    `
rho = 0.9
Tmax = 9.3
alpha = 0.16
d/dt(E) = g
if (t < Tmax) {
  g = rho*E
} else {
  g = -alpha*E
}
phase = ifelse(t < Tmax, 1, 2)
E(0) = 6
`
      .replace('d/dt(E) = g\n', '')
      .replace('E(0) = 6', 'd/dt(E) = g\nE(0) = 6'),
  )

  it('are met exactly', () => {
    const at = reader(growth, [], 20)
    expect(at('E', 9.3) / (6 * Math.exp(0.9 * 9.3))).toBeCloseTo(1, 9)
    expect(at('E', 15) / (6 * Math.exp(0.9 * 9.3 - 0.16 * 5.7))).toBeCloseTo(1, 9)
  })

  it('show the branch that holds at the time itself, and the other just before', () => {
    const at = reader(growth, [], 20)
    expect([at('phase', 9.3, 'before'), at('phase', 9.3), at('phase', 9.2), at('phase', 9.4)]).toEqual([1, 2, 1, 2])
  })
})

describe('sensitivities', () => {
  const text = `
k = 0.3
F1 = 0.8
tl = 0.5
D1 = 2.5
Tsw = 4
x0 = 3
d/dt(A) = ifelse(t < Tsw, -k*A, -2*k*A*A/(5 + A))
d/dt(B) = k*A - 0.1*B
f(A) = F1
lag(A) = tl
dur(A) = D1
A(0) = x0
C = A/(1 + B)
`
  const model = compiled(text)
  const names = ['k', 'F1', 'tl', 'D1', 'Tsw', 'x0']
  const indices = names.map((name) => model.model.parameters.findIndex((parameter) => parameter.name === name))
  const records = [
    dose(0, 20),
    dose(1, 30, { rate: -2 }),
    dose(2, 10, { rate: 4 }),
    { time: 9, evid: 3 as const },
    dose(9, 5),
  ]

  const boluses = records.filter((record) => !('rate' in record))

  it.each([
    ['rodas5p', 'infusions', records],
    ['tsit5', 'infusions', records],
    ['auto', 'infusions', records],
    ['rodas5p', 'boluses', boluses],
    ['tsit5', 'boluses', boluses],
    ['dop853', 'boluses', boluses],
    ['auto', 'boluses', boluses],
  ] as const)(
    'equal central differences through lags, durations, switches and resets (%s, %s)',
    async (name, _, records) => {
      const { methods } = await import('ode-ts')
      const method = name === 'auto' ? ('auto' as const) : methods.find((candidate) => candidate.name === name)!
      const options = { rtol: 1e-10, atol: 1e-12, method }
      const at = (values: Record<string, number>, sensitivities: readonly number[] = []) =>
        simulateSubject({
          model,
          parameters: parameterVector(model.model, values),
          records,
          start: 0,
          end: 12,
          options,
          sensitivities,
        })
      const width = 3
      const exact = new Float64Array(names.length * width)
      const plus = new Float64Array(width)
      const minus = new Float64Array(width)
      const course = at({}, indices)
      for (const t of [0.75, 1.7, 3, 3.9, 5, 8.9, 9.2, 11]) {
        course.readSensitivities(t, exact)
        names.forEach((parameter, j) => {
          const value = model.model.parameters[indices[j]!]!.value
          const h = 1e-5 * value
          at({ [parameter]: value + h }).read(t, plus)
          at({ [parameter]: value - h }).read(t, minus)
          for (let q = 0; q < width; q++) {
            const difference = (plus[q]! - minus[q]!) / (2 * h)
            expect(Math.abs(exact[j * width + q]! - difference), `∂${q}/∂${parameter} at ${t}`).toBeLessThan(
              2e-5 * (1 + Math.abs(difference)),
            )
          }
        })
      }
    },
  )
})

describe('misuse is refused with its place', () => {
  it.each<[string, readonly EventRecord[], RegExp]>([
    ['records out of order', [dose(5, 1), dose(4, 1)], /record 2: time 4 precedes 5/],
    ['a time that is no number', [dose(Number.NaN, 1)], /record 1: time must be a finite number, got NaN/],
    ['an unknown state', [dose(0, 1, { cmt: 'gut' })], /record 1: no state gut.*depot, central/],
    ['ADDL without II', [dose(0, 1, { addl: 3 })], /addl = 3 needs an interval ii > 0/],
    ['too many doses', [dose(0, 1, { addl: 1e9, ii: 1 })], /more than 100000 doses/],
    ['a negative rate', [dose(0, 1, { rate: -3 })], /rate must be .* got -3/],
    ['an infusion of a negative amount', [dose(0, -5, { rate: 2 })], /infusion into depot at 0 has the amount -5/],
    ['a dose before the start', [dose(-4, 1)], /given at -4, before the run starts at 0/],
  ])('%s', (_, records, message) => {
    expect(() => run(two, records, 10)).toThrow(message)
  })

  it('a lag or a switch that is not a number', () => {
    const strange = compiled('tl = -1\nd/dt(x) = -x\nlag(x) = sqrt(tl)\n')
    expect(() => run(strange, [dose(0, 1)], 5)).toThrow(/dose at 0 has the lag NaN by lag\(x\)/)
    const never = compiled('tau = -1\nd/dt(x) = ifelse(t < sqrt(tau), -x, x)\n')
    expect(() => run(never, [], 5)).toThrow(/condition 1 in time is not a number/)
  })

  it('names the nearest parameter', () => {
    expect(() => parameterVector(two.model, { kaa: 1 })).toThrow(/no parameter kaa; did you mean ka\?/)
    expect(() => parameterVector(two.model, { ka: Number.NaN })).toThrow(/ka must be a finite number, got NaN/)
  })
})

it('a course that blows up is readable up to where it failed', () => {
  const model = compiled('a = 1\nd/dt(x) = a*x*x\nx(0) = 1\n')
  const course = run(model, [], 5)
  expect(course.outcome).toMatchObject({ status: 'failed', message: expect.stringMatching(/\bx = \d/) })
  expect(course.end).toBeGreaterThan(0.99)
  expect(course.end).toBeLessThan(1.01)
  const out = new Float64Array(1)
  course.read(0.5, out)
  expect(out[0]).toBeCloseTo(2, 6)
})
