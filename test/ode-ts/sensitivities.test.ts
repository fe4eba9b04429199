import {
  createStepper,
  evaluateDense,
  integrate,
  methods,
  type RosenbrockTableau,
  type SensitivitySystem,
  type Tableau,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { add, type Complex, type ComplexSystem, complexStep, real, times } from './complex-step.ts'

/** f = (−p0 y0² + p1 t y1 + t², p0 y0 y1 − p1 y1³ t): nonlinear in everything, and in time. */
function cubic(p: readonly [number, number]): SensitivitySystem {
  let at = { t: 0, y0: 0, y1: 0 }
  return {
    dimension: 2,
    parameterCount: 2,
    derivative(t, y, d) {
      d[0] = -p[0] * y[0]! * y[0]! + p[1] * t * y[1]! + t * t
      d[1] = p[0] * y[0]! * y[1]! - p[1] * y[1]! * y[1]! * y[1]! * t
    },
    jacobian(t, y, J) {
      J[0] = -2 * p[0] * y[0]!
      J[1] = p[1] * t
      J[2] = p[0] * y[1]!
      J[3] = p[0] * y[0]! - 3 * p[1] * y[1]! * y[1]! * t
    },
    timeDerivative(t, y, out) {
      out[0] = p[1] * y[1]! + 2 * t
      out[1] = -p[1] * y[1]! * y[1]! * y[1]!
    },
    tangent(t, y, s, out) {
      const direct = [-y[0]! * y[0]!, y[0]! * y[1]!, t * y[1]!, -y[1]! * y[1]! * y[1]! * t]
      for (let j = 0; j < 2; j++) {
        const [s0, s1] = [s[2 * j]!, s[2 * j + 1]!]
        out[2 * j] = -2 * p[0] * y[0]! * s0 + p[1] * t * s1 + direct[2 * j]!
        out[2 * j + 1] = p[0] * y[1]! * s0 + (p[0] * y[0]! - 3 * p[1] * y[1]! * y[1]! * t) * s1 + direct[2 * j + 1]!
      }
    },
    linearize(t, y) {
      at = { t, y0: y[0]!, y1: y[1]! }
    },
    jacobianTangent(s, k, out) {
      const { t, y0, y1 } = at
      for (let j = 0; j < 2; j++) {
        const [s0, s1] = [s[2 * j]!, s[2 * j + 1]!]
        const J00 = -2 * p[0] * s0 - (j === 0 ? 2 * y0 : 0)
        const J01 = j === 1 ? t : 0
        const J10 = p[0] * s1 + (j === 0 ? y1 : 0)
        const J11 = p[0] * s0 - 6 * p[1] * y1 * t * s1 + (j === 0 ? y0 : -3 * y1 * y1 * t)
        out[2 * j] = J00 * k[0]! + J01 * k[1]!
        out[2 * j + 1] = J10 * k[0]! + J11 * k[1]!
      }
    },
    timeTangent(s, out) {
      const { y1 } = at
      for (let j = 0; j < 2; j++) {
        const s1 = s[2 * j + 1]!
        out[2 * j] = p[1] * s1 + (j === 1 ? y1 : 0)
        out[2 * j + 1] = -3 * p[1] * y1 * y1 * s1 - (j === 1 ? y1 * y1 * y1 : 0)
      }
    },
  }
}

function complexCubic(p: readonly [Complex, Complex]): ComplexSystem {
  const [p0, p1] = p
  const minus = real(-1)
  return {
    derivative: (t, [y0 = real(0), y1 = real(0)]) => [
      add(times(minus, p0, y0, y0), times(p1, real(t), y1), real(t * t)),
      add(times(p0, y0, y1), times(minus, p1, y1, y1, y1, real(t))),
    ],
    jacobian: (t, [y0 = real(0), y1 = real(0)]) => [
      times(real(-2), p0, y0),
      times(p1, real(t)),
      times(p0, y1),
      add(times(p0, y0), times(real(-3 * t), p1, y1, y1)),
    ],
    timeDerivative: (t, [, y1 = real(0)]) => [add(times(p1, y1), real(2 * t)), times(minus, p1, y1, y1, y1)],
  }
}

const parameters = [0.8, 1.3] as const
/** Initial state (1 + p0, p1/2). */
const initial = (p: readonly [number, number]) => Float64Array.of(1 + p[0], 0.5 * p[1])
const initialTangent = Float64Array.of(1, 0, 0, 0.5)
const times0 = [0.2, 0.5, 0.6, 1, 1.2, 1.3]
const thetas = [0.3, 0.8]

/** dy/dp_j of the discrete solution with the steps `times0`, at every θ and end of every step. */
function byComplexStep(method: Tableau | RosenbrockTableau, j: number): readonly number[] {
  const tiny = 1e-40
  const p0 = { re: parameters[0], im: j === 0 ? tiny : 0 }
  const p1 = { re: parameters[1], im: j === 1 ? tiny : 0 }
  const system = complexCubic([p0, p1])
  let y: readonly Complex[] = [add(real(1), p0), times(real(0.5), p1)]
  let t = 0.1
  const found: number[] = []
  for (const end of times0) {
    const step = complexStep(method, system, t, end - t, y)
    for (const theta of thetas) found.push(...step.at(theta).map((value) => value.im / tiny))
    y = step.end
    found.push(...y.map((value) => value.im / tiny))
    t = end
  }
  return found
}

/** Heun–Euler 2(1), not first-same-as-last and with linear interpolation: nothing but its data is needed. */
const heun: Tableau = {
  kind: 'explicit',
  name: 'heun',
  order: 2,
  errorOrder: 1,
  denseOrder: 1,
  c: [0, 1],
  a: [[], [1]],
  b: [0.5, 0.5],
  e: [-0.5, 0.5],
  firstSameAsLast: false,
  stability: 2,
  dense: [[0.5], [0.5]],
  citation: 'K. Heun, Z. Math. Phys. 45, 23–38, 1900',
}

/** Methods whose steps can be differentiated. */
const differentiable = methods.filter((method) => method.kind !== 'collocation')

describe.each([...differentiable, heun])('sensitivities of the steps of $name', (method) => {
  it('are the derivative of the discrete solution', () => {
    const system = cubic([...parameters])
    const stepper = createStepper(method, system, { rtol: 1e-6, atol: new Float64Array(2).fill(1e-6) }, system)
    stepper.start(0.1, initial([...parameters]), initialTangent)
    const coefficients = new Float64Array((2 + stepper.denseRows) * 6)
    const s = new Float64Array(4)
    const found: number[][] = [[], []]
    for (const end of times0) {
      // A longer attempt before must leave no trace.
      stepper.attempt(end + 0.5)
      stepper.attempt(end)
      stepper.accept()
      stepper.dense(coefficients, 0)
      for (const theta of [...thetas, 1]) {
        evaluateDense(coefficients, 0, 6, stepper.denseRows, theta, 2, 4, s)
        found[0]!.push(s[0]!, s[1]!)
        found[1]!.push(s[2]!, s[3]!)
      }
      expect(s).toEqual(stepper.s)
    }
    for (const j of [0, 1]) {
      const expected = byComplexStep(method, j)
      expected.forEach((value, i) => {
        expect(Math.abs(found[j]![i]! - value)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)))
      })
    }
  })
})

