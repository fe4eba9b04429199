import { createHash } from 'node:crypto'
import { rodas5p } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { OwnSolver } from '../../benchmarks/own-solver.ts'
import { populationError, REFERENCE_SUBJECTS } from '../../benchmarks/population-error.ts'
import { arenstorf } from '../../benchmarks/problems/arenstorf.ts'
import { brusselator } from '../../benchmarks/problems/brusselator.ts'
import { hires } from '../../benchmarks/problems/hires.ts'
import { lotkaVolterra } from '../../benchmarks/problems/lotka-volterra.ts'
import { oregonator } from '../../benchmarks/problems/oregonator.ts'
import { p1 } from '../../benchmarks/problems/p1.ts'
import { p2 } from '../../benchmarks/problems/p2.ts'
import { p5 } from '../../benchmarks/problems/p5.ts'
import { pleiades } from '../../benchmarks/problems/pleiades.ts'
import { pollution } from '../../benchmarks/problems/pollution.ts'
import { FACTORS, populationFactors } from '../../benchmarks/problems/population.ts'
import { prepare } from '../../benchmarks/problems/prepared.ts'
import { achievedError, reference } from '../../benchmarks/problems/problem.ts'
import { reactionNetwork } from '../../benchmarks/problems/reaction-network.ts'
import { robertson } from '../../benchmarks/problems/robertson.ts'
import { vanDerPol } from '../../benchmarks/problems/van-der-pol.ts'
import { sensitivityError } from '../../benchmarks/sensitivity-error.ts'

/** With the error that the tolerance 1e-8 may leave: AREN and LV multiply what each step adds. */
const problems = [
  { problem: p1, most: 1e-7 },
  { problem: p2, most: 2e-5 },
  { problem: robertson, most: 1e-7 },
  { problem: vanDerPol, most: 1e-6 },
  { problem: oregonator, most: 1e-5 },
  { problem: hires, most: 1e-6 },
  { problem: pollution, most: 1e-7 },
  { problem: lotkaVolterra, most: 1e-5 },
  { problem: arenstorf, most: 1e-3 },
  { problem: brusselator, most: 1e-6 },
  { problem: pleiades, most: 1e-4 },
  { problem: reactionNetwork, most: 1e-7 },
]

describe.each(problems)('$problem.name', ({ problem, most }) => {
  it('as model text meets its reference', () => {
    const values = new OwnSolver(prepare(problem), rodas5p).solve(1e-8)
    const exact = reference(problem.name)
    expect(exact).toHaveLength(problem.times.length * problem.floor.length)
    expect(achievedError(problem.floor, values, exact)).toBeLessThan(most)
  })
})

describe('P4', () => {
  it('draws the published factors bit for bit', () => {
    const factors = populationFactors(10_000)
    expect(factors).toHaveLength(10_000 * FACTORS)
    const hash = createHash('sha256').update(new Uint8Array(factors.buffer)).digest('hex')
    expect(hash).toBe('474a213a827882150231eb9651b1c4249b91fee657ccae7ca8266617d3e8e359')
  })

  it('draws a subject alike however many follow', () => {
    expect(populationFactors(3)).toEqual(populationFactors(5).slice(0, 3 * FACTORS))
  })

  it('meets its reference', () => {
    const values = new OwnSolver(prepare(p1, REFERENCE_SUBJECTS), rodas5p).solve(1e-8)
    expect(populationError(p1.floor, values, p1.times.length)).toBeLessThan(1e-7)
  })
})

describe('P5', () => {
  it('meets its reference', () => {
    const prepared = prepare(p5)
    const [parameters] = prepared.subjects
    const scales = prepared.sensitivities.map((index) => parameters?.[index] ?? Number.NaN)
    const values = new OwnSolver(prepared, rodas5p).solve(1e-6)
    const error = sensitivityError(values, reference('P5'), reference('P1'), scales, p1.floor)
    expect(error).toBeLessThan(1e-5)
  })
})
