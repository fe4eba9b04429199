import { type ResidualProblem, type TrustRegionIteration, type TrustRegionResult, trustRegion } from '@cartkin/fitting'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, type Dual, dexp, div, dsqrt, mul, sub, sum } from './dual.ts'
import { dualProblem } from './dual-problem.ts'

function minimize(
  problem: ResidualProblem,
  start: readonly number[],
  maxIterations = 500,
): TrustRegionResult & { readonly trace: readonly TrustRegionIteration[] } {
  const search = trustRegion(problem, Float64Array.from(start), { maxIterations })
  const trace: TrustRegionIteration[] = []
  for (let step = search.next(); ; step = search.next()) {
    if (step.done === true) return { ...step.value, trace }
    trace.push(step.value)
  }
}

const at = (b: readonly Dual[], i: number): Dual => b[i - 1]!

const rosenbrock = (b: readonly Dual[]) => [mul(10, sub(at(b, 2), mul(at(b, 1), at(b, 1)))), sub(1, at(b, 1))]

/** Problems of J. J. Moré, B. S. Garbow, K. E. Hillstrom, ACM TOMS 7:17–41, 1981, with standard starts and minima. */
const problems: readonly {
  readonly name: string
  readonly start: readonly number[]
  readonly minimum: number
  /** Most evaluations: the work this search needs now, with a little room. */
  readonly most: number
  readonly residuals: (b: readonly Dual[]) => readonly Dual[]
}[] = [
  { name: 'Rosenbrock', start: [-1.2, 1], minimum: 0, most: 40, residuals: rosenbrock },
  {
    name: 'Freudenstein and Roth, its local minimum',
    start: [0.5, -2],
    minimum: 48.98425367924,
    most: 60,
    residuals: (b) => {
      const cubic = (c: number, d: number) => mul(add(mul(sub(c, at(b, 2)), at(b, 2)), d), at(b, 2))
      return [
        sum(-13, at(b, 1), cubic(5, -2)),
        sum(-29, at(b, 1), mul(sub(mul(add(at(b, 2), 1), at(b, 2)), 14), at(b, 2))),
      ]
    },
  },
  {
    name: 'Powell badly scaled',
    start: [0, 1],
    minimum: 0,
    most: 130,
    residuals: (b) => [
      sub(mul(1e4, mul(at(b, 1), at(b, 2))), 1),
      sub(add(dexp(mul(-1, at(b, 1))), dexp(mul(-1, at(b, 2)))), 1.0001),
    ],
  },
  {
    name: 'Beale',
    start: [1, 1],
    minimum: 0,
    most: 12,
    residuals: (b) => {
      const power = [at(b, 2), mul(at(b, 2), at(b, 2)), mul(at(b, 2), mul(at(b, 2), at(b, 2)))]
      return [1.5, 2.25, 2.625].map((y, i) => sub(y, mul(at(b, 1), sub(1, power[i]!))))
    },
  },
  {
    name: 'Powell singular',
    start: [3, -1, 0, 1],
    minimum: 0,
    most: 32,
    residuals: (b) => {
      const square = (a: Dual) => mul(a, a)
      return [
        add(at(b, 1), mul(10, at(b, 2))),
        mul(Math.sqrt(5), sub(at(b, 3), at(b, 4))),
        square(sub(at(b, 2), mul(2, at(b, 3)))),
        mul(Math.sqrt(10), square(sub(at(b, 1), at(b, 4)))),
      ]
    },
  },
  {
    name: 'Kowalik and Osborne',
    start: [0.25, 0.39, 0.415, 0.39],
    minimum: 3.0750560385e-4,
    most: 60,
    residuals: (b) => {
      const y = [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246]
      const u = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625]
      return y.map((value, i) => {
        const square = u[i]! * u[i]!
        const top = mul(at(b, 1), add(square, mul(u[i]!, at(b, 2))))
        return sub(value, div(top, sum(square, mul(u[i]!, at(b, 3)), at(b, 4))))
      })
    },
  },
  {
    name: 'variably dimensioned, 10',
    start: Array.from({ length: 10 }, (_, j) => 1 - (j + 1) / 10),
    minimum: 0,
    most: 14,
    residuals: (b) => {
      const s = sum(...b.map((x, j) => mul(j + 1, sub(x, 1))))
      return [...b.map((x) => sub(x, 1)), s, mul(s, s)]
    },
  },
  {
    name: 'Brown almost linear, 10',
    start: new Array<number>(10).fill(0.5),
    minimum: 0,
    most: 25,
    residuals: (b) => [
      ...b.slice(0, -1).map((x) => sum(x, ...b, -11)),
      sub(
        b.reduce<Dual>((product, x) => mul(product, x), add(0, 1)),
        1,
      ),
    ],
  },
  {
    name: 'linear function of rank 1, 5 by 10',
    start: new Array<number>(5).fill(1),
    minimum: (10 * 9) / (2 * 21),
    most: 3,
    residuals: (b) => {
      const s = sum(...b.map((x, j) => mul(j + 1, x)))
      return Array.from({ length: 10 }, (_, i) => sub(mul(i + 1, s), 1))
    },
  },
]

