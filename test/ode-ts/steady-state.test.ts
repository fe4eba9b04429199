import { type System, steadyState } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { hires, orego, rober } from './problems.ts'

const scalar = (f: (y: number, t: number) => number): System => ({
  dimension: 1,
  derivative: (t, y, d) => {
    d[0] = f(y[0]!, t)
  },
})

describe('the steady state', () => {
  it('of turnover is production over loss, however slow', () => {
    for (const loss of [1e6, 1, 1e-3, 1e-9]) {
      const found = steadyState(
        scalar((y) => 5 * loss - loss * y),
        Float64Array.of(0.2),
      )
      expect(found).toMatchObject({ status: 'found' })
      expect(found.y[0]).toBeCloseTo(5, 8)
    }
  })

  it('is the one towards which the solution goes', () => {
    // y' = y (1 − y) (y − 0.3): from above 0.3 to 1, from below to 0.
    const allee = scalar((y) => y * (1 - y) * (y - 0.3))
    for (const [start, end] of [
      [0.29, 0],
      [0.31, 1],
      [5, 1],
    ] as const) {
      const found = steadyState(allee, Float64Array.of(start))
      expect(found.status).toBe('found')
      expect(found.y[0]).toBeCloseTo(end, 9)
    }
  })

  it('keeps what is conserved: the Jacobian is singular', () => {
    // A ⇌ B with rates 2 and 3; and Robertson's reaction, which ends in its third species.
    const exchange: System = {
      dimension: 2,
      derivative(_t, y, d) {
        d[0] = -2 * y[0]! + 3 * y[1]!
        d[1] = 2 * y[0]! - 3 * y[1]!
      },
    }
    const found = steadyState(exchange, Float64Array.of(10, 0))
    expect(found.status).toBe('found')
    expect(found.y[0]).toBeCloseTo(6, 8)
    expect(found.y[1]).toBeCloseTo(4, 8)
    const reacted = steadyState(rober.system, Float64Array.of(1, 0, 0), { rtol: 1e-6, atol: 1e-9 })
    expect(reacted.status).toBe('found')
    expect(reacted.y[2]).toBeCloseTo(1, 5)
  })

  it('of stiff kinetics has no slope left', () => {
    const found = steadyState(hires.system, Float64Array.from(hires.y0))
    expect(found.status).toBe('found')
    const slope = new Float64Array(8)
    hires.system.derivative(0, found.y, slope)
    for (const value of slope) expect(Math.abs(value)).toBeLessThan(1e-12)
    if (found.status === 'found') expect(found.residual).toBe(Math.max(...slope.map(Math.abs)))
  })

  it('is that of the equations at the time asked for', () => {
    const system = scalar((y, t) => t - y)
    expect(steadyState(system, Float64Array.of(0), { t: 7 }).y[0]).toBeCloseTo(7, 8)
  })

  it('leaves a state that is steady already where it is', () => {
    const found = steadyState(
      scalar((y) => -y),
      Float64Array.of(0),
    )
    expect(found).toMatchObject({ status: 'found', residual: 0 })
    expect(found.y[0]).toBe(0)
  })

  it('that does not exist is told with its reason', () => {
    const rotation: System = {
      dimension: 2,
      derivative(_t, y, d) {
        d[0] = y[1]!
        d[1] = -y[0]!
      },
    }
    const options = { maxRounds: 6 }
    expect(steadyState(rotation, Float64Array.of(1, 0), options)).toMatchObject({
      status: 'failed',
      reason: 'not-steady',
    })
    expect(steadyState(orego.system, Float64Array.from(orego.y0), options)).toMatchObject({ reason: 'not-steady' })
    const grows = steadyState(
      scalar(() => 1),
      Float64Array.of(0),
      options,
    )
    expect(grows).toMatchObject({ status: 'failed', reason: 'not-steady' })
    if (grows.status === 'failed') expect(grows.message).toMatch(/still changes, state 0 = .* by 1 per unit of time/)
    const explodes = steadyState(
      scalar((y) => y * y),
      Float64Array.of(1),
    )
    expect(explodes).toMatchObject({ status: 'failed', reason: 'step-size' })
    const nothing = steadyState(
      scalar(() => Number.NaN),
      Float64Array.of(1),
    )
    expect(nothing).toMatchObject({ status: 'failed', reason: 'non-finite' })
  })

  it('refuses what makes no sense', () => {
    const system = scalar((y) => -y)
    expect(() => steadyState(system, new Float64Array(2))).toThrow('y0 has 2 entries')
    expect(() => steadyState(system, new Float64Array(1), { rtol: Number.NaN })).toThrow('rtol')
    expect(() => steadyState(system, new Float64Array(1), { t: Number.NaN })).toThrow('t must be finite')
    expect(() => steadyState(system, new Float64Array(1), { maxRounds: 0 })).toThrow('maxRounds')
  })
})
