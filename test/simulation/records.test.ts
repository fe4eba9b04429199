import {
  type EventRecord,
  parameterVector,
  RecordError,
  recordTable,
  type SubjectRun,
  simulateSubject,
} from '@cartkin/simulation'
import { dop853, radau9, radau13, rodas4, rodas5p, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const model = compiled(`
ka = 1.5
k = 0.2
tl = 0
F1 = 1
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - k*central
f(central) = F1
alag(central) = tl
conc = central
`)

function run(records: readonly EventRecord[], values = {}, options = {}): SubjectRun {
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, values),
    records,
    start: 0,
    end: 50,
    options: { rtol: 1e-10, atol: 1e-12, ...options },
  })
}

/** Depot and central as they are at a time, or when a record's turn comes. */
function at(subject: SubjectRun, t: number): readonly number[] {
  const out = new Float64Array(3)
  subject.read(t, out)
  return [...out.subarray(0, 2)]
}

function atRecord(subject: SubjectRun, index: number): number {
  const out = new Float64Array(3)
  subject.readRecord(index, out)
  return out[1]!
}

const dose = (time: number, amt: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time,
  evid: 1,
  cmt: 'central',
  amt,
  ...more,
})
const observe = (time: number): EventRecord => ({ time, evid: 0 })

describe('what is given in the closed form, to 1e-8', () => {
  const ka = 1.5
  const k = 0.2
  const bolus = (t: number) => (t < 0 ? 0 : Math.exp(-k * t))
  const oral = (t: number) => (t < 0 ? 0 : (ka / (ka - k)) * (Math.exp(-k * t) - Math.exp(-ka * t)))
  const infused = (t: number, length: number) =>
    t < 0 ? 0 : (Math.exp(-k * Math.max(0, t - length)) - Math.exp(-k * t)) / k / length

  it.each<[string, EventRecord[], (t: number) => number]>([
    ['a bolus', [dose(2, 10)], (t) => 10 * bolus(t - 2)],
    ['a bolus by the mouth', [dose(2, 10, { cmt: '1' })], (t) => 10 * oral(t - 2)],
    ['an infusion', [dose(2, 10, { rate: 4 })], (t) => 10 * infused(t - 2, 2.5)],
    [
      'doses by the mouth',
      [dose(1, 10, { cmt: 'depot', ii: 6, addl: 3 })],
      (t) => [1, 7, 13, 19].reduce((sum, time) => sum + 10 * oral(t - time), 0),
    ],
    [
      'a steady state of boluses',
      [dose(0, 10, { ss: 1, ii: 8 })],
      (t) => (10 * Math.exp(-k * t)) / (1 - Math.exp(-k * 8)),
    ],
    [
      'a steady state by the mouth',
      [dose(0, 10, { cmt: 'depot', ss: 1, ii: 8 })],
      (t) =>
        ((10 * ka) / (ka - k)) *
        (Math.exp(-k * t) / (1 - Math.exp(-k * 8)) - Math.exp(-ka * t) / (1 - Math.exp(-ka * 8))),
    ],
    [
      'a steady state of infusions',
      [dose(0, 10, { rate: 5, ss: 1, ii: 8 })],
      (t) => 10 * infused(t, 2) + (10 * infused(8, 2) * Math.exp(-k * t)) / (1 - Math.exp(-k * 8)),
    ],
    ['a constant infusion', [dose(0, 0, { rate: 5, ss: 1 })], (t) => (5 / k) * Math.exp(-k * t)],
  ])('%s', (_name, records, central) => {
    const subject = run(records)
    for (const t of [0, 1, 2.5, 4, 7, 12, 20, 40]) {
      expect(Math.abs(at(subject, t)[1]! - central(t))).toBeLessThan(1e-8 * Math.max(1, central(t)))
    }
  })

  it('of two compartments at a steady state', () => {
    const two = compiled('CL = 1.1\nV = 20\nQ = 3\nVp = 35\nd/dt(c) = -(CL + Q)/V*c + Q/Vp*p\nd/dt(p) = Q/V*c - Q/Vp*p')
    const [k10, k12, k21] = [1.1 / 20, 3 / 20, 3 / 35]
    const sum = k10 + k12 + k21
    const root = Math.sqrt(sum * sum - 4 * k10 * k21)
    const [alpha, beta] = [(sum + root) / 2, (sum - root) / 2]
    const central = (t: number) =>
      (100 * (alpha - k21) * Math.exp(-alpha * t)) / (alpha - beta) / -Math.expm1(-alpha * 12) +
      (100 * (k21 - beta) * Math.exp(-beta * t)) / (alpha - beta) / -Math.expm1(-beta * 12)
    const subject = simulateSubject({
      model: two,
      parameters: parameterVector(two.model),
      records: [{ time: 0, evid: 1, amt: 100, ss: 1, ii: 12 }],
      start: 0,
      end: 24,
      options: { rtol: 1e-10, atol: 1e-12 },
    })
    for (const t of [0, 1, 5, 12, 24]) expect(subject.value(0, t) / central(t)).toBeCloseTo(1, 8)
  })
})

