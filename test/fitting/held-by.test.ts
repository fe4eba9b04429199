import { type FitProblem, fit, identifications, profile } from '@cartkin/fitting'
import { exp } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, problemOf, subject } from './fixtures.ts'

const times = [0, 1, 2, 3, 4, 5]
const wiggle = [0.1, -0.2, 0.15, -0.05, 0.1, -0.1]

/** Interval, words and verdict of a parameter. */
async function verdict(problem: FitProblem, name: string) {
  const result = await fit(problem)
  const profiles = await profile(problem, result)
  const found = profiles.find((one) => one.name === name)
  const said = identifications(result, problem.estimated, profiles).find((one) => one.name === name)
  if (found === undefined || said === undefined) throw new Error(`no profile of ${name}`)
  return { ...found, ...said }
}

const rows = (course: (time: number) => number) =>
  subject(times.map((time, k) => ({ endpoint: 0, time, value: course(time) + wiggle[k]!, sd: 0.2 })))

describe('a side that the bound of another parameter closes', () => {
  // only the product of a and b is seen
  const product = (lower: number, upper: number) =>
    problemOf({
      model: formulaModel({ a: 2, b: 1 }, 'a*b'),
      estimated: [estimate('a', 2, 'log', 1e-6, 1e6), estimate('b', 1, 'log', lower, upper)],
      subjects: [rows(() => 2)],
    })

  it('is said to be closed by it, and identifies nothing', async () => {
    const a = await verdict(product(0.5, 2), 'a')
    expect(a.lowerEnd).toMatchObject({ kind: 'closed', heldBy: ['b'] })
    expect(a.upperEnd).toMatchObject({ kind: 'closed', heldBy: ['b'] })
    // the product is known within some 10 percent, b within a factor of 4
    expect(a.upper / a.lower).toBeGreaterThan(4)
    expect(a.upper / a.lower).toBeLessThan(6)
    expect(a.shape).toBe(
      'closed on both sides, to the left by the bound of b alone, to the right by the bound of b alone',
    )
    expect(a.identified).toBe('no')
  })

  it('is one-sided where the data close the other', async () => {
    // a enters by what it adds to b, which the data bound from above alone
    const problem = problemOf({
      model: formulaModel({ a: 1, b: 1 }, 'a + b'),
      estimated: [estimate('a', 1.9, 'log', 1e-6, 1e6), estimate('b', 0.1, 'log', 0.01, 1.7)],
      subjects: [rows(() => 2)],
    })
    const a = await verdict(problem, 'a')
    expect(a.upperEnd).toMatchObject({ kind: 'closed' })
    expect(a.upperEnd).not.toHaveProperty('heldBy')
    expect(a.lowerEnd).toMatchObject({ kind: 'closed', heldBy: ['b'] })
    expect(a.identified).toBe('one-sided')
    expect(a.reason).toContain('to the left by the bound of b alone')
    expect(a.reason).toContain('below')
  })

  it('is closed by the data where it would close soon without the bound', async () => {
    const decline = (upper: number) =>
      problemOf({
        model: formulaModel({ a: 10, k: 0.3 }, 'a*exp(-k*t)'),
        estimated: [estimate('a', 10, 'log', 1, upper), estimate('k', 0.3, 'log', 1e-3, 10)],
        subjects: [rows((time) => 10 * exp(-0.3 * time))],
      })
    const wide = await verdict(decline(1000), 'k')
    const bounded = await verdict(decline(10.05), 'k')
    expect(bounded.upper).toBeLessThan(wide.upper)
    expect(bounded.upperEnd).not.toHaveProperty('heldBy')
    expect(bounded.identified).toBe('yes')
    expect(bounded.shape).toBe('closed on both sides')
  })
})
