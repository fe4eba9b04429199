import type { CompiledModel } from '@cartkin/model'
import { type EventRecord, parameterVector, type SubjectRun, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const oral = compiled(`
ka = 1.5
k = 0.055
F1 = 0.7
tl = 0.8
D1 = 5
R1 = 12
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - k*central
f(central) = F1
alag(central) = tl
dur(central) = D1
rate(central) = R1
`)

function run(
  model: CompiledModel,
  records: readonly EventRecord[],
  end: number,
  values = {},
  options = {},
): SubjectRun {
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, values),
    records,
    start: 0,
    end,
    options: { rtol: 1e-10, atol: 1e-12, ...options },
  })
}

function states(subject: SubjectRun, t: number, model: CompiledModel): readonly number[] {
  const out = new Float64Array(model.model.states.length + model.model.outputs.length)
  subject.read(t, out)
  return [...out]
}

const kinds: Readonly<Record<string, Partial<EventRecord>>> = {
  bolus: { amt: 100 },
  'bolus into the depot': { amt: 100, cmt: 'depot' },
  rate: { amt: 100, rate: 20 },
  'overlapping rate': { amt: 100, rate: 2 },
  duration: { amt: 100, duration: 7 },
  'duration of an interval': { amt: 100, duration: 12 },
  'modelled rate': { amt: 100, rate: -1 },
  'modelled duration': { amt: 100, rate: -2 },
}

describe.each(Object.entries(kinds))('a steady state of %s', (_, kind) => {
  const dose = { time: 0, evid: 1 as const, cmt: 'central', ...kind }
  it.each([0, 0.8, 12, 30])('is that of a long run, with a lag of %d', (tl) => {
    const steady = run(oral, [{ ...dose, ss: 1, ii: 12, addl: 2 }], 36, { tl })
    const count = 60
    const long = run(oral, [{ ...dose, ii: 12, addl: count + 2 }], 12 * count + 36, { tl })
    expect(steady.outcome.status).toBe('finished')
    for (const t of [0, 0.5, 1, 5, 11.5, 12, 20, 35]) {
      const [a, b] = [states(steady, t, oral), states(long, 12 * count + t, oral)]
      a.forEach((value, i) => {
        expect(Math.abs(value - b[i]!)).toBeLessThan(1e-8 * (1 + Math.abs(b[i]!)))
      })
    }
  })
})

const steady = (amt: number, ii: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time: 0,
  evid: 1,
  amt,
  ii,
  ss: 1,
  ...more,
})