describe('several records at one time', () => {
  it('happen in their order, additional doses before them', () => {
    const records = [
      dose(0, 8, { ii: 4, addl: 2 }),
      observe(4),
      dose(4, 1),
      observe(4),
      { time: 4, evid: 3 } as const,
      observe(4),
      dose(4, 3),
      observe(4),
    ]
    const subject = run(records)
    const before = 8 * Math.exp(-0.8) + 8
    expect(atRecord(subject, 1)).toBeCloseTo(before, 8)
    expect(atRecord(subject, 3)).toBeCloseTo(before + 1, 8)
    expect(atRecord(subject, 5)).toBe(0)
    expect(atRecord(subject, 7)).toBe(3)
    // the reset ended the additional dose at 8
    expect(at(subject, 8)[1]).toBeCloseTo(3 * Math.exp(-0.8), 8)
  })

  it('by the rules of rxode2: resets, then doses, then observations', () => {
    const records = [observe(4), dose(4, 1), { time: 4, evid: 3 } as const, observe(4)]
    const first = [dose(0, 8), ...records]
    const subject = run(first, {}, { recordRules: 'rxode2' })
    expect(atRecord(subject, 1)).toBe(1)
    expect(atRecord(subject, 4)).toBe(1)
    const nonmem = run(first)
    expect(atRecord(nonmem, 1)).toBeCloseTo(8 * Math.exp(-0.8), 8)
    expect(atRecord(nonmem, 4)).toBe(0)
  })

  it('see what arrives at their time although rounding is between them', () => {
    // 0.1 + 0.2 is more than 0.3
    expect(atRecord(run([dose(0.1, 10), observe(0.3)], { tl: 0.2 }), 1)).toBeCloseTo(10, 8)
    expect(atRecord(run([dose(0, 10, { ii: 0.1, addl: 3 }), observe(0.3)], { k: 0 }), 1)).toBe(40)
    // the lagged dose was given before the dose at 5, the record is between them
    const records = [dose(0, 10), observe(5), dose(5, 1)]
    expect(atRecord(run(records, { tl: 5 }), 1)).toBeCloseTo(10, 8)
  })
})

describe('resets', () => {
  it('cancel doses on their way', () => {
    const subject = run([dose(0, 10), { time: 2, evid: 3 }, dose(3, 1)], { tl: 4 })
    expect(at(subject, 5)[1]).toBe(0)
    expect(at(subject, 7)[1]).toBe(1)
  })

  it('with a dose leave the dose of their record', () => {
    const subject = run([dose(0, 10), dose(2, 1, { evid: 4, ii: 5, addl: 1 })], { tl: 4 })
    expect(at(subject, 5)[1]).toBe(0)
    expect(at(subject, 6)[1]).toBe(1)
    expect(at(subject, 11)[1]).toBeCloseTo(1 + Math.exp(-1), 8)
  })
})

