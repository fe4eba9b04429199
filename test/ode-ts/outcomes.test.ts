import { integrate, methods, rodas5p, type System, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { vdpol } from './problems.ts'

const scalar = (f: (t: number, y: number) => number): System => ({
  dimension: 1,
  derivative: (t, y, d) => {
    d[0] = f(t, y[0]!)
  },
})
const from = (system: System, t1: number, y0 = 1) => ({ system, t0: 0, y0: Float64Array.of(y0), t1 })
const choices = [...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const]

describe.each(choices)('outcomes with %s', (_name, method) => {
  it('a solution that grows without bound: the step vanishes at the pole', () => {
    const { outcome, trajectory } = integrate(
      from(
        scalar((_t, y) => y * y),
        2,
      ),
      method,
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'step-size' })
    expect(outcome.t).toBeCloseTo(1, 5)
    if (outcome.status === 'failed') {
      expect(outcome.y[0]).toBeGreaterThan(1e6)
      expect(outcome.message).toMatch(/state 0 .* dominates the error/)
    }
    // What came before remains valid.
    const y = new Float64Array(1)
    trajectory.state(0.5, y)
    expect(y[0]).toBeCloseTo(2, 4)
    expect(trajectory.end).toBe(outcome.t)
  })

  it('a derivative that is not a number at the start', () => {
    const { outcome, trajectory } = integrate(
      from(
        scalar(() => Number.NaN),
        1,
      ),
      method,
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'non-finite', t: 0 })
    if (outcome.status === 'failed') expect(outcome.message).toContain('derivative of state 0 is not finite at t = 0')
    const y = new Float64Array(1)
    trajectory.state(0, y)
    expect(y[0]).toBe(1)
  })

  it('a right-hand side whose domain ends: the run goes up to it', () => {
    const { outcome } = integrate(
      from(
        scalar((t) => (t > 0.5 ? Number.NaN : 1)),
        1,
      ),
      method,
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'non-finite' })
    expect(outcome.t).toBeCloseTo(0.5, 6)
    if (outcome.status === 'failed') expect(outcome.message).toContain('state 0')
  })

  it('a domain that is only left by steps too long: they are cut', () => {
    // −√y from 1 reaches 0 at t = 2; a stage beyond it is not a number.
    const { outcome } = integrate(
      from(
        scalar((_t, y) => -Math.sqrt(y)),
        1.9,
      ),
      method,
      { rtol: 1e-6, atol: 1e-9, initialStep: 1.5 },
    )
    expect(outcome.status).toBe('finished')
  })

  it('a state beyond the largest number is no solution', () => {
    const { outcome } = integrate(
      from(
        scalar(() => 1e307),
        10,
        1.7e308,
      ),
      method,
    )
    expect(outcome).toMatchObject({ status: 'failed' })
    if (outcome.status === 'failed') expect(Number.isFinite(outcome.y[0])).toBe(true)
  })

  it('too many steps', () => {
    const { outcome, statistics } = integrate(
      from(
        scalar((t, y) => y * Math.cos(t)),
        1e4,
      ),
      method,
      { maxSteps: 50 },
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'max-steps' })
    expect(statistics.steps + statistics.rejected).toBe(50)
    if (outcome.status === 'failed') expect(outcome.message).toMatch(/^50 steps .* raise maxSteps/)
  })

  it('a square wave in time is got through', () => {
    const wave = (t: number) => (Math.floor(t) % 2 === 0 ? 1 : -1)
    const { outcome, trajectory } = integrate(
      from(
        scalar((t) => wave(t)),
        6.5,
        0,
      ),
      method,
      { rtol: 1e-6, atol: 1e-8 },
    )
    expect(outcome.status).toBe('finished')
    const y = new Float64Array(1)
    trajectory.state(6.5, y)
    expect(y[0]).toBeCloseTo(0.5, 3)
  })

  it('a longest step that time cannot resolve', () => {
    const problem = {
      ...from(
        scalar((_t, y) => -y),
        3,
      ),
      t0: 2,
    }
    const { outcome } = integrate(problem, method, { maxStep: 1e-20 })
    expect(outcome).toMatchObject({ status: 'failed', reason: 'step-size' })
    if (outcome.status === 'failed') expect(outcome.message).toMatch(/^maxStep = 1e-20 is lost .* raise maxStep$/)
  })

  it('stopped by the caller, at the end of a step', () => {
    let asked = 0
    const { outcome, trajectory, statistics } = integrate(
      from(
        scalar((_t, y) => -y),
        100,
      ),
      method,
      {},
      { shouldStop: () => ++asked === 3 },
    )
    expect(outcome.status).toBe('stopped')
    expect(statistics.steps).toBe(3)
    expect(trajectory.end).toBe(outcome.t)
    expect(trajectory.knots.length).toBe(4)
  })

  it('stopped by the caller who is asked now and then', () => {
    let asked = 0
    const problem = from(
      scalar((_t, y) => -y),
      100,
    )
    const shouldStop = () => ++asked === 2
    const control = { maxStep: 1 }
    const { outcome, statistics } = integrate(problem, method, control, { shouldStop, askEvery: 5 })
    expect(outcome.status).toBe('stopped')
    expect(statistics.steps).toBe(10)
    for (const askEvery of [0, 1.5, Number.NaN]) {
      expect(() => integrate(problem, method, control, { shouldStop, askEvery })).toThrow(
        /askEvery .*whole number from 1/,
      )
    }
  })

  it('an event that leaves a state that is not a number', () => {
    const event = {
      t: 0.5,
      apply: (_t: number, y: Float64Array) => {
        y[0] = Number.NaN
      },
    }
    const { outcome } = integrate(
      {
        ...from(
          scalar((_t, y) => -y),
          1,
        ),
        events: [event],
      },
      method,
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'non-finite', t: 0.5 })
    if (outcome.status === 'failed') expect(outcome.message).toBe('state 0 is NaN at t = 0.5, after an event')
  })

  it('no time at all', () => {
    const event = {
      t: 3,
      apply: (_t: number, y: Float64Array) => {
        y[0] = 8
      },
    }
    const { outcome, trajectory } = integrate(
      { system: scalar(() => 1), t0: 3, y0: Float64Array.of(1), t1: 3, events: [event] },
      method,
    )
    expect(outcome).toEqual({ status: 'finished', t: 3 })
    const y = new Float64Array(1)
    trajectory.state(3, y)
    expect(y[0]).toBe(8)
    trajectory.state(3, y, 'before')
    expect(y[0]).toBe(1)
  })

  it('nothing happens: an equilibrium at zero', () => {
    const { outcome, statistics } = integrate(
      from(
        scalar((_t, y) => -y),
        1e6,
        0,
      ),
      method,
    )
    expect(outcome.status).toBe('finished')
    expect(statistics.steps).toBeLessThan(20)
  })

  it('an exception of the system is the caller’s own', () => {
    const system = scalar(() => {
      throw new Error('mine')
    })
    expect(() => integrate(from(system, 1), method)).toThrow('mine')
  })
})

