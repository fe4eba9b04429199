import { parameterVector, simulateSubject } from '@cartkin/simulation'
import { methods } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

/** A falls to its new level at once when B passes the threshold; a stiff method damps the jump out of its error estimate. */
const model = compiled(`
k = 1
fast = 1e4
limit = 0.5
d/dt(B) = -k*B
d/dt(A) = fast*(ifelse(B > limit, 1, 0) - A)
d/dt(I) = A
B(0) = 1
A(0) = 1
`)

function amountAt(t: number, options: Parameters<typeof simulateSubject>[0]['options'] = {}, sensitivities?: number[]) {
  const run = simulateSubject({
    model,
    parameters: parameterVector(model.model, {}),
    records: [],
    start: 0,
    end: 10,
    options,
    ...(sensitivities === undefined ? {} : { sensitivities }),
  })
  expect(run.outcome.status).toBe('finished')
  const row = new Float64Array(3)
  run.read(t, row)
  return { row, run }
}

describe('a comparison of states on which a rate depends', () => {
  it.each(['auto' as const, ...methods.filter(({ kind }) => kind !== 'explicit')])(
    'ends a step where its answer changes: %o',
    (method) => {
      const { row, run } = amountAt(10, { method })
      // A is 1 until ln 2, then it is gone within 1/fast
      expect(Math.abs((row[2] ?? 0) - (Math.LN2 + 1e-4))).toBeLessThan(2e-6)
      expect(run.knots.some((knot) => Math.abs(knot - Math.LN2) < 1e-6)).toBe(true)
    },
  )

  it('is met alike with tapes and with sensitivities', () => {
    const wanted = amountAt(10).row[2] ?? 0
    expect(amountAt(10, { tape: true }).row[2]).toBeCloseTo(wanted, 6)
    expect(amountAt(10, {}, [0, 1]).row[2]).toBeCloseTo(wanted, 6)
  })

  it('costs nothing where the model has none', () => {
    const smooth = compiled('d/dt(B) = -max(B, 0)\ny = ifelse(B > 0.5, 1, 0)')
    expect(smooth.instantiate().conditionCount).toBe(0)
  })

  it('starts anew with doses: the time after a dose is compared, too', () => {
    const gated = compiled('d/dt(A) = 0\nd/dt(B) = ifelse(tad(A) < 0.37, 1, 0)')
    const run = simulateSubject({
      model: gated,
      parameters: new Float64Array(0),
      records: [
        { time: 1, evid: 1, cmt: 'A', amt: 1 },
        { time: 4, evid: 1, cmt: 'A', amt: 1 },
      ],
      start: 0,
      end: 9,
    })
    const row = new Float64Array(2)
    run.read(9, row)
    expect(row[1]).toBeCloseTo(0.74, 12)
  })
})