describe('states', () => {
  it('turned off are empty and stay so until a dose or a record turns them on', () => {
    const records: EventRecord[] = [
      dose(0, 10, { cmt: 'depot' }),
      dose(0, 60, { rate: 6 }),
      { time: 1, evid: 2, cmt: '-central' },
      { time: 3, evid: 2, cmt: 'central' },
      { time: 4, evid: 2, cmt: '-2' },
      dose(6, 5),
      { time: 8, evid: 2, cmt: '-depot' },
      { time: 9, evid: 3 },
      dose(9, 7, { cmt: 'depot' }),
    ]
    const subject = run(records)
    expect(at(subject, 0.9)[1]).toBeGreaterThan(0)
    expect(at(subject, 2)).toEqual([expect.closeTo(10 * Math.exp(-3), 8), 0])
    // the infusion has ended with the state; what leaves the depot arrives again
    const depot = 10 * Math.exp(-4.5)
    const oral = (t: number) => (1.5 / 1.3) * (Math.exp(-0.2 * t) - Math.exp(-1.5 * t))
    expect(at(subject, 3.5)[1]).toBeCloseTo(depot * oral(0.5), 8)
    expect(at(subject, 5)[1]).toBe(0)
    expect(at(subject, 6)[1]).toBe(5)
    expect(at(subject, 10)[1]).toBeCloseTo(7 * oral(1), 8)
  })

  it('turned off take no part in a steady state', () => {
    const records: EventRecord[] = [{ time: 0, evid: 2, cmt: '-central' }, dose(0, 10, { cmt: 'depot', ss: 1, ii: 4 })]
    const subject = run(records)
    expect(at(subject, 1)).toEqual([expect.closeTo((10 * Math.exp(-1.5)) / -Math.expm1(-6), 8), 0])
    // the dose turns its own state on
    const own = run([{ time: 0, evid: 2, cmt: '-depot' }, ...records.slice(1)])
    expect(at(own, 1)[0]).toBeCloseTo((10 * Math.exp(-1.5)) / -Math.expm1(-6), 8)
    const infused = run([records[0]!, dose(0, 0, { cmt: 'depot', rate: 3, ss: 1 })])
    expect(at(infused, 0)).toEqual([expect.closeTo(2, 8), 0])
  })

  it('are replaced and multiplied, with bioavailability and lag', () => {
    const records = [dose(0, 10), dose(1, 4, { evid: 5 }), dose(3, 2, { evid: 6 })]
    const subject = run(records, { F1: 0.5, tl: 1 })
    expect(at(subject, 1.9)[1]).toBeCloseTo(5 * Math.exp(-0.18), 8)
    expect(at(subject, 2)[1]).toBe(2)
    expect(at(subject, 4)[1]).toBeCloseTo(2 * Math.exp(-0.4), 8)
  })
})