describe.each(differentiable)('sensitivities of $name', (method) => {
  it('agree with central differences of the solution', () => {
    const control = { rtol: 1e-10, atol: 1e-12 }
    const solve = (p: [number, number]) => {
      const { trajectory } = integrate({ system: cubic(p), t0: 0, y0: initial(p), t1: 2 }, method, control)
      const y = new Float64Array(2)
      return [0.7, 2].flatMap((t) => {
        trajectory.state(t, y)
        return [...y]
      })
    }
    const { trajectory } = integrate(
      { system: cubic([...parameters]), t0: 0, y0: initial([...parameters]), t1: 2, sensitivities: initialTangent },
      method,
      control,
    )
    const s = new Float64Array(4)
    const step = 1e-5
    for (const j of [0, 1]) {
      const moved = (by: number): [number, number] => [
        parameters[0] + (j === 0 ? by : 0),
        parameters[1] + (j === 1 ? by : 0),
      ]
      const [up, down] = [solve(moved(step)), solve(moved(-step))]
      ;[0.7, 2].forEach((t, k) => {
        trajectory.sensitivities(t, s)
        for (const i of [0, 1]) {
          expect(s[2 * j + i]).toBeCloseTo((up[2 * k + i]! - down[2 * k + i]!) / (2 * step), 5)
        }
      })
    }
  })

  it('leave the states and the steps as they are where they are easier to follow', () => {
    const system: SensitivitySystem = {
      ...cubic([...parameters]),
      tangent: (_t, _y, _s, out) => {
        out.fill(0)
      },
      jacobianTangent: (_s, _k, out) => {
        out.fill(0)
      },
      timeTangent: (_s, out) => {
        out.fill(0)
      },
    }
    const problem = { system, t0: 0, y0: initial([...parameters]), t1: 2 }
    const without = integrate(problem, method)
    const carried = integrate({ ...problem, sensitivities: new Float64Array(4) }, method)
    expect(carried.trajectory.knots).toEqual(without.trajectory.knots)
    expect(carried.statistics).toEqual(without.statistics)
    const [a, b] = [new Float64Array(2), new Float64Array(2)]
    for (const t of [0, 0.3, 1.1, 2]) {
      without.trajectory.state(t, a)
      carried.trajectory.state(t, b)
      expect(b).toEqual(a)
    }
  })

  it('are exact on a linear system, with jumps at doses', () => {
    // y' = −k y, with a dose b at t = 1; parameters k, b.
    const k = 0.7
    const b = 3
    const system: SensitivitySystem = {
      dimension: 1,
      parameterCount: 2,
      derivative: (_t, y, d) => {
        d[0] = -k * y[0]!
      },
      jacobian: (_t, _y, J) => {
        J[0] = -k
      },
      timeDerivative: (_t, _y, out) => {
        out[0] = 0
      },
      tangent: (_t, y, s, out) => {
        out[0] = -k * s[0]! - y[0]!
        out[1] = -k * s[1]!
      },
      linearize: () => {},
      jacobianTangent: (_s, increment, out) => {
        out[0] = -increment[0]!
        out[1] = 0
      },
      timeTangent: (_s, out) => {
        out.fill(0)
      },
    }
    const dose = {
      t: 1,
      apply: (_t: number, y: Float64Array, s: Float64Array | null) => {
        y[0] = y[0]! + b
        if (s !== null) s[1] = s[1]! + 1
      },
    }
    const { trajectory } = integrate(
      { system, t0: 0, y0: Float64Array.of(2), t1: 3, events: [dose], sensitivities: new Float64Array(2) },
      method,
      { rtol: 1e-10, atol: 1e-12 },
    )
    const s = new Float64Array(2)
    for (const t of [0.5, 1, 1.5, 3]) {
      trajectory.sensitivities(t, s)
      const since = t >= 1 ? t - 1 : 0
      const dosed = t >= 1 ? 1 : 0
      expect(s[0]).toBeCloseTo(-2 * t * Math.exp(-k * t) - dosed * b * since * Math.exp(-k * since), 8)
      expect(s[1]).toBeCloseTo(dosed * Math.exp(-k * since), 8)
    }
    trajectory.sensitivities(1, s, 'before')
    expect(s[1]).toBe(0)
  })

  it('may be of no parameters', () => {
    const system = {
      ...cubic([...parameters]),
      parameterCount: 0,
      tangent: () => {},
      jacobianTangent: () => {},
      timeTangent: () => {},
    }
    const { outcome, trajectory } = integrate(
      { system, t0: 0, y0: initial([...parameters]), t1: 2, sensitivities: new Float64Array(0) },
      method,
    )
    expect(outcome.status).toBe('finished')
    trajectory.sensitivities(1, new Float64Array(0))
  })
})