describe('test problems of Moré, Garbow and Hillstrom', () => {
  it.each(problems)('$name', ({ start, minimum, residuals, most }) => {
    const { outcome, evaluation, evaluations, trace } = minimize(dualProblem(start.length, residuals), start)
    expect(outcome.status).toBe('converged')
    expect(evaluation!.objective - minimum).toBeLessThan(1e-8 * Math.max(1, minimum))
    expect(evaluations).toBeLessThanOrEqual(most)
    // the best never gets worse, but for rounding
    for (const [k, { best }] of trace.entries())
      if (k > 0) expect(best).toBeLessThanOrEqual(trace[k - 1]!.best * (1 + 1e-12))
  })
})

describe('laws', () => {
  it('goes the same way whatever the units of the coordinates', () => {
    // powers of two leave no rounding to tell the units apart
    const units = [2 ** -20, 2 ** 10]
    const plain = minimize(dualProblem(2, rosenbrock), [-1.2, 1])
    const scaled = minimize(
      dualProblem(2, (b) => rosenbrock(b.map((x, j) => mul(x, units[j]!)))),
      [-1.2 / units[0]!, 1 / units[1]!],
    )
    expect(scaled.trace.map(({ objective }) => objective)).toEqual(plain.trace.map(({ objective }) => objective))
  })

  it('finds the minimum of bounded linear least squares that trying all sets of active bounds finds', () => {
    const number = fc.integer({ min: -20, max: 20 }).map((k) => k / 4)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((n) =>
          fc.record({
            n: fc.constant(n),
            rows: fc.array(fc.array(number, { minLength: n + 1, maxLength: n + 1 }), {
              minLength: n,
              maxLength: n + 3,
            }),
            lower: fc.array(fc.integer({ min: -8, max: 0 }), { minLength: n, maxLength: n }),
            width: fc.array(fc.integer({ min: 1, max: 10 }), { minLength: n, maxLength: n }),
          }),
        ),
        ({ n, rows, lower, width }) => {
          const upper = lower.map((l, j) => l + width[j]!)
          const problem = dualProblem(
            n,
            (b) => rows.map((row) => sub(sum(...b.map((x, j) => mul(row[j]!, x))), row[n]!)),
            { lower, upper },
          )
          const { evaluation, x, outcome } = minimize(
            problem,
            lower.map((l, j) => (l + upper[j]!) / 2),
          )
          expect(outcome.status).toBe('converged')
          x.forEach((value, j) => {
            expect(value).toBeGreaterThanOrEqual(lower[j]!)
            expect(value).toBeLessThanOrEqual(upper[j]!)
          })
          expect(evaluation!.objective).toBeLessThanOrEqual(bestOverFaces(rows, lower, upper) + 1e-9)
        },
      ),
      { numRuns: 150, seed: 7 },
    )
  })

  it('ends exactly on a bound that holds the minimum back', () => {
    const { x, outcome } = minimize(dualProblem(2, rosenbrock, { lower: [-2, -2], upper: [0.8, 2] }), [-1.2, 1])
    expect(outcome).toEqual({ status: 'converged', reason: 'gradient' })
    expect(x[0]).toBe(0.8)
    expect(x[1]).toBeCloseTo(0.64, 9)
  })
})

describe('points that cannot be evaluated', () => {
  // NaN left of b = 1, where the minimum of a naive step lies
  const walled = (wall: number): ResidualProblem => {
    const inner = dualProblem(1, (b) => [sub(dexp(at(b, 1)), 3.5), mul(0.1, at(b, 1))])
    return {
      ...inner,
      evaluate: (x) => (x[0]! < wall ? { status: 'failed', reason: 'beyond the wall' } : inner.evaluate(x)),
    }
  }

  it('are stepped short of, and the minimum is found', () => {
    const free = minimize(walled(-Infinity), [6])
    const held = minimize(walled(1), [6])
    expect(free.outcome.status).toBe('converged')
    expect(held.x[0]).toBeCloseTo(free.x[0]!, 9)
  })

  it('are the reason of a search that cannot go on, which keeps its best', () => {
    const { outcome, x, evaluation, trace } = minimize(walled(2), [6])
    expect(outcome.status).toBe('failed')
    expect(outcome).toHaveProperty('message', expect.stringContaining('beyond the wall'))
    expect(x[0]).toBeGreaterThan(2)
    expect(x[0]).toBeLessThan(2.01)
    expect(evaluation!.objective).toBe(trace.at(-1)!.best)
    expect(trace.some(({ objective, accepted }) => Number.isNaN(objective) && !accepted)).toBe(true)
  })

  it('are a failure with their reason when the search starts there', () => {
    expect(minimize(walled(7), [6])).toMatchObject({
      outcome: { status: 'failed', message: 'the objective cannot be evaluated at the start values: beyond the wall' },
      evaluation: null,
    })
    const notANumber = dualProblem(1, (b) => [dsqrt(at(b, 1))])
    expect(minimize(notANumber, [-1]).outcome.status).toBe('failed')
  })
})