describe('records that cannot be', () => {
  it.each<[string, EventRecord[], keyof EventRecord, RegExp]>([
    [
      'RATE -1 without rate()',
      [observe(0), dose(0, 1, { rate: -1 })],
      'rate',
      /^record 2: rate = -1 asks for rate\(central\)/,
    ],
    [
      'RATE -2 without dur()',
      [dose(0, 1, { rate: -2 })],
      'rate',
      /asks for dur\(central\), which the model does not give/,
    ],
    ['SS without II', [dose(0, 1, { ss: 1 })], 'ii', /^record 1: ss = 1 needs an interval ii > 0/],
    ['SS 3', [dose(0, 1, { ss: 3 as 1, ii: 1 })], 'ss', /ss must be 0, 1 or 2, got 3/],
    ['ADDL without II', [dose(0, 1, { addl: 2 })], 'ii', /addl = 2 needs an interval ii > 0, got 0/],
    ['ADDL that is no count', [dose(0, 1, { ii: 2, addl: 1.5 })], 'addl', /whole number from 0, got 1.5/],
    ['a negative II', [dose(0, 1, { ii: -2 })], 'ii', /ii must be a time from 0 on, got -2/],
    [
      'a steady infusion with II and no amount',
      [dose(0, 0, { rate: 2, ss: 1, ii: 3 })],
      'ii',
      /goes on without a break/,
    ],
    ['a steady duration without amount', [dose(0, 0, { duration: 2, ss: 1 })], 'ii', /needs an interval/],
    [
      'an unknown state',
      [dose(0, 1, { cmt: 'gut' })],
      'cmt',
      /no state gut to dose; the model has depot, central \(or 1 to 2\)/,
    ],
    ['an unknown number', [dose(0, 1, { cmt: '3' })], 'cmt', /no state 3 to dose/],
    ['a dose that turns off', [dose(0, 1, { cmt: '-2' })], 'cmt', /to turn a state off use EVID 2/],
    ['an unknown state to turn off', [{ time: 0, evid: 2, cmt: '-gut' }], 'cmt', /no state gut to turn off/],
    ['times out of order', [dose(3, 1), dose(2, 1)], 'time', /^record 2: time 2 precedes 3 of the record before/],
    ['SS of a replacement', [dose(0, 1, { evid: 5, ss: 1, ii: 3 })], 'ss', /which only doses .* lead to, not EVID 5/],
    ['a rate of a multiplication', [dose(0, 1, { evid: 6, rate: 3 })], 'rate', /neither rate nor duration/],
    ['SS of an observation', [{ time: 0, evid: 0, ss: 1 }], 'ss', /the record gives nothing \(EVID 0\)/],
    ['an amount that is no number', [dose(0, Number.NaN)], 'amt', /amt must be a finite number, got NaN/],
  ])('are refused, naming record and field: %s', (_name, records, field, message) => {
    let error: unknown
    try {
      run(records)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(RecordError)
    expect(error).toMatchObject({ record: records.length - 1, field, message: expect.stringMatching(message) })
  })
})

describe('additional doses', () => {
  it('have the covariates of their record, by the rules of rxode2 those of their time', () => {
    const scaled = compiled('FR = 1\nd/dt(A) = 0*A\nf(A) = FR')
    const course = (recordRules: 'nonmem' | 'rxode2') =>
      simulateSubject({
        model: scaled,
        parameters: parameterVector(scaled.model),
        covariates: [{ name: 'FR', times: [0, 5], values: [1, 3], interpolation: 'locf' }],
        records: [{ time: 0, evid: 1, amt: 10, ii: 4, addl: 2 }],
        start: 0,
        end: 10,
        options: { recordRules },
      })
    expect(course('nonmem').value(0, 10)).toBeCloseTo(30, 9)
    expect(course('rxode2').value(0, 10)).toBeCloseTo(50, 9)
  })
})

describe('additional doses and a reset of the time of their record', () => {
  const records: readonly EventRecord[] = [dose(4, 1, { ii: 2, addl: 2 }), { time: 4, evid: 3 }, observe(10)]

  it('end with it, as it comes after them', () => {
    expect(atRecord(run(records, { k: 0 }), 2)).toBe(0)
  })

  it('go on by the rules of rxode2, as it comes first', () => {
    expect(atRecord(run(records, { k: 0 }, { recordRules: 'rxode2' }), 2)).toBeCloseTo(3, 9)
  })

  it('end by either rules with a steady state that takes their place', () => {
    for (const recordRules of ['nonmem', 'rxode2']) {
      const steady: readonly EventRecord[] = [records[0]!, dose(4, 5, { evid: 4, ss: 1, ii: 100 }), observe(10)]
      expect(atRecord(run(steady, {}, { recordRules }), 2)).toBeCloseTo(5 * Math.exp(-0.2 * 6), 7)
    }
  })
})

describe('what begins where almost nothing is left', () => {
  it.each([tsit5, dop853, rodas4, rodas5p, radau9, radau13])('runs on: $name', (method) => {
    // so little of the first dose that the first step from it would be lost in the rounding of the time
    const records: readonly EventRecord[] = [
      dose(0, 70, { cmt: 'depot' }),
      { time: 26.5, evid: 2, cmt: '-central' },
      dose(26.5, 50, { cmt: 'depot', rate: 50 / 1.1 }),
    ]
    const subject = run(records, {}, { method })
    expect(subject.outcome.status).toBe('finished')
    const rest = (50 / 1.1 / 1.5) * (Math.exp(-1.5 * 2.4) - Math.exp(-1.5 * 3.5))
    expect(at(subject, 30)[0]).toBeCloseTo(rest, 8)
  })
})

describe('times that begin anew at a reset', () => {
  const records: readonly EventRecord[] = [
    dose(0, 10, { ii: 4, addl: 5 }),
    observe(6),
    { ...dose(7, 5, { evid: 4 }), dataTime: 2 },
    { ...observe(9), dataTime: 4 },
  ]

  it('are those of the rows', () => {
    const table = recordTable(model.model, run(records), records).columns
    const [times, , central] = table.map((column) => (column.kind === 'number' ? [...column.values] : []))
    expect(times).toEqual([6, 4])
    expect(central?.[1]).toBeCloseTo(5 * Math.exp(-0.4), 8)
  })

  it.each([
    ['the time', 'd/dt(A) = -t*A'],
    ['a switch in time', 'if (t < 3) { k = 1 } else { k = 2 }\nd/dt(A) = -k*A'],
    ['an output of the time', 'd/dt(A) = -A\nC = A + t'],
    ['a time since a dose', 'd/dt(A) = -A\nC = tad()'],
  ])('are refused where the model computes with %s', (_name, text) => {
    const timed = compiled(text)
    const own = records.map(({ cmt: _cmt, ...record }) => record)
    const values = parameterVector(timed.model)
    expect(() => simulateSubject({ model: timed, parameters: values, records: own, start: 0, end: 10 })).toThrow(
      'time 2 begins anew at a reset, and what the model computes depends on the time',
    )
  })
})
