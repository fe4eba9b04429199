import { integrate, rodas4, rodas5p } from 'ode-ts'
import { describe, expect, it } from 'vitest'

describe.each([rodas4, rodas5p])('$name', (method) => {
  it('does not take an infinite Jacobian for a solution at rest', () => {
    const system = {
      dimension: 1,
      derivative: (_t: number, y: Float64Array, dydt: Float64Array) => {
        dydt[0] = 1 + Math.sqrt(y[0]!)
      },
      jacobian: (_t: number, y: Float64Array, out: Float64Array) => {
        out[0] = 0.5 / Math.sqrt(y[0]!)
      },
    }
    const { outcome } = integrate({ system, t0: 0, y0: Float64Array.of(0), t1: 1 }, method)
    expect(outcome).toMatchObject({ status: 'failed', reason: 'non-finite' })
  })
})
