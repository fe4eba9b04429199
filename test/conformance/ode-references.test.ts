import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { integrate, type Method, rodas5p, tsit5 } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { aren, brus, hires, lv, orego, plei, pollu, rober, type TestProblem, vdpol } from '../ode-ts/problems.ts'
import { fullCourse, type ReferenceProblem, relapse } from './benchmark-problems.ts'

interface HairerTimes {
  readonly rober: { readonly t: readonly string[]; readonly y: readonly (readonly string[])[] }
}

const checkout = join(import.meta.dirname, '..', '..')
const { CARTKIN_SUITES } = process.env
const folder = join(CARTKIN_SUITES ?? join(checkout, '..', 'shared', 'suites'), 'ode')
const missing = !existsSync(folder)
if (missing)
  process.stderr.write(`skipped ode-references: there is no ${folder}; name the folder of suites in CARTKIN_SUITES\n`)

function read(name: string): Float64Array {
  const bytes = readFileSync(join(folder, 'ref', `${name}.ref.bin`))
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

const classical = (problem: TestProblem, outputs: readonly number[], floor = problem.floor): ReferenceProblem => ({
  name: problem.name,
  system: problem.system,
  y0: problem.y0,
  floor,
  outputs,
  events: [],
})

const tens = (count: number) => Array.from({ length: count }, (_, i) => 10 * (i + 1))

/** Root mean square of the relative error over outputs and states, in units of the tolerance. */
function errorInTolerances(problem: ReferenceProblem, method: Method | 'auto', rtol: number): number {
  const reference = read(problem.name)
  const n = problem.y0.length
  expect(reference.length).toBe(n * problem.outputs.length)
  const { outcome, trajectory } = integrate(
    {
      system: problem.system,
      t0: 0,
      y0: Float64Array.from(problem.y0),
      t1: problem.outputs.at(-1)!,
      events: problem.events,
    },
    method,
    { rtol, atol: Float64Array.from(problem.floor, (floor) => rtol * floor) },
  )
  expect(outcome.status).toBe('finished')
  const y = new Float64Array(n)
  let sum = 0
  problem.outputs.forEach((t, k) => {
    trajectory.state(t, y)
    y.forEach((value, i) => {
      const truth = reference[k * n + i]!
      const error = (value - truth) / (Math.abs(truth) + problem.floor[i]!)
      sum += error * error
    })
  })
  return Math.sqrt(sum / reference.length) / rtol
}

/** Problem, its method, and the most tolerances of error; orbits magnify errors over their length. */
const cases: readonly (readonly [ReferenceProblem, Method, number])[] = [
  [fullCourse(), rodas5p, 5],
  [relapse(), tsit5, 50],
  [classical(rober, [0.01, 0.1, 1, 10, 100, 1000, 1e4, 1e5], [1e-6, 1e-10, 1e-6]), rodas5p, 5],
  [classical(vdpol, [500, 1000, 1500, 2000]), rodas5p, 5],
  [
    classical(
      orego,
      Array.from({ length: 12 }, (_, i) => 30 * (i + 1)),
    ),
    rodas5p,
    5,
  ],
  [classical(hires, [1, 10, 50, 100, 200, 321.8122, 421.8122]), rodas5p, 5],
  [classical(pollu, [1, 5, 10, 20, 30, 40, 50, 60]), rodas5p, 5],
  [classical(lv, tens(10)), tsit5, 500],
  [classical(aren, [17.065216560157964]), tsit5, 10_000],
  [classical(brus, [5, 10, 15, 20]), tsit5, 5],
  [classical(plei, [3]), tsit5, 100],
]

describe.skipIf(missing)('reference solutions', () => {
  it.each(cases.map(([problem, method, most]) => [problem.name, problem, method, most] as const))(
    '%s',
    (_name, problem, method, most) => {
      for (const rtol of [1e-4, 1e-6, 1e-8]) {
        expect(errorInTolerances(problem, method, rtol)).toBeLessThan(most)
        expect(errorInTolerances(problem, 'auto', rtol)).toBeLessThan(most)
      }
    },
  )

  it('Robertson’s reaction at twelve decades of time', () => {
    const times: HairerTimes = JSON.parse(readFileSync(join(folder, 'hairer_multi_time.json'), 'utf8'))
    const { t, y } = times.rober
    const { trajectory } = integrate({ system: rober.system, t0: 0, y0: Float64Array.of(1, 0, 0), t1: 1e11 }, rodas5p, {
      rtol: 1e-9,
      atol: Float64Array.of(1e-16, 1e-22, 1e-14),
    })
    const state = new Float64Array(3)
    t.forEach((time, k) => {
      trajectory.state(Number(time), state)
      state.forEach((value, i) => {
        expect(Math.abs(value / Number(y[k]![i]) - 1)).toBeLessThan(1e-7)
      })
    })
  })
})
