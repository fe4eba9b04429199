import { nelderMead, type ResidualProblem, type TrustRegionIteration, type TrustRegionResult } from '@cartkin/fitting'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** A problem that has values alone: asked for derivatives it fails. */
function valuesOnly(
  dimension: number,
  objective: (x: readonly number[]) => number,
  bounds: { readonly lower?: readonly number[]; readonly upper?: readonly number[] } = {},
): ResidualProblem {
  return {
    dimension,
    lower: Float64Array.from(bounds.lower ?? new Array<number>(dimension).fill(-Infinity)),
    upper: Float64Array.from(bounds.upper ?? new Array<number>(dimension).fill(Infinity)),
    longestStep: new Float64Array(dimension).fill(Infinity),
    exactResiduals: false,
    evaluate(x, derivatives = true) {
      if (derivatives) return { status: 'failed', reason: 'there are no derivatives' }
      const value = objective(Array.from(x))
      return {
        status: 'evaluated',
        objective: value,
        scale: 1,
        rows: 0,
        residuals: new Float64Array(0),
        jacobian: new Float64Array(0),
      }
    },
  }
}

function minimize(
  problem: ResidualProblem,
  start: readonly number[],
): TrustRegionResult & { readonly trace: readonly TrustRegionIteration[] } {
  const search = nelderMead(problem, Float64Array.from(start))
  const trace: TrustRegionIteration[] = []
  for (let step = search.next(); ; step = search.next()) {
    if (step.done === true) return { ...step.value, trace }
    trace.push(step.value)
  }
}

const rosenbrock = (x: readonly number[]): number => {
  let sum = 0
  for (let j = 0; j + 1 < x.length; j++) {
    const a = x[j + 1]! - x[j]! * x[j]!
    const b = 1 - x[j]!
    sum += 100 * a * a + b * b
  }
  return sum
}