it('says when the objective jumps instead of calling it converged', () => {
  // derivative of a slope, value of a staircase that rises along it
  const staircase: ResidualProblem = {
    ...dualProblem(1, (b) => [at(b, 1)]),
    evaluate: (x) => {
      const value = 10 - 0.5 * (x[0]! - 10)
      return {
        status: 'evaluated',
        objective: value * value,
        scale: value * value,
        rows: 2,
        residuals: Float64Array.of(value, 1),
        jacobian: Float64Array.of(1, 0),
      }
    },
  }
  expect(minimize(staircase, [10]).outcome).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('jumps'),
  })
})

it('does not take a point for a minimum because it lies far below an enormous start', () => {
  // Brown almost linear in 30 dimensions from five: the product is 10^20 there, and a million where 10^-30 of that is left
  const brown = (b: readonly Dual[]) => [
    ...b.slice(0, -1).map((x) => sum(x, ...b, -31)),
    sub(
      b.reduce<Dual>((product, x) => mul(product, x), add(0, 1)),
      1,
    ),
  ]
  const { outcome, evaluation } = minimize(dualProblem(30, brown), new Array<number>(30).fill(5))
  expect(outcome.status).toBe('converged')
  const { rows, residuals, jacobian, objective } = evaluation!
  for (let j = 0; j < 30; j++) {
    let slope = 0
    let length = 0
    for (let i = 0; i < rows; i++) {
      slope += jacobian[i * 30 + j]! * residuals[i]!
      length += jacobian[i * 30 + j]! * jacobian[i * 30 + j]!
    }
    expect(Math.abs(slope)).toBeLessThan(1e-8 * Math.sqrt(length * objective))
  }
})

it('stops when asked, with the best point', () => {
  let asked = 0
  const search = trustRegion(dualProblem(2, rosenbrock), Float64Array.of(-1.2, 1), { shouldStop: () => ++asked > 4 })
  let step = search.next()
  let best = Infinity
  while (step.done !== true) {
    best = step.value.best
    step = search.next()
  }
  expect(step.value).toMatchObject({ outcome: { status: 'stopped' }, iterations: 4 })
  expect(step.value.evaluation?.objective).toBe(best)
})

/** Least objective over all choices of each coordinate at its lower bound, at its upper bound, or free (if then inside). */
function bestOverFaces(
  rows: readonly (readonly number[])[],
  lower: readonly number[],
  upper: readonly number[],
): number {
  const n = lower.length
  let best = Infinity
  for (let choice = 0; choice < 3 ** n; choice++) {
    const digits = Array.from({ length: n }, (_, j) => Math.floor(choice / 3 ** j) % 3)
    const free = digits.flatMap((d, j) => (d === 2 ? [j] : []))
    const x = digits.map((d, j) => (d === 0 ? lower[j]! : d === 1 ? upper[j]! : 0))
    const solved = solveNormal(
      rows.map((row) => free.map((j) => row[j]!)),
      rows.map((row) => row[n]! - x.reduce((s, value, j) => s + row[j]! * value, 0)),
    )
    if (solved === null) continue
    free.forEach((j, k) => {
      x[j] = solved[k]!
    })
    if (free.some((j) => x[j]! < lower[j]! - 1e-12 || x[j]! > upper[j]! + 1e-12)) continue
    const objective = rows.reduce((s, row) => {
      const r = x.reduce((t, value, j) => t + row[j]! * value, -row[n]!)
      return s + r * r
    }, 0)
    best = Math.min(best, objective)
  }
  return best
}

/** Normal equations by Gaussian elimination; null where singular. */
function solveNormal(a: readonly (readonly number[])[], b: readonly number[]): readonly number[] | null {
  const n = a[0]?.length ?? 0
  const m = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => a.reduce((s, row) => s + row[i]! * row[j]!, 0)),
    a.reduce((s, row, k) => s + row[i]! * b[k]!, 0),
  ])
  for (let c = 0; c < n; c++) {
    const pivot = m.slice(c).reduce((p, row, k) => (Math.abs(row[c]!) > Math.abs(m[p]![c]!) ? c + k : p), c)
    ;[m[c], m[pivot]] = [m[pivot]!, m[c]!]
    if (Math.abs(m[c]![c]!) < 1e-9) return null
    for (let i = 0; i < n; i++) {
      if (i === c) continue
      const factor = m[i]![c]! / m[c]![c]!
      for (let j = c; j <= n; j++) m[i]![j] = m[i]![j]! - factor * m[c]![j]!
    }
  }
  return m.map((row, i) => row[n]! / row[i]!)
}
