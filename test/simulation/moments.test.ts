import { type EventRecord, parameterVector, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

/** Dosing properties and starting values that are not in parameters alone: they are those of their moment. */
const text = `
Fmax = 0.9
D50 = 40
late = 0.5
x0 = 2
tl = 0.7
f(A) = Fmax*D50/(D50 + podo(A)) + ifelse(t > 5, 0.1*late, 0)
lag(A) = tl*(1 + 0.1*t)
dur(B) = 1 + 0.02*dose(B)
A(0) = x0 + 0.5*t
d/dt(A) = 0
d/dt(B) = 0
`
const model = compiled(text)
const bolus = (time: number, amt: number): EventRecord => ({ time, evid: 1, cmt: 'A', amt })

function run(records: readonly EventRecord[], start = 0, moved: Readonly<Record<string, number>> = {}, tape = false) {
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, moved),
    records,
    start,
    end: 30,
    options: { rtol: 1e-10, atol: 1e-12, tape },
    sensitivities: Object.keys(moved).length === 0 ? model.model.parameters.map((_, k) => k) : [],
  })
}

const amountOf = (course: ReturnType<typeof run>, t: number, state = 0) => {
  const row = new Float64Array(2)
  course.read(t, row)
  return row[state] ?? Number.NaN
}

describe('bioavailability by dose and time', () => {
  it('is that of each dose when it is given, whatever came before', () => {
    const course = run([bolus(1, 10), bolus(2, 40), bolus(6, 120)])
    const share = (amt: number, t: number) => (0.9 * 40) / (40 + amt) + (t > 5 ? 0.05 : 0)
    const wanted = 2 + 10 * share(10, 1) + 40 * share(40, 2) + 120 * share(120, 6)
    expect(amountOf(course, 20)).toBeCloseTo(wanted, 12)
  })

  it('counts the amounts in the order in which doses arrive', () => {
    // the second record overtakes the first, whose lag is longer
    const overtaking = compiled('lag(A) = ifelse(t < 1, 3, 0)\nf(A) = dosenum(A)\nd/dt(A) = 0')
    const course = simulateSubject({
      model: overtaking,
      parameters: new Float64Array(0),
      records: [bolus(0.5, 1), bolus(2, 10)],
      start: 0,
      end: 10,
    })
    expect(amountOf(course, 3)).toBe(10)
    expect(amountOf(course, 9)).toBe(12)
  })
})

describe('a lag that depends on time', () => {
  it('is that of the time at which the dose is given', () => {
    const course = run([bolus(10, 40)])
    const arrival = 10 + 0.7 * 2
    expect(amountOf(course, arrival - 1e-6)).toBe(2)
    expect(amountOf(course, arrival)).toBeGreaterThan(10)
  })
})

describe('a modelled duration by dose', () => {
  it('ends when the dose says', () => {
    const course = run([{ time: 0, evid: 1, cmt: 'B', amt: 50, rate: -2 }])
    expect(amountOf(course, 1, 1)).toBeCloseTo(25, 10)
    expect(amountOf(course, 2, 1)).toBeCloseTo(50, 10)
    expect(amountOf(course, 3, 1)).toBeCloseTo(50, 10)
  })
})

describe('a starting value by time', () => {
  it('is that of the start of the run, also after a reset', () => {
    expect(amountOf(run([], 6), 6)).toBe(5)
    expect(amountOf(run([{ time: 9, evid: 3 }], 6), 20)).toBe(5)
  })
})

describe('a condition on the time after a dose', () => {
  it('starts anew with every dose and is false before the first', () => {
    const gated = compiled('if (tad(A) > 3) { k <- 1 } else { k <- 0 }\nd/dt(A) = 0\nd/dt(B) = k')
    const course = simulateSubject({
      model: gated,
      parameters: new Float64Array(0),
      records: [bolus(2, 1), bolus(10, 1)],
      start: 0,
      end: 20,
      options: { rtol: 1e-8, atol: 1e-10 },
    })
    // open from 5 to 10 and from 13 to 20
    for (const [t, wanted] of [
      [4.9, 0],
      [9, 4],
      [12.9, 5],
      [20, 12],
    ] as const) {
      const row = new Float64Array(3)
      course.read(t, row)
      expect(row[1]).toBeCloseTo(wanted, 5)
    }
  })
})

it.each([true, false])('sensitivities are those of differences (tape: %s)', (tape) => {
  const records = [bolus(1, 10), bolus(6, 120)]
  const exact = new Float64Array(model.model.parameters.length * 2)
  run(records, 0, {}, tape).readSensitivities(20, exact)
  model.model.parameters.forEach(({ name, value }, j) => {
    const h = 1e-4 * value
    const up = amountOf(run(records, 0, { [name]: value + h }, tape), 20)
    const down = amountOf(run(records, 0, { [name]: value - h }, tape), 20)
    expect(exact[2 * j]).toBeCloseTo((up - down) / (2 * h), 5)
  })
})