describe('outcomes', () => {
  it('a matrix without an inverse', () => {
    const system: System = {
      dimension: 2,
      derivative: (_t, _y, d) => d.fill(0),
      jacobian: (_t, _y, J) => J.fill(1e300),
      timeDerivative: (_t, _y, out) => out.fill(0),
    }
    const { outcome } = integrate({ system, t0: 0, y0: new Float64Array(2), t1: 1 }, rodas5p)
    expect(outcome).toMatchObject({ status: 'failed', reason: 'singular-matrix', t: 0 })
  })

  it('a stiff problem with an explicit method points to a stiff one', () => {
    const { outcome } = integrate({ system: vdpol.system, t0: 0, y0: Float64Array.of(2, 0), t1: 2000 }, tsit5, {
      maxSteps: 2000,
    })
    if (outcome.status !== 'failed') throw new Error('expected a failure')
    expect(outcome.reason).toBe('max-steps')
    expect(outcome.message).toContain('rodas5p')
  })
})

describe('misuse', () => {
  const good = from(
    scalar((_t, y) => -y),
    1,
  )
  it.each([
    [{ ...good, y0: new Float64Array(2) }, {}, 'y0 has 2 entries, but the system has 1 states'],
    [{ ...good, t0: Number.NaN }, {}, 't0 must be finite, got NaN'],
    [{ ...good, t1: -1 }, {}, 't1 must be finite and ≥ t0 = 0, got -1'],
    [{ ...good, t1: Number.POSITIVE_INFINITY }, {}, 't1 must be finite'],
    [good, { rtol: Number.NaN }, 'rtol must be in [0, 1), got NaN'],
    [good, { rtol: -1e-6 }, 'rtol must be in [0, 1), got -0.000001'],
    [good, { atol: -1 }, 'atol must be a finite number ≥ 0, got -1'],
    [good, { atol: new Float64Array(3) }, 'atol has 3 entries, but the system has 1 states'],
    [good, { atol: Float64Array.of(Number.NaN) }, 'atol[0] must be a finite number ≥ 0, got NaN'],
    [good, { rtol: 0, atol: 0 }, 'rtol and atol are both 0 for state 0'],
    [good, { initialStep: 0 }, 'initialStep must be positive, got 0'],
    [good, { initialStep: Number.NaN }, 'initialStep must be positive, got NaN'],
    [good, { maxStep: Number.NaN }, 'maxStep must be positive, got NaN'],
    [good, { maxSteps: 0 }, 'maxSteps must be at least 1, got 0'],
  ])('is refused: %#', (problem, control, message) => {
    expect(() => integrate(problem, 'auto', control)).toThrow(message)
  })
})
