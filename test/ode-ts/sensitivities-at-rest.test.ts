import {
  dop853,
  type EnsembleSubject,
  type GridOutput,
  integrate,
  integrateEnsemble,
  integrateOnGrid,
  type Method,
  methods,
  type Problem,
  type SensitivitySystem,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'

/**
 * x' = in − k x rests at x = in/k = 1, while z' = −z²/100 makes the system nonlinear. Parameters are k and in: from 0 on,
 * k ∂x/∂k = e^(−kt) − 1 = −k ∂x/∂in.
 */
function resting(k: number, parameterScales?: Float64Array): SensitivitySystem {
  return {
    dimension: 2,
    parameterCount: 2,
    parameterScales,
    derivative(_t, y, d) {
      d[0] = k - k * y[0]!
      d[1] = -0.01 * y[1]! * y[1]!
    },
    jacobian(_t, y, J) {
      J.fill(0)
      J[0] = -k
      J[3] = -0.02 * y[1]!
    },
    timeDerivative: (_t, _y, out) => {
      out.fill(0)
    },
    tangent(_t, y, s, out) {
      for (const j of [0, 1]) {
        out[2 * j] = (j === 0 ? -y[0]! : 1) - k * s[2 * j]!
        out[2 * j + 1] = -0.02 * y[1]! * s[2 * j + 1]!
      }
    },
    linearize: () => {},
    jacobianTangent(s, v, out) {
      for (const j of [0, 1]) {
        out[2 * j] = j === 0 ? -v[0]! : 0
        out[2 * j + 1] = -0.02 * s[2 * j + 1]! * v[1]!
      }
    },
    timeTangent: (_s, out) => {
      out.fill(0)
    },
  }
}

const end = 100
/** When an event makes the sensitivities those of a beginning. */
const again = 37

function problemOf(k: number, scales?: Float64Array): Problem {
  return {
    system: resting(k, scales),
    t0: 0,
    y0: Float64Array.of(1, 1),
    t1: end,
    sensitivities: new Float64Array(4),
    events: [{ t: again, apply: (_t, _y, s) => s?.fill(0, 0, 4) }],
  }
}

/** Times within the transients and far from them. */
const timesFor = (k: number) =>
  Float64Array.from([0, again].flatMap((from) => Array.from({ length: 400 }, (_, i) => from + (i / 400) * (12 / k))))
    .filter((t) => t < again || t > again)
    .map((t) => Math.min(t, end))
    .toSorted()

/** Largest error of k ∂x/∂p at all times, in units of the tolerance. */
function worstError(k: number, rtol: number, method: Method | 'auto', scales?: Float64Array): number {
  const { outcome, trajectory } = integrate(problemOf(k, scales), method, { rtol, atol: rtol * 1e-3 })
  expect(outcome.status).toBe('finished')
  const [y, s] = [new Float64Array(2), new Float64Array(4)]
  let worst = 0
  for (const t of [...timesFor(k), 99.9]) {
    const since = t >= again ? t - again : t
    const expected = Math.expm1(-k * since)
    trajectory.state(t, y)
    trajectory.sensitivities(t, s)
    worst = Math.max(worst, Math.abs(k * s[0]! - expected), Math.abs(k * s[2]! + expected), Math.abs(s[1]!))
    expect(Math.abs(y[0]! - 1)).toBeLessThan(1e-14)
  }
  return worst / rtol
}

const differentiable = methods.filter((method) => method.kind !== 'collocation')

/** Where stability dictates the steps of DOP853 alone, it knows the solution between their ends to a thousand tolerances. */
const bound = (method: Method | 'auto') => (method === dop853 ? 3000 : 100)

describe.each([...differentiable, 'auto' as const])('sensitivities of a state at rest by $name', (method) => {
  it.each([1e-4, 1e-6, 1e-8, 1e-10, 1e-12])('are as exact as asked for everywhere, at %d', (rtol) => {
    const rates = method === 'auto' || method.kind === 'rosenbrock' ? [0.1, 1, 11, 137, 1e4] : [0.1, 1, 11, 137]
    for (const k of rates) {
      // in a fast transient the rounding of time counts, and in many steps it adds up
      expect(worstError(k, rtol, method)).toBeLessThan(bound(method) + (2e-12 * Math.max(k, 100)) / rtol)
    }
  })

  it('are so for parameters of every known size', () => {
    for (const scale of [0, 1e-9, 1, 11, 1e9]) {
      expect(worstError(11, 1e-6, method, Float64Array.of(scale, 11))).toBeLessThan(bound(method) * 1)
    }
  })
})

describe('sensitivities of a state at rest', () => {
  it('have the stiff method take over, and not many steps', () => {
    const { statistics } = integrate(problemOf(1e5), 'auto', { rtol: 1e-6 })
    expect(statistics.steps).toBeLessThan(300)
    expect(statistics.jacobianEvaluations).toBeGreaterThan(0)
    expect(worstError(1e5, 1e-6, 'auto')).toBeLessThan(100)
  })

  it('are the same bits on a grid and beside other subjects', () => {
    const times = Float64Array.from({ length: 200 }, (_, i) => i / 2)
    const rates = [11, 0.3, 250]
    const outputs = rates.map(() => new Float64Array(times.length * 4))
    const outputOf = (to: Float64Array): GridOutput => ({
      times,
      receive: (index, _y, s) => {
        if (s !== null) to.set(s, index * 4)
      },
    })
    const subjects = rates.map((k, i): EnsembleSubject => ({ problem: problemOf(k), output: outputOf(outputs[i]!) }))
    integrateEnsemble(subjects, 'auto', { rtol: 1e-7 }, () => {})
    rates.forEach((k, i) => {
      const alone = new Float64Array(times.length * 4)
      integrateOnGrid(problemOf(k), outputOf(alone), 'auto', { rtol: 1e-7 })
      expect(outputs[i]).toEqual(alone)
      const { trajectory } = integrate(problemOf(k), 'auto', { rtol: 1e-7 })
      const s = new Float64Array(4)
      times.forEach((t, at) => {
        trajectory.sensitivities(t, s)
        expect(s).toEqual(alone.slice(4 * at, 4 * at + 4))
      })
    })
  })

  it('that overflow on the way end the run with their name', () => {
    const k = 3
    const wild: SensitivitySystem = {
      ...resting(k),
      tangent: (_t, _y, _s, out) => {
        out.fill(Number.POSITIVE_INFINITY)
      },
    }
    const { outcome } = integrate({ ...problemOf(k), system: wild, events: [] }, differentiable[0]!)
    expect(outcome).toMatchObject({ status: 'failed', reason: 'non-finite' })
    expect(outcome.status === 'failed' && outcome.message).toMatch(/the sensitivity of state 0 to parameter 0 is/)
  })
})
