import { integrate, type Method, methods, type RootCondition, type SensitivitySystem } from 'ode-ts'
import { describe, expect, it } from 'vitest'

type Parameters = readonly [rate: number, level: number, bend: number]
const parameters: Parameters = [0.9, 5, 0.02]
const capacity = 10
const drift = 0.05

/** Logistic growth with a push from outside: y' = p0 y (1 − y/10) + t/50. */
function growth(p: Parameters): SensitivitySystem {
  let at = 0
  return {
    dimension: 1,
    parameterCount: 3,
    derivative: (t, y, d) => {
      d[0] = p[0] * y[0]! * (1 - y[0]! / capacity) + t / 50
    },
    jacobian: (_t, y, J) => {
      J[0] = p[0] * (1 - (2 * y[0]!) / capacity)
    },
    timeDerivative: (_t, _y, out) => {
      out[0] = 1 / 50
    },
    tangent: (_t, y, s, out) => {
      for (let j = 0; j < 3; j++) {
        out[j] = p[0] * (1 - (2 * y[0]!) / capacity) * s[j]! + (j === 0 ? y[0]! * (1 - y[0]! / capacity) : 0)
      }
    },
    linearize: (_t, y) => {
      at = y[0]!
    },
    jacobianTangent: (s, k, out) => {
      for (let j = 0; j < 3; j++) {
        out[j] = ((-2 * p[0] * s[j]!) / capacity + (j === 0 ? 1 - (2 * at) / capacity : 0)) * k[0]!
      }
    },
    timeTangent: (_s, out) => out.fill(0),
  }
}

/** Cut back to 0.4 y + p2 y² where y reaches p1 + t/20: the level moves with time and with a parameter. */
function cut(p: Parameters): RootCondition {
  return {
    value: (t, y) => y[0]! - p[1] - drift * t,
    direction: 1,
    apply: (_t, y, s) => {
      const before = y[0]!
      y[0] = 0.4 * before + p[2] * before * before
      if (s === null) return
      for (let j = 0; j < 3; j++) s[j] = (0.4 + 2 * p[2] * before) * s[j]! + (j === 2 ? before * before : 0)
    },
    gradient: (_t, _y, out) => out.set([1, -drift, 0, -1, 0]),
  }
}

function course(p: Parameters, method: Method | 'auto', sensitivities: boolean) {
  return integrate(
    {
      system: growth(p),
      t0: 0,
      y0: Float64Array.of(1),
      t1: 14,
      ...(sensitivities && { sensitivities: new Float64Array(3) }),
    },
    method,
    { rtol: 1e-12, atol: 1e-14 },
    { conditions: [cut(p)] },
  )
}

describe('sensitivities through resets at a level that moves', () => {
  it.each([
    ...methods.filter(({ kind }) => kind !== 'collocation').map((method) => [method.name, method] as const),
    ['auto', 'auto'] as const,
  ])('by %s equal differences to 1e-6', (_name, method) => {
    const carried = course(parameters, method, true)
    expect(carried.outcome.status).toBe('finished')
    expect(carried.trajectory.eventTimes.length).toBeGreaterThan(5)
    const y = new Float64Array(1)
    const s = new Float64Array(3)
    parameters.forEach((value, j) => {
      // central differences at h and 2h, extrapolated
      const h = 1e-4 * value
      const runs = [-2, -1, 1, 2].map((k) => {
        const [rate, level, bend] = parameters.map((own, i) => own + (i === j ? k * h : 0))
        return course([rate!, level!, bend!], method, false).trajectory
      })
      for (const t of [1, 2.5, 4.1, 7.7, 10.3, 14]) {
        carried.trajectory.sensitivities(t, s)
        const [a, b, c, d] = runs.map((run) => {
          run.state(t, y)
          return y[0]!
        })
        const difference = (8 * (c! - b!) - (d! - a!)) / (12 * h)
        expect(Math.abs(s[j]! - difference) / (1 + Math.abs(difference)), `to p${j} at ${t}`).toBeLessThan(1e-6)
      }
    })
  })
})
