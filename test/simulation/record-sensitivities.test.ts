import { type EventRecord, parameterVector, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const text = (loss: string) => `
ka = 0.9
k = 0.3
km = 6
vm = 3
kin = 0.4
F1 = 0.8
tl = 0.7
D1 = 2.3
R1 = 4
d/dt(depot) = -ka*depot
d/dt(A) = ka*depot - ${loss}
d/dt(R) = kin - 0.2*R/(1 + A)
f(A) = F1
lag(A) = tl
dur(A) = D1
rate(A) = R1
R(0) = kin/0.2
C = A/(1 + R)
`
const models = {
  linear: compiled(text('k*A')),
  saturable: compiled(text('vm*A/(km + A) - k*A')),
}
const names = ['ka', 'k', 'km', 'vm', 'kin', 'F1', 'tl', 'D1', 'R1']
const width = 4

const into = (amt: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time: 0,
  evid: 1,
  cmt: 'A',
  amt,
  ...more,
})

const courses: Readonly<Record<string, readonly EventRecord[]>> = {
  boluses: [into(10), into(5, { time: 3, ii: 2, addl: 1 })],
  'infusions by rate and duration': [into(10, { rate: 3 }), into(5, { time: 2, duration: 4 })],
  'modelled infusions': [into(10, { rate: -1 }), into(5, { time: 2, rate: -2 })],
  'a reset between dose and arrival': [into(10), into(5, { time: 4.5 }), { time: 5, evid: 3 }, into(3, { time: 5.1 })],
  'a reset and dose': [into(10), into(5, { time: 4, evid: 4, rate: -2 })],
  'replacement and multiplication': [
    into(10),
    into(4, { time: 2, evid: 5 }),
    into(1.5, { time: 4, evid: 6 }),
    into(3, { time: 6, rate: 1 }),
    into(0.5, { time: 7, evid: 6 }),
  ],
  'a state turned off and on': [
    into(10, { cmt: 'depot' }),
    into(8, { rate: 2, time: 0.1 }),
    { time: 2, evid: 2, cmt: '-depot' },
    { time: 3, evid: 2, cmt: '-A' },
    into(4, { time: 4 }),
    into(6, { time: 5, cmt: 'depot' }),
  ],
  'a steady state of boluses': [into(6, { ss: 1, ii: 4, addl: 1 })],
  'a steady state by the mouth': [into(6, { cmt: 'depot', ss: 1, ii: 4 })],
  'a steady state of infusions': [into(6, { ss: 1, ii: 4, rate: 2 })],
  'a steady state of overlapping infusions': [into(6, { ss: 1, ii: 3, duration: 7.5 })],
  'a steady state of modelled rates': [into(6, { ss: 1, ii: 4, rate: -1, addl: 1 })],
  'a steady state of modelled durations': [into(6, { ss: 1, ii: 4, rate: -2 })],
  'a steady state that is added': [into(5), into(6, { time: 2, ss: 2, ii: 4, rate: -2 })],
  'a steady state after a reset': [into(5), into(6, { time: 3, evid: 4, ss: 1, ii: 5 })],
  'a constant infusion': [into(0, { ss: 1, rate: 1.2 })],
  'a constant infusion at a modelled rate': [into(3), into(0, { time: 4, ss: 2, rate: -1 })],
}
const times = [0.3, 0.69, 0.75, 1.95, 2.6, 3.4, 4.2, 4.9, 5.95, 7.5, 9]

describe.each(Object.entries(models))('sensitivities of a %s model', (kind, model) => {
  const indices = names.map((name) => model.model.parameters.findIndex((parameter) => parameter.name === name))
  const values = { ...(kind === 'saturable' && { k: 0.05, vm: 5, R1: 1.5 }) }
  const course = (records: readonly EventRecord[], moved: Readonly<Record<string, number>>, carried: boolean) =>
    simulateSubject({
      model,
      parameters: parameterVector(model.model, { ...values, ...moved }),
      records,
      start: 0,
      end: 10,
      options: { rtol: 1e-12, atol: 1e-14 },
      sensitivities: carried ? indices : [],
    })

  it.each(Object.entries(courses))('to all parameters equal central differences: %s', (_name, records) => {
    const carried = course(records, {}, true)
    expect(carried.outcome).toMatchObject({ status: 'finished' })
    const exact = new Float64Array(names.length * width)
    const row = new Float64Array(width)
    const typical = parameterVector(model.model, values)
    names.forEach((name, j) => {
      const value = typical[indices[j]!]!
      // central differences at h and 2h, extrapolated
      const h = 1e-4 * value
      const runs = [-2, -1, 1, 2].map((k) => course(records, { [name]: value + k * h }, false))
      for (const t of times) {
        carried.readSensitivities(t, exact)
        const [a, b, c, d] = runs.map((run) => {
          run.read(t, row)
          return row.slice()
        })
        for (let q = 0; q < width; q++) {
          const difference = (8 * (c![q]! - b![q]!) - (d![q]! - a![q]!)) / (12 * h)
          const error = Math.abs(exact[j * width + q]! - difference) / (1 + Math.abs(difference))
          expect(error, `d ${q} / d ${name} at ${t}: ${exact[j * width + q]} and ${difference}`).toBeLessThan(1e-6)
        }
      }
    })
  })

  it.each(Object.entries(courses))('to the times of records equal central differences: %s', (_name, records) => {
    const late = records.map((record) => ({ ...record, time: record.time + 0.037 }))
    const run = (list: readonly EventRecord[], moving?: ReadonlyMap<EventRecord, Float64Array>) =>
      simulateSubject({
        model,
        parameters: parameterVector(model.model, values),
        records: list,
        start: 0,
        end: 10,
        options: { rtol: 1e-12, atol: 1e-14 },
        ...(moving && { moving, sensitivities: [indices[0]!] }),
      })
    // each record by itself: its time is what the first parameter would move
    late.forEach((record, moved) => {
      const carried = run(late, new Map([[record, Float64Array.of(1)]]))
      const still = run(late, new Map())
      const h = 1e-4
      const runs = [-2, -1, 1, 2].map((k) =>
        run(late.map((other, index) => (index === moved ? { ...other, time: other.time + k * h } : other))),
      )
      const [exact, own, row] = [0, 1, 2].map(() => new Float64Array(width))
      for (const t of times) {
        carried.readSensitivities(t, exact!)
        still.readSensitivities(t, own!)
        const [a, b, c, d] = runs.map((subject) => {
          subject.read(t, row!)
          return row!.slice()
        })
        for (let q = 0; q < width; q++) {
          const difference = (8 * (c![q]! - b![q]!) - (d![q]! - a![q]!)) / (12 * h)
          const found = exact![q]! - own![q]!
          const error = Math.abs(found - difference) / (1 + Math.abs(difference))
          expect(error, `d ${q} / d time of record ${moved + 1} at ${t}: ${found}, ${difference}`).toBeLessThan(1e-6)
        }
      }
    })
  })
})
