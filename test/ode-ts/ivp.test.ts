import {
  autoMethods,
  dop853,
  integrate,
  type Method,
  methods,
  radau9,
  radau13,
  rodas5p,
  type Solution,
  tsit5,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { type TestProblem, testProblems } from './problems.ts'

function solve(problem: TestProblem, method: Method | 'auto', rtol: number): Solution {
  return integrate({ system: problem.system, t0: 0, y0: Float64Array.from(problem.y0), t1: problem.t1 }, method, {
    rtol,
    atol: Float64Array.from(problem.floor, (floor) => floor * rtol),
  })
}

/** Digits of the worst state at the end. */
function digits(problem: TestProblem, { outcome, trajectory }: Solution): number {
  expect(outcome).toEqual({ status: 'finished', t: problem.t1 })
  const y = new Float64Array(problem.y0.length)
  trajectory.state(problem.t1, y)
  const errors = problem.end.map((value, i) => Math.abs(y[i]! - value) / Math.max(Math.abs(value), problem.floor[i]!))
  return -Math.log10(Math.max(...errors))
}

/** Right-hand sides, and two for each exact Jacobian and each decomposition. */
const work = ({ statistics }: Solution) =>
  statistics.rhsEvaluations + 2 * statistics.jacobianEvaluations + 2 * statistics.decompositions

/**
 * Digits reached at rtol 1e-6 and 1e-10. The orbits (LV, AREN, PLEI) magnify errors by 10² to 10⁴ over their length.
 */
const reached: Record<string, readonly [number, number]> = {
  ROBER: [6, 9.9],
  VDPOL: [6, 10],
  OREGO: [6, 10],
  HIRES: [6, 10],
  POLLU: [6.5, 10],
  LV: [3.5, 8],
  AREN: [1.8, 6],
  BRUS: [5, 10],
  PLEI: [3, 7.5],
}

/** Steps accepted and rejected, and right-hand sides, at rtol 1e-6: a change here is a change of the method. */
const steps: Record<string, readonly (readonly [string, number, number, number])[]> = {
  ROBER: [
    ['rodas4', 476, 1, 2863],
    ['radau9', 153, 2, 1817],
    ['radau13', 100, 0, 2132],
    ['rodas5p', 296, 2, 2384],
    ['auto', 304, 3, 2365],
  ],
  VDPOL: [
    ['rodas4', 1064, 10, 6436],
    ['radau9', 222, 13, 3481],
    ['radau13', 148, 14, 4465],
    ['rodas5p', 628, 15, 5131],
    ['auto', 579, 17, 4123],
  ],
  OREGO: [
    ['rodas4', 1486, 11, 8973],
    ['radau9', 260, 30, 6078],
    ['radau13', 164, 18, 8289],
    ['rodas5p', 919, 10, 7424],
    ['auto', 900, 8, 6480],
  ],
  HIRES: [
    ['rodas4', 409, 1, 6142],
    ['radau9', 57, 7, 1742],
    ['radau13', 37, 2, 1854],
    ['rodas5p', 235, 1, 4004],
    ['auto', 245, 1, 3294],
  ],
  POLLU: [
    ['rodas4', 190, 1, 5137],
    ['radau9', 51, 0, 1633],
    ['radau13', 35, 0, 1437],
    ['rodas5p', 113, 0, 3279],
    ['auto', 119, 6, 3490],
  ],
  LV: [
    ['dop853', 393, 89, 6877],
    ['tsit5', 946, 91, 6225],
    ['rodas5p', 1581, 115, 13455],
    ['auto', 946, 91, 6225],
  ],
  AREN: [
    ['dop853', 67, 12, 1140],
    ['tsit5', 138, 5, 861],
    ['rodas5p', 215, 4, 2825],
    ['auto', 138, 5, 861],
  ],
  BRUS: [
    ['dop853', 56, 14, 997],
    ['tsit5', 125, 18, 861],
    ['rodas5p', 205, 15, 1747],
    ['auto', 125, 18, 861],
  ],
  PLEI: [
    ['dop853', 83, 16, 1424],
    ['tsit5', 163, 9, 1035],
    ['rodas5p', 228, 14, 8536],
    ['auto', 163, 9, 1035],
  ],
}

describe.each(testProblems)('$name', (problem) => {
  const suited = problem.stiff ? [rodas5p, radau9, radau13] : [tsit5, dop853]

  it('is solved to its reference', () => {
    const [loose, tight] = reached[problem.name]!
    for (const method of [...suited, 'auto'] as const) {
      expect(digits(problem, solve(problem, method, 1e-6))).toBeGreaterThan(loose)
      expect(digits(problem, solve(problem, method, 1e-10))).toBeGreaterThan(tight)
    }
  })

  it.each([1e-3, 1e-4, 1e-6, 1e-8, 1e-10])(
    'costs the automatic choice at most 1.5 of the better of its two methods at rtol %s',
    (rtol) => {
      const { explicit, stiff } = autoMethods(rtol, { states: problem.y0.length })
      // Explicit methods need millions of steps on the stiff ones.
      const works = (problem.stiff ? [stiff] : [explicit, stiff]).map((method) => work(solve(problem, method, rtol)))
      expect(work(solve(problem, 'auto', rtol))).toBeLessThan(1.5 * Math.min(...works))
    },
  )

  it('takes as many steps as it always did', () => {
    for (const [name, accepted, rejected, evaluations] of steps[problem.name]!) {
      const method = methods.find((one) => one.name === name) ?? 'auto'
      const { statistics } = solve(problem, method, 1e-6)
      expect([name, statistics.steps, statistics.rejected, statistics.rhsEvaluations]).toEqual([
        name,
        accepted,
        rejected,
        evaluations,
      ])
    }
  })

  it('gives the same bits every time', () => {
    const [a, b] = [solve(problem, 'auto', 1e-5), solve(problem, 'auto', 1e-5)]
    expect(a.trajectory.knots).toEqual(b.trajectory.knots)
    expect(a.statistics).toEqual(b.statistics)
  })
})