describe('the simplex', () => {
  it('finds the bottom of quadratic bowls of any shape, within bounds where they hold it back', () => {
    const entry = fc.integer({ min: -8, max: 8 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((n) =>
          fc.record({
            bottom: fc.array(entry, { minLength: n, maxLength: n }),
            start: fc.array(entry, { minLength: n, maxLength: n }),
            // axes of a bowl: condition up to 10^4, and one held back by a bound
            stretch: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n }),
            bounded: fc.boolean(),
          }),
        ),
        ({ bottom, start, stretch, bounded }) => {
          const upper = bottom.map((b, j) => (bounded && j === 0 ? b - 1 : Infinity))
          const bowl = (x: readonly number[]) =>
            x.reduce((sum, value, j) => sum + 10 ** (stretch[j]! - 2) * (value - bottom[j]!) * (value - bottom[j]!), 0)
          const { outcome, x } = minimize(valuesOnly(bottom.length, bowl, { upper }), start)
          expect(outcome.status).toBe('converged')
          const best = Array.from(x)
          const least = bounded ? 10 ** (stretch[0]! - 2) : 0
          expect(bowl(best) - least).toBeLessThan(1e-7)
          if (bounded) expect(best[0]).toBeLessThanOrEqual(upper[0]!)
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([2, 3, 5])('walks the curved valley of Rosenbrock in %i dimensions', (n) => {
    const start = Array.from({ length: n }, (_, j) => (j % 2 === 0 ? -1.2 : 1))
    const { outcome, x, trace } = minimize(valuesOnly(n, rosenbrock), start)
    expect(outcome.status).toBe('converged')
    for (const value of x) expect(value).toBeCloseTo(1, 4)
    for (const [k, { best }] of trace.entries()) if (k > 0) expect(best).toBeLessThanOrEqual(trace[k - 1]!.best)
  })

  it('ends on the bounds that hold the minimum back, both in a corner and along a face', () => {
    const problem = valuesOnly(2, rosenbrock, { lower: [-2, -2], upper: [0.8, 2] })
    const { x, outcome } = minimize(problem, [-1.2, 1])
    expect(outcome.status).toBe('converged')
    expect(x[0]).toBe(0.8)
    expect(x[1]).toBeCloseTo(0.64, 5)
    const corner = minimize(
      valuesOnly(2, ([a = 0, b = 0]) => a + 2 * b, { lower: [-1, 3], upper: [5, 9] }),
      [4, 8],
    )
    expect(Array.from(corner.x)).toEqual([-1, 3])
  })

  it('goes round regions where the objective cannot be evaluated', () => {
    // not a number left of x = 0.5 and in a disc on the way
    const holed = valuesOnly(2, ([a = 0, b = 0]) => {
      if (a < 0.5 || (a - 2) * (a - 2) + (b - 2) * (b - 2) < 0.25) return NaN
      return (a - 0.6) * (a - 0.6) + (b - 0.6) * (b - 0.6)
    })
    const { x, outcome } = minimize(holed, [4, 4])
    expect(outcome.status).toBe('converged')
    expect(x[0]).toBeCloseTo(0.6, 5)
    expect(x[1]).toBeCloseTo(0.6, 5)
  })

  it('says so where the start cannot be evaluated', () => {
    expect(
      minimize(
        valuesOnly(1, () => NaN),
        [1],
      ).outcome,
    ).toEqual({
      status: 'failed',
      message: 'the objective cannot be evaluated at the start values: the objective is NaN',
    })
  })

  it('finds minima on kinks and steps, which have no gradient', () => {
    const kinked = minimize(
      valuesOnly(
        3,
        (x) => x.reduce((sum, value, j) => sum + (j + 1) * Math.abs(value - j), 0) + Math.abs(x[0]! + x[1]! - x[2]!),
      ),
      [3, -2, 5],
    )
    expect(kinked.outcome.status).toBe('converged')
    expect(kinked.trace.at(-1)!.best).toBeCloseTo(1, 5)
    const stairs = minimize(
      valuesOnly(1, ([a = 0]) => Math.floor(10 * Math.abs(a - 3)) + Math.abs(a - 3)),
      [20],
    )
    expect(stairs.x[0]).toBeCloseTo(3, 5)
  })

  it('restarts where the simplex has closed on a ridge that is no minimum', () => {
    const ridge = (x: readonly number[]) =>
      x.slice(1).reduce((sum, value, j) => sum + 100 * Math.abs(value - x[j]!), (x[0]! - 5) * (x[0]! - 5))
    const { outcome, trace } = minimize(valuesOnly(3, ridge), [-3.3, -2.3, -1.3])
    expect(outcome.status).toBe('converged')
    expect(trace.at(-1)!.best).toBeLessThan(1e-8)
  })

  it('leaves a corner of the bounds along a narrow valley', () => {
    const valley = (x: readonly number[]) =>
      x.reduce((sum, value, j) => sum + (value - j) * (value - j), 1000 * (x[0]! - x[1]!) * (x[0]! - x[1]!))
    const bounds = { lower: [0, 0, 0, 0], upper: [5, 5, 5, 5] }
    const { trace } = minimize(valuesOnly(4, valley, bounds), [5, 5, 5, 5])
    expect(trace.at(-1)!.best).toBeCloseTo(0.5 - 0.25 / 1000.5, 5)
  })

  it('takes axes of unlike length, condition 10^10 in six dimensions', () => {
    const bowl = (x: readonly number[]) =>
      x.reduce((sum, value, j) => sum + 10 ** (2 * j) * (value - 1) * (value - 1), 0)
    const { outcome, trace } = minimize(valuesOnly(6, bowl), [-2, -3, -4, -5, -6, -7])
    expect(outcome.status).toBe('converged')
    expect(trace.at(-1)!.best).toBeLessThan(1e-8)
  })

  it('restarts where the simplex collapses short of the minimum (McKinnon)', () => {
    // K. I. M. McKinnon, SIAM J. Optim. 9:148, 1998: τ = 2, θ = 6, φ = 60
    const mckinnon = ([a = 0, b = 0]: readonly number[]) => (a <= 0 ? 360 * a * a : 6 * a * a) + b + b * b
    const { x } = minimize(valuesOnly(2, mckinnon), [1, 1])
    expect(x[0]).toBeCloseTo(0, 4)
    expect(x[1]).toBeCloseTo(-0.5, 4)
  })
})
