import { libraryModel } from '@cartkin/cart-models'
import {
  type EstimatedParameter,
  type FitProblem,
  fit,
  nelderMead,
  objectiveAt,
  type ResidualProblem,
  type TrustRegionResult,
  trustRegion,
} from '@cartkin/fitting'
import { compileModel, parseModel } from '@cartkin/model'
import { exp, log, randomStream } from '@cartkin/numerics'
import { parameterVector } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { KinksHeld } from '../../packages/fitting/src/search/kinks-held.ts'
import { add, type Dual, dexp, mul, sub } from './dual.ts'
import { dualProblem } from './dual-problem.ts'
import { steinCourse } from './stein-patients.ts'

function minimize(problem: ResidualProblem, start: readonly number[]): TrustRegionResult {
  const search = trustRegion(problem, Float64Array.from(start))
  for (let step = search.next(); ; step = search.next()) if (step.done === true) return step.value
}

const at = (b: readonly Dual[], j: number): Dual => b[j]!
const size = (a: Dual): Dual => (a.value < 0 ? mul(-1, a) : a)
const larger = (a: Dual, b: Dual): Dual => (a.value < b.value ? b : a)

describe('corners of known place', () => {
  it('|x − 1| beside a parabola', () => {
    const corner = dualProblem(2, (b) => [
      add(2, size(sub(at(b, 0), 1))),
      sub(at(b, 0), 1.5),
      sub(at(b, 1), mul(at(b, 0), at(b, 0))),
    ])
    for (const start of [
      [3, -2],
      [-4, 7],
      [1, 0],
      [0.999, 1.1],
    ]) {
      const { outcome, kinks, x, evaluations } = minimize(corner, start)
      expect(outcome).toEqual({ status: 'converged', reason: 'kink' })
      expect(kinks).toEqual([0])
      expect(x[0]).toBeCloseTo(1, 11)
      expect(x[1]).toBeCloseTo(1, 8)
      expect(evaluations).toBeLessThan(60)
    }
  })

  it('the larger of two functions, squared', () => {
    // (x + 3)² and (2 − x)² + … meet at x = −1/2 whatever y is
    const upper = dualProblem(2, (b) => [larger(add(3, at(b, 0)), sub(2, at(b, 0))), sub(at(b, 1), dexp(at(b, 0)))])
    const { outcome, x, evaluation } = minimize(upper, [4, 4])
    expect(outcome).toEqual({ status: 'converged', reason: 'kink' })
    expect(x[0]).toBeCloseTo(-0.5, 11)
    expect(evaluation!.objective).toBeCloseTo(6.25, 10)
  })

  it('two corners at once, and the rest on the way along both', () => {
    const both = dualProblem(4, (b) => [
      add(1, size(sub(at(b, 0), 2))),
      add(1, mul(3, size(sub(at(b, 1), 5)))),
      mul(0.1, sub(at(b, 2), mul(at(b, 0), at(b, 1)))),
      mul(0.2, sub(at(b, 3), at(b, 2))),
    ])
    for (const start of [
      [6, 9, 1, 1],
      [0, 0, 0, 0],
      [1.9, 30, -20, 4],
    ]) {
      const { outcome, kinks, x } = minimize(both, start)
      expect(outcome).toEqual({ status: 'converged', reason: 'kink' })
      expect(kinks).toEqual([0, 1])
      Array.from(x).forEach((value, j) => {
        expect(value).toBeCloseTo([2, 5, 10, 10][j]!, 7)
      })
    }
  })

  it('leaves a corner to the side on which the objective falls', () => {
    // steeper beyond 1, falling on to 3
    const bend = (b: readonly Dual[]) => {
      const x = at(b, 0)
      return [x.value < 1 ? sub(x, 3) : mul(0.2, sub(x, 11)), mul(3, sub(at(b, 1), mul(x, x)))]
    }
    const { outcome, x } = minimize(dualProblem(2, bend), [-3, 5])
    expect(outcome.status).toBe('converged')
    expect(x[0]).toBeCloseTo(11, 6)
  })

  it('holds a corner while both sides rise, and leaves it to the one that falls', () => {
    let goal = 2
    const pulled = dualProblem(2, (b) => [
      add(2, size(sub(at(b, 0), 1))),
      mul(0.6, sub(at(b, 0), at(b, 1))),
      mul(100, sub(at(b, 1), goal)),
    ])
    const pointAt = (x: number, y: number) => {
      const evaluation = pulled.evaluate(Float64Array.of(x, y))
      if (evaluation.status !== 'evaluated') throw new Error(evaluation.status)
      return { x: Float64Array.of(x, y), evaluation }
    }
    const scaling = Float64Array.of(1, 1)
    const kinks = new KinksHeld(pulled, 1e-12)
    expect(kinks.rejected(pointAt(1.4, 2), pointAt(-1, 2), scaling).status).toBe('unmoved')
    const found = kinks.rejected(pointAt(1.4, 2), pointAt(0.4, 2), scaling)
    expect(found.to?.x[0]).toBeCloseTo(1, 11)
    expect(kinks.coordinates).toEqual([0])
    expect(kinks.confined.lower[0]).toBe(kinks.confined.upper[0])
    expect(kinks.leave(pointAt(1, 2), scaling).status).toBe('unmoved')
    expect(kinks.coordinates).toEqual([0])
    goal = 20
    const left = kinks.leave(pointAt(1, 20), scaling)
    expect(left.to?.x[0]).toBeGreaterThan(1)
    expect(kinks.coordinates).toEqual([])
    expect(kinks.confined.upper[0]).toBe(Infinity)
  })

  it('has the same minimum whatever the units of the coordinates', () => {
    const residuals = (x: Dual, y: Dual) => [
      add(2, size(sub(x, 10))),
      mul(0.3, sub(y, x)),
      sub(dexp(mul(-0.1, y)), 0.2),
    ]
    const linear = minimize(
      dualProblem(2, (b) => residuals(at(b, 0), at(b, 1))),
      [4, 30],
    )
    const logarithmic = minimize(
      dualProblem(2, (b) => residuals(dexp(at(b, 0)), dexp(at(b, 1)))),
      [log(4), log(30)],
    )
    expect(linear.outcome).toEqual(logarithmic.outcome)
    expect(logarithmic.x[0]).toBeCloseTo(log(10), 11)
    expect(logarithmic.evaluation!.objective).toBeCloseTo(linear.evaluation!.objective, 9)
  })
})

