import {
  createStepper,
  evaluateDense,
  type Method,
  methodNamed,
  methods,
  type RosenbrockTableau,
  rodas5p,
  type Stepper,
  type System,
  type Tableau,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { classicalForm, density, rootedTrees, vertices, weigh } from './order-conditions.ts'

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/** Methods given by their weights. */
type Tabulated = Tableau | RosenbrockTableau
const tabulated = methods.filter((method): method is Tabulated => method.kind !== 'collocation')

/** Weights of the stage vectors in y(θ) − y0. */
function denseWeights(method: Tabulated, theta: number): readonly number[] {
  if (method.kind === 'explicit') {
    return method.dense.map((row) => row.reduceRight((value, coefficient) => (value + coefficient) * theta, 0))
  }
  return method.b.map((b, i) => {
    const bend = method.dense.reduceRight((value, row) => row[i]! + theta * value, 0)
    return theta * (b + (1 - theta) * bend)
  })
}

/** A rotation that grows faster with time and radius; y = (cos φ, sin φ) with φ = t + t²/2. */
const nonautonomous: System = {
  dimension: 2,
  derivative(t, y, d) {
    const w = (y[0]! * y[0]! + y[1]! * y[1]!) * (1 + t)
    d[0] = -w * y[1]!
    d[1] = w * y[0]!
  },
  jacobian(t, y, J) {
    const w = (y[0]! * y[0]! + y[1]! * y[1]!) * (1 + t)
    J[0] = -2 * (1 + t) * y[0]! * y[1]!
    J[1] = -2 * (1 + t) * y[1]! * y[1]! - w
    J[2] = 2 * (1 + t) * y[0]! * y[0]! + w
    J[3] = 2 * (1 + t) * y[0]! * y[1]!
  },
  timeDerivative(_t, y, out) {
    const r = y[0]! * y[0]! + y[1]! * y[1]!
    out[0] = -r * y[1]!
    out[1] = r * y[0]!
  },
}
const exact = (t: number) => [Math.cos(t + (t * t) / 2), Math.sin(t + (t * t) / 2)] as const
const tolerances = { rtol: 1e-6, atol: new Float64Array(2).fill(1e-6) }

function stepperAt(method: Method, t: number): Stepper {
  const stepper = createStepper(method, nonautonomous, tolerances, null)
  stepper.start(t, Float64Array.from(exact(t)), null)
  return stepper
}

function distance(y: Float64Array, t: number): number {
  const truth = exact(t)
  return Math.sqrt((y[0]! - truth[0]) * (y[0]! - truth[0]) + (y[1]! - truth[1]) * (y[1]! - truth[1]))
}

/** Slope of log(error) against log(h) by least squares. */
function observedOrder(h: readonly number[], error: readonly number[]): number {
  const x = h.map(Math.log)
  const y = error.map(Math.log)
  const [mx, my] = [sum(x) / x.length, sum(y) / y.length]
  return sum(x.map((v, i) => (v - mx) * (y[i]! - my))) / sum(x.map((v) => (v - mx) * (v - mx)))
}

/** Norm over the trees of the next order of the residuals of the interpolant at θ = 0.3, 0.6, 0.9. */
const principalErrors: Record<string, readonly number[]> = {
  tsit5: [0.0025039308153621967, 0.0010584524413725295, 0.0007479486127585478],
  rodas5p: [0.001491392774749308, 0.00360229039598783, 0.0008366441496679205],
}

const shortSteps = [0.04, 0.028, 0.02, 0.014, 0.01]

describe('rooted trees', () => {
  it('are as many as there are', () => {
    expect([1, 2, 3, 4, 5].map((order) => rootedTrees(order).length)).toEqual([1, 1, 2, 4, 9])
  })
})

describe.each(tabulated)('the coefficients of $name', (method) => {
  const form = classicalForm(method)
  const trees = (upTo: number) => Array.from({ length: upTo }, (_, i) => rootedTrees(i + 1)).flat()

  it('has rows that belong to its nodes', () => {
    const nodes = method.kind === 'explicit' ? method.c : method.alpha
    form.alpha.forEach((row, i) => {
      expect(sum(row)).toBeCloseTo(nodes[i]!, 12)
    })
    if (method.kind === 'rosenbrock') {
      form.beta.forEach((row, i) => {
        expect(sum(row) - sum(form.alpha[i]!)).toBeCloseTo(method.gammaSum[i]!, 12)
      })
    }
  })

  it('fulfils the order conditions', () => {
    const b = form.weights(method.b)
    for (const tree of trees(method.order))
      expect(Math.abs(weigh(b, form, tree) - 1 / density(tree))).toBeLessThan(2e-13)
  })

  it('has an embedded formula of the order of its error estimate, and no higher', () => {
    const e = form.weights(method.e)
    for (const tree of trees(method.errorOrder)) expect(Math.abs(weigh(e, form, tree))).toBeLessThan(2e-13)
    const next = rootedTrees(method.errorOrder + 1).map((tree) => Math.abs(weigh(e, form, tree)))
    expect(Math.max(...next)).toBeGreaterThan(1e-5)
  })

  it('has a continuous extension of its stated order that ends where the step ends', () => {
    for (const theta of [0.1, 0.25, 0.5, 0.7, 0.9, 1]) {
      const weights = form.weights(denseWeights(method, theta))
      for (const tree of trees(method.denseOrder)) {
        expect(Math.abs(weigh(weights, form, tree) - theta ** vertices(tree) / density(tree))).toBeLessThan(1e-12)
      }
    }
    denseWeights(method, 1).forEach((weight, i) => {
      expect(weight).toBeCloseTo(method.b[i]!, 12)
    })
  })

  it('has the principal error of its interpolant that it always had', () => {
    // Order conditions leave the weights of the last stages of Rodas5P free.
    const residuals = [0.3, 0.6, 0.9].map((theta) => {
      const weights = form.weights(denseWeights(method, theta))
      const squares = rootedTrees(method.denseOrder + 1).map((tree) => {
        const residual = weigh(weights, form, tree) - theta ** vertices(tree) / density(tree)
        return residual * residual
      })
      return Math.sqrt(sum(squares))
    })
    residuals.forEach((residual, i) => {
      expect(residual).toBeCloseTo(principalErrors[method.name]![i]!, 11)
    })
  })
})

describe.each(methods)('$name', (method) => {
  it('is found by its name', () => {
    expect(methodNamed(method.name)).toBe(method)
  })

  it('converges at its stated order with fixed steps', () => {
    const counts = [64, 96, 128, 192, 256]
    const errors = counts.map((count) => {
      const stepper = stepperAt(method, 0)
      for (let i = 1; i <= count; i++) {
        stepper.attempt((2 * i) / count)
        stepper.accept()
      }
      return distance(stepper.y, 2)
    })
    const order = observedOrder(
      counts.map((count) => 2 / count),
      errors,
    )
    expect(Math.abs(order - method.order)).toBeLessThan(0.2)
  })

  it('interpolates at its stated order', () => {
    const y = new Float64Array(2)
    const errors = shortSteps.map((h) => {
      const stepper = stepperAt(method, 0.5)
      stepper.attempt(0.5 + h)
      stepper.accept()
      const coefficients = new Float64Array((2 + stepper.denseRows) * 2)
      stepper.dense(coefficients, 0)
      const at = [0.2, 0.4, 0.6, 0.8].map((theta) => {
        evaluateDense(coefficients, 0, 2, stepper.denseRows, theta, 0, 2, y)
        return distance(y, 0.5 + theta * h)
      })
      return Math.max(...at)
    })
    expect(Math.abs(observedOrder(shortSteps, errors) - (method.denseOrder + 1))).toBeLessThan(0.2)
  })

  it('estimates its error at the stated order', () => {
    const norms = shortSteps.map((h) => stepperAt(method, 0.5).attempt(0.5 + h))
    expect(Math.abs(observedOrder(shortSteps, norms) - (method.errorOrder + 1))).toBeLessThan(0.2)
  })

  it('gives the ends of a step exactly from its continuous extension', () => {
    const stepper = stepperAt(method, 0.5)
    const before = stepper.y.slice()
    stepper.attempt(0.8)
    stepper.accept()
    const coefficients = new Float64Array((2 + stepper.denseRows) * 2)
    stepper.dense(coefficients, 0)
    const y = new Float64Array(2)
    evaluateDense(coefficients, 0, 2, stepper.denseRows, 0, 0, 2, y)
    expect(y).toEqual(before)
    evaluateDense(coefficients, 0, 2, stepper.denseRows, 1, 0, 2, y)
    expect(y).toEqual(stepper.y)
  })

  it('gives the same bits whatever was tried before', () => {
    const once = stepperAt(method, 0.5)
    const norm = once.attempt(0.6)
    const again = stepperAt(method, 0.5)
    again.attempt(2.5)
    again.attempt(0.9)
    expect(again.attempt(0.6)).toBe(norm)
    once.accept()
    again.accept()
    expect(again.y).toEqual(once.y)
  })
})

describe('the matrix of a Rosenbrock step', () => {
  it('is decomposed with row exchanges', () => {
    // The first entry of I/(hγ) − J vanishes.
    const h = 0.5
    const rate = 1 / (h * rodas5p.gamma)
    const system: System = {
      dimension: 2,
      derivative(_t, y, d) {
        d[0] = rate * y[0]! + y[1]!
        d[1] = -y[0]!
      },
      jacobian: (_t, _y, J) => J.set([rate, 1, -1, 0]),
      timeDerivative: (_t, _y, out) => out.fill(0),
    }
    const stepper = createStepper(rodas5p, system, tolerances, null)
    stepper.start(0, Float64Array.of(0, 1), null)
    expect(Number.isFinite(stepper.attempt(h))).toBe(true)
    expect(stepper.singular).toBe(false)
  })
})

describe('methodNamed', () => {
  it('knows auto and names what there is', () => {
    expect(methodNamed('auto')).toBe('auto')
    expect(() => methodNamed('rk4')).toThrow('no method is named "rk4"; there are auto, tsit5, rodas5p')
  })
})