describe('a steady state', () => {
  it('of slow elimination is exact without as many intervals as it would take', () => {
    const model = compiled('k = 1e-5\nd/dt(A) = -k*A')
    const [A] = states(run(model, [steady(100, 1)], 1), 0, model)
    expect(A! / (100 / -Math.expm1(-1e-5))).toBeCloseTo(1, 8)
  })

  it.each(['linCmt()', 'ODEs'])('of intervals much shorter than any half-life is that of the infusion: %s', (kind) => {
    const equations = {
      'linCmt()': 'C = linCmt()',
      ODEs: `d/dt(depot) = -ka*depot
        d/dt(central) = ka*depot - (cl + q)/v*central + q/v2*deep
        d/dt(deep) = q/v*central - q/v2*deep`,
    }[kind]
    const model = compiled(`cl=2\nv=10\nka=1.5\nq=1\nv2=20\n${equations}`)
    const dosed = states(run(model, [steady(0.07, 0.01)], 1), 0, model)
    const infused = states(run(model, [steady(0, 0, { rate: 7 })], 1), 0, model)
    expect(dosed[1]! / infused[1]!).toBeCloseTo(1, 2)
    expect(dosed[2]! / infused[2]!).toBeCloseTo(1, 2)
  })

  it('does not care what rounding makes of an infusion that lasts ten intervals', () => {
    const model = compiled('k = 4.8\nd/dt(A) = -k*A')
    const dose = steady(1, 1 / 24, { time: 7.25 / 24, duration: 10 / 24 })
    expect(states(run(model, [dose], 1), 7.25 / 24, model)[0]).toBeCloseTo(24 / 4.8, 9)
  })

  it('of saturable elimination near its capacity is that of a long run', () => {
    const model = compiled('vm = 9\nkm = 2\nd/dt(A) = -vm*A/(km + A)')
    const long = run(model, [{ time: 0, evid: 1, amt: 100, ii: 12, addl: 400 }], 12 * 400)
    expect(states(run(model, [steady(100, 12)], 5), 3, model)[0]! / states(long, 12 * 399 + 3, model)[0]!).toBeCloseTo(
      1,
      8,
    )
  })

  it('keeps what the equations conserve', () => {
    const model = compiled(`kon = 0.1
      koff = 0.05
      ke = 0.3
      d/dt(L) = -kon*L*R + koff*C - ke*L
      d/dt(R) = -kon*L*R + koff*C
      d/dt(C) = kon*L*R - koff*C
      R(0) = 10`)
    const found = states(run(model, [steady(100, 12)], 5), 5, model)
    expect(found[1]! + found[2]!).toBeCloseTo(10, 9)
    const long = run(model, [{ time: 0, evid: 1, amt: 100, ii: 12, addl: 300 }], 12 * 300)
    states(long, 12 * 299 + 5, model).forEach((value, i) => {
      expect(found[i]! / value).toBeCloseTo(1, 7)
    })
  })

  it('in a model that knows the time repeats what happens in the interval after the record', () => {
    const model = compiled('k = 0.1\nd/dt(A) = -k*A*(1 + 0.5*sin(0.2617993877991494*t))')
    const found = states(run(model, [steady(100, 24, { addl: 2 })], 72), 61, model)[0]!
    const long = run(model, [{ time: 0, evid: 1, amt: 100, ii: 24, addl: 30 }], 24 * 30)
    expect(found / states(long, 24 * 20 + 13, model)[0]!).toBeCloseTo(1, 8)
    const timed = compiled('k = 0.1\nif (t < 6) { loss = k } else { loss = 3*k }\nd/dt(A) = -loss*A')
    const trough = states(run(timed, [steady(100, 24)], 1), 0, timed)[0]!
    expect(trough).toBeCloseTo(100 / -Math.expm1(-0.6 - 0.3 * 18), 6)
  })

  it('lets states that only count start anew, and counts from there', () => {
    const model = compiled('k = 0.3\nd/dt(A) = -k*A\nd/dt(auc) = A')
    const subject = run(model, [steady(100, 12, { addl: 1 })], 12)
    expect(states(subject, 0, model)[1]).toBe(0)
    expect(states(subject, 12, model)[1]).toBeCloseTo(100 / 0.3, 6)
    const infused = run(model, [steady(0, 0, { rate: 6 })], 12)
    expect(states(infused, 0, model)).toEqual([expect.closeTo(20, 9), 0])
  })

  it('of a subject to whom nothing was given is where what the body makes comes to rest', () => {
    const model = compiled('kin = 3\nkout = 0.2\nd/dt(R) = kin - kout*R\nR(0) = 1')
    const subject = run(model, [{ time: 2, evid: 1, amt: 0, ss: 1 }], 9)
    expect(states(subject, 1, model)[0]).toBeLessThan(5)
    expect(states(subject, 2, model)[0]).toBeCloseTo(15, 8)
    expect(states(subject, 9, model)[0]).toBeCloseTo(15, 8)
  })

  it('knows the time after the last dose', () => {
    const model = compiled('k = 0.3\ntl = 2\nd/dt(A) = -k*A*(1 + 0.1*tad0())\nalag(A) = tl\nlast = tad()')
    const subject = run(model, [steady(100, 12, { addl: 3 })], 40)
    const long = run(model, [{ time: 0, evid: 1, amt: 100, ii: 12, addl: 30 }], 400)
    for (const t of [0, 1, 3, 13, 20]) {
      const [a, b] = [states(subject, t, model), states(long, 240 + t, model)]
      a.forEach((value, i) => {
        expect(value / b[i]!).toBeCloseTo(1, 7)
      })
    }
  })

  it('takes the place of what was given before it, or is added to it', () => {
    const model = compiled('k = 0.3\nd/dt(A) = -k*A\nd/dt(B) = -k*B\nalag(B) = 5')
    const before: EventRecord[] = [
      { time: 0, evid: 1, cmt: 'A', amt: 50, rate: 10 },
      { time: 0, evid: 1, cmt: 'B', amt: 7, ii: 3, addl: 3 },
    ]
    const trough = 20 / Math.expm1(0.3 * 8)
    for (const recordRules of ['nonmem', 'rxode2'] as const) {
      const records = (ss: 1 | 2) => [...before, steady(20, 8, { time: 4, cmt: 'A', ss })]
      const read = (subject: SubjectRun, t: number) => states(subject, t, model)
      const [replaced, added] = [1, 2].map((ss) => run(model, records(ss as 1 | 2), 20, {}, { recordRules }))
      const alone = run(model, before, 20)
      expect(read(replaced!, 4.5)[0]).toBeCloseTo((trough + 20) * Math.exp(-0.15), 7)
      expect(read(replaced!, 20)[1]).toBe(0)
      expect(read(added!, 20)[1]).toBeCloseTo(read(alone, 20)[1]!, 9)
      const rest = recordRules === 'nonmem' ? read(alone, 7)[0]! : read(alone, 4)[0]! * Math.exp(-0.9)
      expect(read(added!, 7)[0]).toBeCloseTo((trough + 20) * Math.exp(-0.9) + rest, 7)
    }
  })

  it('has the bits of every way to compute it', () => {
    const saturable = compiled(
      'ka = 1.5; vm = 8; km = 40\nd/dt(depot) = -ka*depot\nd/dt(central) = ka*depot - vm*central/(km + central)',
    )
    const records = [steady(60, 12, { cmt: 'central', rate: 5 })]
    for (const method of ['auto'] as const) {
      const [kernel, tape] = [false, true].map((tape) =>
        states(run(saturable, records, 9, {}, { method, tape, rtol: 1e-6 }), 9, saturable),
      )
      expect(kernel).toEqual(tape)
    }
  })

  it.each([
    ['growth', 'k = 0.03\nd/dt(A) = k*A\nA(0) = 1', 100, 12, /A every 12 leads.*(moves away|changes)/],
    ['more than can be eliminated', 'vm = 5\nkm = 1\nd/dt(A) = -vm*A/(km + A)', 100, 12, /A = .* still changes/],
    ['no elimination', 'd/dt(A) = 0*A', 100, 12, /A = .* still changes/],
    [
      'an oscillation of its own',
      'd/dt(x) = 1 + x*x*y - 4*x\nd/dt(y) = 3*x - x*x*y\nx(0) = 1.1\ny(0) = 3',
      0.001,
      1.7,
      /still changes|moves away/,
    ],
  ])('of %s is an outcome with its reason, and the run ends there', (_name, text, amt, ii, message) => {
    const model = compiled(text)
    const subject = run(model, [steady(amt, ii, { time: 2 })], 5)
    expect(subject.outcome).toMatchObject({ status: 'failed', reason: 'not-steady', t: 2 })
    if (subject.outcome.status !== 'failed') return
    expect(subject.outcome.message).toMatch(/leads to no steady state at 2/)
    expect(subject.outcome.message).toMatch(message)
    expect(subject.outcome.y.every(Number.isFinite)).toBe(true)
    expect(subject.end).toBe(2)
    expect(states(subject, 1, model).every(Number.isFinite)).toBe(true)
  })

  it('of linCmt() is exact to rounding, with its sensitivities; states that are off are off there, too', () => {
    const model = compiled('cl = 2\nv = 10\nka = 1.5\nC = linCmt()')
    const k = 0.2
    const read = (records: readonly EventRecord[], t: number) => {
      const subject = simulateSubject({
        model,
        parameters: parameterVector(model.model),
        records,
        start: 0,
        end: 20,
        sensitivities: [0],
      })
      const [out, s] = [new Float64Array(3), new Float64Array(3)]
      subject.read(t, out)
      subject.readSensitivities(t, s)
      return { central: out[1]!, byCl: s[1]! }
    }
    const bolus = read([steady(100, 8, { cmt: 'central' })], 3)
    const exact = (100 * Math.exp(-k * 3)) / -Math.expm1(-k * 8)
    expect(bolus.central / exact).toBeCloseTo(1, 11)
    // d/dk of the above, k = cl/v
    const byK = -exact * (3 + (8 * Math.exp(-k * 8)) / -Math.expm1(-k * 8))
    expect(bolus.byCl / (byK / 10)).toBeCloseTo(1, 10)
    const infused = read([steady(100, 8, { cmt: 'central', rate: 5 })], 5)
    const once = (t: number) => (5 / k) * (Math.exp(-k * Math.max(0, t - 20)) - Math.exp(-k * t))
    const sum = Array.from({ length: 80 }, (_, j) => once(5 + 8 * j)).reduce((a, b) => a + b)
    expect(infused.central / sum).toBeCloseTo(1, 11)
    const off = [steady(100, 8, { cmt: 'central' }), { time: 1, evid: 2 as const, cmt: '-central' }]
    expect(read(off, 3).central).toBe(0)
  })
})