describe('what is no kink', () => {
  it('a jump of the objective is told as one', () => {
    const jump = dualProblem(1, (b) => [at(b, 0).value > 1 ? at(b, 0) : sub(6, at(b, 0))])
    expect(minimize(jump, [3]).outcome).toMatchObject({ status: 'failed', message: expect.stringContaining('jumps') })
  })

  it('a combination of coordinates that makes the surface is left to a search without derivatives', () => {
    const slant = dualProblem(2, (b) => [
      add(1, size(sub(add(at(b, 0), at(b, 1)), 3))),
      mul(0.1, sub(at(b, 0), mul(2, at(b, 1)))),
    ])
    expect(minimize(slant, [4, 5]).outcome.status).toBe('failed')
  })
})

const entry = libraryModel('stein-2019')
const parsed = parseModel(entry.text)
if (!parsed.ok) throw new Error(entry.id)
const { model } = parsed
const compiled = compileModel(model)
const names = ['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta'] as const
const typical = { foldx: 3900, Tmax: 9.3, Cmax: 24000, alpha: 0.16, FB: 0.0079, beta: 0.0032 }

function steinProblem(
  courses: readonly (readonly { readonly time: number; readonly value: number }[])[],
  start: Readonly<Record<(typeof names)[number], number>> = typical,
  scale: EstimatedParameter['scale'] = 'log',
): FitProblem {
  return {
    model: compiled,
    parameters: parameterVector(model),
    errorParameters: {},
    estimated: names.map((name) => ({
      name,
      start: start[name],
      lower: typical[name] / 1000,
      upper: typical[name] * 1000,
      scale: name === 'Tmax' ? scale : 'log',
    })),
    endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'given' } }],
    subjects: courses.map((course, k) => ({
      id: `P${k + 1}`,
      start: 0,
      records: [],
      parameters: {},
      observations: course.map(({ time, value }) => ({ endpoint: 0, time, value, sd: 0.3 })),
    })),
  }
}

/** A course whose peak is measured higher than any smooth summit through its neighbours: the best Tmax is the day of it. */
const peaked = (time: number, excess: number) =>
  [1, 2, 4, 6, 8, 10, 12, 14, 17, 21, 28, 60, 90, 180].map((day) => ({
    time: day,
    value: steinCourse({ ...typical, Tmax: time }, day) * (day === time ? excess : 1),
  }))

