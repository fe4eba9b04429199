import { fit, profile } from '@cartkin/fitting'
import { exp } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, problemOf, subject } from './fixtures.ts'

/** The root of f between two points at which its signs differ. */
function root(f: (x: number) => number, below: number, above: number): number {
  let [a, b] = f(below) < 0 ? [below, above] : [above, below]
  for (let k = 0; k < 200; k++) {
    const middle = (a + b) / 2
    if (f(middle) < 0) a = middle
    else b = middle
  }
  return (a + b) / 2
}

describe('a profile with two valleys', () => {
  // F(w) = (w² − 4)² + 0.16 (w − 2)²: minima near 2 and −2, the second below the limit, the ridge between them above it
  const model = formulaModel({ w: 1 }, '(2 - t)*(w^2 - 4) + (t - 1)*0.4*(w - 2)')
  const problem = problemOf({
    model,
    estimated: [estimate('w', 1.5, 'linear', -10, 10)],
    subjects: [subject([1, 2].map((time) => ({ endpoint: 0, time, value: 0, sd: 1 })))],
  })
  const above = (w: number) => (w * w - 4) ** 2 + 0.16 * (w - 2) ** 2 - 1.959963984540054 ** 2

  it('reaches as far as the farther one where it is known of', async () => {
    const result = await fit(problem)
    expect(result.estimates[0]?.estimate).toBeCloseTo(2, 8)
    const [alone] = await profile(problem, result, { variance: 'known' })
    const [all] = await profile(problem, result, { variance: 'known', others: [[-1.9]] })
    expect(alone?.lower).toBeCloseTo(root(above, 1, 2), 6)
    expect(all?.lower).toBeCloseTo(root(above, -3, -2), 6)
    expect(all?.upper).toBeCloseTo(root(above, 2, 3), 6)
    const gap = [root(above, -2, -1), root(above, 1, 2)].map((value) => String(Number(value.toPrecision(5))))
    expect(all?.shape).toContain(`in several valleys, above the limit from ${gap.join(' to ')}`)
    const values = all?.points.map(({ value }) => value) ?? []
    expect(values).toEqual(values.toSorted((a, b) => a - b))
  })

  it('says that the fit was not at its minimum where the other one is lower', async () => {
    const result = await fit({ ...problem, estimated: [estimate('w', -1.5, 'linear', -10, 10)] })
    const [found] = await profile(problem, result, { variance: 'known', others: [[1.9]] })
    expect(found?.better?.objective).toBeCloseTo((1.9 ** 2 - 4) ** 2 + 0.16 * 0.1 ** 2, 12)
    expect(found?.shape).toMatch(/a better point was found/)
  })

  it('is as without where the other end is the fit, or has no value', async () => {
    const result = await fit(problem)
    const [alone] = await profile(problem, result, { variance: 'known' })
    expect(await profile(problem, result, { variance: 'known', others: [[2.01], [Number.NaN]] })).toEqual([alone])
    await expect(profile(problem, result, { variance: 'known', others: [[1, 2]] })).rejects.toThrow(/has 2 values/)
  })
})

describe('two phases that may change their roles', () => {
  const times = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12]
  const truth = (t: number) => 10 * exp(-1.4 * t) + 4 * exp(-0.15 * t)
  const rows = times.map((time, k) => ({ endpoint: 0, time, value: truth(time) * (1 + 0.02 * ((k % 3) - 1)), sd: 0.2 }))
  const problem = problemOf({
    model: formulaModel({ A: 10, a: 1.4, B: 4, b: 0.15 }, 'A*exp(-a*t) + B*exp(-b*t)'),
    estimated: [
      estimate('A', 10, 'log', 0.01, 1000),
      estimate('a', 1.4, 'log', 0.001, 100),
      estimate('B', 4, 'log', 0.01, 1000),
      estimate('b', 0.15, 'log', 0.001, 100),
    ],
    subjects: [subject(rows)],
  })

  it('have intervals that hold what either phase may be', async () => {
    const result = await fit(problem)
    const [A = 0, a = 0, B = 0, b = 0] = result.estimates.map(({ estimate: value }) => value)
    const alone = await profile(problem, result, { variance: 'known', parameters: ['a', 'b'] })
    const all = await profile(problem, result, { variance: 'known', parameters: ['a', 'b'], others: [[B, b, A, a]] })
    const [lower, upper] = [alone[1]?.lower ?? NaN, alone[0]?.upper ?? NaN]
    expect(alone[0]?.lower).toBeGreaterThan(alone[1]?.upper ?? NaN)
    for (const found of all) {
      expect(found.lower / lower).toBeCloseTo(1, 5)
      expect(found.upper / upper).toBeCloseTo(1, 5)
    }
  })
})