describe('sensitivities', () => {
  it('pass from one method to the other in the automatic choice', () => {
    const system = cubic([...parameters])
    const problem = { system, t0: 0, y0: initial([...parameters]), t1: 40, sensitivities: initialTangent }
    const control = { rtol: 1e-9, atol: 1e-11 }
    const auto = integrate(problem, 'auto', control)
    const one = integrate(problem, methods[1]!, control)
    expect(auto.statistics.jacobianEvaluations).toBeGreaterThan(0)
    expect(auto.statistics.jacobianEvaluations).toBeLessThan(auto.statistics.steps)
    const [a, b] = [new Float64Array(4), new Float64Array(4)]
    for (const t of [1, 10, 39, 40]) {
      auto.trajectory.sensitivities(t, a)
      one.trajectory.sensitivities(t, b)
      a.forEach((value, i) => {
        expect(Math.abs(value - b[i]!)).toBeLessThan(1e-6 * (1 + Math.abs(value)))
      })
    }
  })

  it('need a system that has them', () => {
    const system = { dimension: 1, derivative: () => {} }
    const problem = { system, t0: 0, y0: new Float64Array(1), t1: 1, sensitivities: new Float64Array(1) }
    expect(() => integrate(problem, 'auto')).toThrow(TypeError)
    expect(() => integrate({ ...problem, system: cubic([1, 1]), y0: new Float64Array(2) }, 'auto')).toThrow(
      'sensitivities has 1 entries, but 2 parameters × 2 states need 4',
    )
  })
})