describe('a switch time that meets an observation', () => {
  it('is estimated at the corner, which the result tells in words', async () => {
    const result = await fit(steinProblem([peaked(10, 2)], { ...typical, Tmax: 7 }))
    expect(result.outcome).toEqual({ status: 'converged', reason: 'kink' })
    expect(result.kinks).toEqual([
      {
        name: 'Tmax',
        value: expect.closeTo(10, 10),
        message: expect.stringContaining('Tmax 10 is a time of observation'),
      },
    ])
    const [foldx, Tmax] = result.estimates
    expect(Tmax).toMatchObject({ standardError: NaN, lower95: NaN, upper95: NaN, atBound: null })
    expect(foldx!.standardError).toBeGreaterThan(0)
    expect(result.evaluations).toBeLessThan(50)
  })

  it('does not depend on the scale', async () => {
    const [a, b] = await Promise.all(
      (['log', 'linear'] as const).map((scale) => fit(steinProblem([peaked(8, 1.8)], { ...typical, Tmax: 11 }, scale))),
    )
    expect(a!.outcome).toEqual({ status: 'converged', reason: 'kink' })
    expect(b!.outcome).toEqual(a!.outcome)
    expect(b!.objective).toBeCloseTo(a!.objective, 9)
  })

  it('is found for many patients at once', async () => {
    const courses = Array.from({ length: 12 }, (_, k) => peaked(10, 1.5 + 0.1 * k))
    const result = await fit(steinProblem(courses, { ...typical, Tmax: 8.5 }))
    expect(result.outcome).toEqual({ status: 'converged', reason: 'kink' })
    expect(result.kinks[0]!.value).toBeCloseTo(10, 10)
  })
})

/** What a simplex that is too small to come into the valley beyond the next observation makes of a point (logarithms). */
function lowestAbout(problem: FitProblem, found: readonly number[]): number {
  const n = found.length
  const valuesOnly: ResidualProblem = {
    dimension: n,
    lower: new Float64Array(n).fill(-Infinity),
    upper: new Float64Array(n).fill(Infinity),
    longestStep: new Float64Array(n).fill(2),
    exactResiduals: false,
    evaluate: (x) => {
      const { objective } = objectiveAt(problem, Object.fromEntries(names.map((name, j) => [name, exp(x[j]!)])))
      const nothing = { scale: 1, rows: 0, residuals: new Float64Array(0), jacobian: new Float64Array(0) }
      return { status: 'evaluated', objective, ...nothing }
    },
  }
  const search = nelderMead(valuesOnly, Float64Array.from(found), { edge: 0.01 })
  for (let step = search.next(); ; step = search.next()) if (step.done === true) return step.value.evaluation!.objective
}

describe('sixty patients', () => {
  const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 21, 28, 35, 42, 60, 90, 120, 180, 270, 365]
  /** Deviations of the logarithms between patients, half of the published ones: every patient's data tell all six. */
  const spread = { foldx: 0.77, Tmax: 0.31, Cmax: 0.4, alpha: 0.48, FB: 0.45, beta: 0.47 }
  const courses = Array.from({ length: 60 }, (_, subject) => {
    const { normal } = randomStream({ seed: 2, study: 'kinks', subject })
    const own = { ...typical }
    names.forEach((name, j) => {
      own[name] = typical[name] * exp(spread[name] * normal(j))
    })
    return days.map((time, k) => ({ time, value: steinCourse(own, time) * exp(0.2 * normal(10 + k)) }))
  })

  it('all end at a minimum, at a corner or not, that no simplex betters', async () => {
    let corners = 0
    let evaluations = 0
    for (const [k, course] of courses.entries()) {
      const result = await fit(steinProblem([course]))
      expect(result.outcome.status).toBe('converged')
      evaluations += result.evaluations
      const isCorner = result.kinks.length > 0
      if (isCorner) corners++
      if (!isCorner && k % 15 !== 0) continue
      const found = result.estimates.map(({ estimate }) => log(estimate))
      expect(result.objective - lowestAbout(steinProblem([course]), found)).toBeLessThan(1e-8)
    }
    expect(corners).toBeGreaterThan(1)
    expect(evaluations / courses.length).toBeLessThan(20)
  })
})
