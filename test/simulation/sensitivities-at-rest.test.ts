import { parameterVector, simulateSubject } from '@cartkin/simulation'
import { dop853, rodas4, rodas5p, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

/** x rests at in/k; z makes the model nonlinear, so that it is integrated. */
const model = compiled('k = 11\nin = 11\nd/dt(x) = in - k*x\nx(0) = 1\nd/dt(z) = -0.01*z*z\nz(0) = 1\n')
/** A start at rest whose sensitivities are at rest, too, and leave it when the dose to z comes in. */
const settled = compiled('k = 11\nin = 11\nd/dt(x) = in - k*x\nx(0) = in/k\nd/dt(z) = -0.01*z*z\nz(0) = 1\n')

const dose = { time: 40, cmt: 'z', amt: 1, evid: 1 } as const

describe.each([
  ['auto', {}, 100],
  ['auto', { rtol: 1e-9, atol: 1e-12 }, 100],
  ['auto', { rtol: 1e-12, atol: 1e-14 }, 300],
  ['tsit5', { method: tsit5 }, 100],
  ['dop853', { method: dop853 }, 3000],
  ['rodas4', { method: rodas4 }, 100],
  ['rodas5p', { method: rodas5p }, 100],
] as const)('sensitivities of a model at rest by %s with %o', (_name, options, tolerances) => {
  const most = tolerances * ('rtol' in options ? options.rtol : 1e-6)
  const course = (one: typeof model) =>
    simulateSubject({
      model: one,
      parameters: parameterVector(one.model),
      records: [dose],
      start: 0,
      end: 100,
      sensitivities: [0, 1],
      options,
    })

  it('are those of the approach to it', () => {
    const run = course(model)
    expect(run.outcome.status).toBe('finished')
    const s = new Float64Array(4)
    for (let t = 0; t <= 100; t += t < 2 ? 0.01 : 0.73) {
      run.readSensitivities(t, s)
      expect(Math.abs(11 * s[0]! - Math.expm1(-11 * t))).toBeLessThan(most)
      expect(Math.abs(11 * s[2]! + Math.expm1(-11 * t))).toBeLessThan(most)
    }
  })

  it('stay where they rest', () => {
    const run = course(settled)
    const s = new Float64Array(4)
    for (let t = 0; t <= 100; t += 0.37) {
      run.readSensitivities(t, s)
      expect(Math.abs(11 * s[0]! + 1)).toBeLessThan(most)
      expect(Math.abs(11 * s[2]! - 1)).toBeLessThan(most)
    }
  })
})
