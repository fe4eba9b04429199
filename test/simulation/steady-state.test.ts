import { type EventRecord, parameterVector, type SubjectRun, simulateSubject } from '@cartkin/simulation'
import type { CompiledModel } from '@cartkin/model'
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

function run(model: CompiledModel, records: readonly EventRecord[], end: number, values = {}, options = {}): SubjectRun {
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, values),
    records,
    start: 0,
    end,
    options: { rtol: 1e-10, atol: 1e-12, ...options },
  })
}

function states(subject: SubjectRun, t: number, model: CompiledModel, side: 'before' | 'after' = 'after'): number[] {
  const out = new Float64Array(model.model.states.length + model.model.outputs.length)
  subject.read(t, out, side)
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
