import {
  autoMethods,
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
import { stabilityBoundary } from './stability-boundary.ts'

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
/** To which iterations come as near as they can. */
const tight = { rtol: 1e-13, atol: new Float64Array(2).fill(1e-13) }

function stepperAt(method: Method, t: number): Stepper {
  const stepper = createStepper(method, nonautonomous, method.kind === 'collocation' ? tight : tolerances, null)
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
  dop853: [0.00003183725597847866, 0.00009038130148253365, 0.0001416781775325352],
  rodas4: [0.008703909933778894, 0.057259115916836224, 0.034765411386614646],
  rodas5p: [0.001491392774749308, 0.00360229039598783, 0.0008366441496679205],
}

/** Orders of the two embedded formulas where the error is estimated twice. */
const twoEstimates: Record<string, readonly [number, number]> = { dop853: [5, 3] }

/** Lengths of steps, and counts of them in [0, 2], whose errors lie between the series' higher terms and rounding. */
const shortSteps = ({ name }: Method) => fewer[name]?.[0] ?? [0.04, 0.028, 0.02, 0.014, 0.01]
const counts = ({ name }: Method) => fewer[name]?.[1] ?? [64, 96, 128, 192, 256]
const fewer: Record<string, readonly [readonly number[], readonly number[]]> = {
  dop853: [
    [0.125, 0.1, 0.08, 0.06],
    [8, 12, 16, 24, 32],
  ],
  rodas4: [
    [0.04, 0.028, 0.02, 0.014, 0.01],
    [512, 768, 1024, 1536],
  ],
  radau9: [
    [0.16, 0.12, 0.08, 0.06],
    [10, 12, 14, 16, 18],
  ],
  radau13: [[0.3, 0.25, 0.2, 0.16], []],
}

/** High orders show less clearly above rounding. */
const slack = ({ order }: Method) => (order > 5 ? 0.5 : 0.2)

describe('rooted trees', () => {
  it('are as many as there are', () => {
    expect([1, 2, 3, 4, 5].map((order) => rootedTrees(order).length)).toEqual([1, 1, 2, 4, 9])
  })
})

describe.each(tabulated)('the coefficients of $name', (method) => {
  const form = classicalForm(method)
  const trees = (upTo: number) => Array.from({ length: upTo }, (_, i) => rootedTrees(i + 1)).flat()

  it('has rows that belong to its nodes', () => {
    const nodes =
      method.kind === 'explicit' ? [...method.c, ...(method.denseStages ?? []).map(({ c }) => c)] : method.alpha
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

  it('has embedded formulas of the orders of their error estimates, and no higher', () => {
    const estimates =
      method.kind === 'explicit' && method.eLow !== undefined
        ? ([
            [method.e, twoEstimates[method.name]![0]],
            [method.eLow, twoEstimates[method.name]![1]],
          ] as const)
        : ([[method.e, method.errorOrder]] as const)
    for (const [own, order] of estimates) {
      const e = form.weights(own)
      for (const tree of trees(order)) expect(Math.abs(weigh(e, form, tree))).toBeLessThan(2e-13)
      const next = rootedTrees(order + 1).map((tree) => Math.abs(weigh(e, form, tree)))
      expect(Math.max(...next)).toBeGreaterThan(1e-5)
    }
  })

  it('has a continuous extension of its stated order that ends where the step ends', () => {
    for (const theta of [0.1, 0.25, 0.5, 0.7, 0.9, 1]) {
      const weights = form.weights(denseWeights(method, theta))
      for (const tree of trees(method.denseOrder)) {
        expect(Math.abs(weigh(weights, form, tree) - theta ** vertices(tree) / density(tree))).toBeLessThan(1e-12)
      }
    }
    denseWeights(method, 1).forEach((weight, i) => {
      expect(weight).toBeCloseTo(method.b[i] ?? 0, 12)
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

it.each(methods.filter((method) => method.kind === 'explicit'))('$name states how far it is stable', (method) => {
  expect(method.stability).toBe(stabilityBoundary(method))
})

describe.each(methods.filter((method) => method.kind === 'collocation'))('the coefficients of $name', (method) => {
  const { c, gamma, alpha, beta, T, inverseT, e } = method
  const stages = c.length
  const range = Array.from({ length: stages }, (_, i) => i)
  const product = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
    range.map((i) => range.map((j) => sum(range.map((l) => a[i]![l]! * b[l]![j]!))))
  const blocks = range.map((i) =>
    range.map((j) => {
      if (i === 0 || j === 0) return i === j ? gamma : 0
      const pair = Math.floor((i - 1) / 2)
      if (pair !== Math.floor((j - 1) / 2)) return 0
      return i === j ? alpha[pair]! : i < j ? -beta[pair]! : beta[pair]!
    }),
  )
  const inverseA = product(T, product(blocks, inverseT))

  it('are those of collocation at its nodes', () => {
    // A c^(q−1) = c^q / q, for q = 1 … s.
    for (let q = 1; q <= stages; q++) {
      range.forEach((i) => {
        const found = sum(range.map((j) => (inverseA[i]![j]! * c[j]! ** q) / q))
        expect(Math.abs(found - c[i]! ** (q - 1))).toBeLessThan(1e-11)
      })
    }
    product(T, inverseT).forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(i === j ? 1 : 0, 11)
      })
    })
  })

  it('integrate polynomials of degree 2s − 2 exactly', () => {
    // The weights b are those of interpolation; b z = 1/q for c^(q−1), through the last row of A.
    const weights = interpolationWeights(c)
    for (let q = 1; q <= 2 * stages - 1; q++) {
      expect(Math.abs(sum(range.map((j) => weights[j]! * c[j]! ** (q - 1))) - 1 / q)).toBeLessThan(1e-13)
    }
    expect(c.at(-1)).toBe(1)
  })

  it('estimate the error at the order of the collocation polynomial', () => {
    // z of y' = t^(q−1) is c^q / q: the estimate is 1/γ for q = 1 against f(t) there, and e z.
    for (let q = 1; q <= stages; q++) {
      const found = (q === 1 ? 1 / gamma : 0) + sum(range.map((i) => (e[i]! * c[i]! ** q) / q))
      expect(Math.abs(found)).toBeLessThan(1e-13)
    }
    const next = sum(range.map((i) => (e[i]! * c[i]! ** (stages + 1)) / (stages + 1)))
    expect(Math.abs(next)).toBeGreaterThan(1e-6)
  })
})

/** ∫₀¹ of the Lagrange polynomials of the nodes. */
function interpolationWeights(c: readonly number[]): readonly number[] {
  return c.map((own, i) => {
    let polynomial = [1]
    c.forEach((node, j) => {
      if (j === i) return
      const longer = new Array<number>(polynomial.length + 1).fill(0)
      polynomial.forEach((value, k) => {
        longer[k] = longer[k]! - (node * value) / (own - node)
        longer[k + 1] = longer[k + 1]! + value / (own - node)
      })
      polynomial = longer
    })
    return sum(polynomial.map((value, k) => value / (k + 1)))
  })
}

describe.each(methods)('$name', (method) => {
  it('is found by its name', () => {
    expect(methodNamed(method.name)).toBe(method)
  })

  // Steps that are long enough for the error of radau13 to show are too long for its iterations.
  it.skipIf(counts(method).length === 0)('converges at its stated order with fixed steps', () => {
    const errors = counts(method).map((count) => {
      const stepper = stepperAt(method, 0)
      for (let i = 1; i <= count; i++) {
        stepper.attempt((2 * i) / count)
        stepper.accept()
      }
      return distance(stepper.y, 2)
    })
    const order = observedOrder(
      counts(method).map((count) => 2 / count),
      errors,
    )
    expect(Math.abs(order - method.order)).toBeLessThan(slack(method))
  })

  it('interpolates at its stated order', () => {
    const y = new Float64Array(2)
    const errors = shortSteps(method).map((h) => {
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
    expect(Math.abs(observedOrder(shortSteps(method), errors) - (method.denseOrder + 1))).toBeLessThan(slack(method))
  })

  it('estimates its error at the stated order', () => {
    const norms = shortSteps(method).map((h) => stepperAt(method, 0.5).attempt(0.5 + h))
    expect(Math.abs(observedOrder(shortSteps(method), norms) - (method.errorOrder + 1))).toBeLessThan(slack(method))
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
    expect(() => methodNamed('rk4')).toThrow(
      'no method is named "rk4"; there are auto, tsit5, dop853, rodas4, rodas5p, radau9, radau13',
    )
  })
})

describe("the stiff method of 'auto'", () => {
  it('is Radau IIA at 1e-7 and below, but for sensitivities and large systems', () => {
    expect(autoMethods(1e-3).stiff.name).toBe('rodas4')
    expect(autoMethods(2e-7).stiff.name).toBe('rodas5p')
    expect(autoMethods(1e-7).stiff.name).toBe('radau9')
    expect(autoMethods(1e-12, { states: 50 }).stiff.name).toBe('radau9')
    expect(autoMethods(1e-12, { states: 51 }).stiff.name).toBe('rodas5p')
    expect(autoMethods(1e-12, { hasSensitivities: true }).stiff.name).toBe('rodas5p')
  })
})
