import fc from 'fast-check'
import {
  type EnsembleResult,
  type EnsembleSubject,
  type GridSolution,
  integrate,
  integrateEnsemble,
  integrateOnGrid,
  type Method,
  methods,
  type Problem,
  type RootCondition,
  type System,
} from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { brus, type TestProblem, vdpol } from './problems.ts'

/** An oscillator, the stiffer the larger `mu`. */
function vanDerPol(mu: number): System {
  return {
    dimension: 2,
    derivative(_t, y, d) {
      d[0] = y[1]!
      d[1] = mu * (1 - y[0]! * y[0]!) * y[1]! - y[0]!
    },
  }
}

const grid = Float64Array.from({ length: 41 }, (_, i) => i / 2)

interface Kept {
  readonly values: Float64Array
  result: EnsembleResult | GridSolution | null
}

const kept = (count: number, width = 2): Kept => ({ values: new Float64Array(count * width).fill(-77), result: null })

function output(times: Float64Array, to: Kept) {
  return {
    times,
    receive: (index: number, y: Float64Array, s: Float64Array | null) => {
      const width = y.length + (s?.length ?? 0)
      to.values.set(y, index * width)
      if (s !== null) to.values.set(s, index * width + y.length)
    },
  }
}

interface Case {
  readonly problem: () => Problem
  readonly conditions?: readonly RootCondition[]
}

const kick = (t: number, by: number) => ({
  t,
  apply: (_t: number, y: Float64Array) => {
    y[0] = y[0]! + by
  },
})

const explosion: System = {
  dimension: 2,
  derivative(_t, y, d) {
    d[0] = y[0]! * y[0]!
    d[1] = -y[1]!
  },
}
const nowhere: System = { dimension: 2, derivative: (_t, _y, d) => d.fill(Number.NaN) }
const throwing: System = {
  dimension: 2,
  derivative(t, _y, d) {
    if (t > 3) throw new Error('mine')
    d.fill(1)
  },
}

/** Subjects of every fate. */
const cases: readonly Case[] = [
  ...[0.1, 1, 5, 50, 300].map((mu) => ({
    problem: () => ({ system: vanDerPol(mu), t0: 0, y0: Float64Array.of(2, 0.1 * mu), t1: 20 }),
  })),
  {
    problem: () => ({
      system: vanDerPol(2),
      t0: -3,
      y0: Float64Array.of(1, 1),
      t1: 20,
      events: [kick(-3, 1), kick(4, -2), kick(20, 5)],
    }),
  },
  { problem: () => ({ system: explosion, t0: 0, y0: Float64Array.of(0.3, 1), t1: 20 }) },
  { problem: () => ({ system: nowhere, t0: 0, y0: Float64Array.of(1, 1), t1: 20 }) },
  { problem: () => ({ system: vanDerPol(1), t0: 0, y0: Float64Array.of(1, Number.NaN), t1: 20 }) },
  {
    problem: () => ({ system: vanDerPol(1), t0: 0, y0: Float64Array.of(1, 1), t1: 20 }),
    conditions: [{ value: (_t, y) => y[0]! + 1 }],
  },
  {
    problem: () => ({ system: vanDerPol(3), t0: 0, y0: Float64Array.of(1, 1), t1: 20 }),
    conditions: [
      {
        value: (_t, y) => y[0]!,
        direction: -1,
        apply: (_t, y) => {
          y[0] = 1
        },
      },
    ],
  },
  { problem: () => ({ system: vanDerPol(1), t0: 0, y0: Float64Array.of(1, 1), t1: 0 }) },
]

const control = { rtol: 1e-5, atol: 1e-7, maxSteps: 3000 }

function alone(one: Case, method: Method | 'auto'): Kept {
  const problem = one.problem()
  const to = kept(grid.length)
  const times = grid.filter((t) => t <= problem.t1)
  to.result = integrateOnGrid(problem, output(times, to), method, control, { conditions: one.conditions ?? [] })
  return to
}

function together(list: readonly Case[], method: Method | 'auto'): readonly Kept[] {
  const all = list.map(() => kept(grid.length))
  function* subjects(): Generator<EnsembleSubject> {
    for (const [index, one] of list.entries()) {
      const problem = one.problem()
      const times = grid.filter((t) => t <= problem.t1)
      yield { problem, output: output(times, all[index]!), stopping: { conditions: one.conditions ?? [] } }
    }
  }
  integrateEnsemble(subjects(), method, control, (index, result) => {
    expect(all[index]!.result).toBe(null)
    all[index]!.result = result
  })
  return all
}

const choices = [...methods.map((method) => [method.name, method] as const), ['auto', 'auto'] as const]

describe.each(choices)('an ensemble with %s', (_name, method) => {
  const single = cases.map((one) => alone(one, method))

  it('has every fate in it', () => {
    const fates = single.map(({ result }) => (result !== null && 'outcome' in result ? result.outcome.status : ''))
    expect(new Set(fates)).toEqual(new Set(['finished', 'failed', 'event']))
  })

  it('gives each subject the bits it has alone, in any order and beside anyone', () => {
    const order = fc.shuffledSubarray(
      cases.map((_, i) => i),
      { minLength: 1 },
    )
    fc.assert(
      fc.property(order, (indices) => {
        const all = together(
          indices.map((i) => cases[i]!),
          method,
        )
        all.forEach(({ values, result }, k) => {
          const own = single[indices[k]!]!
          expect(values).toEqual(own.values)
          expect(result).toEqual({ status: 'integrated', ...own.result })
        })
      }),
      { numRuns: 8 },
    )
  })

  it('goes on when a subject’s own functions throw, or its problem makes no sense', () => {
    const bad: readonly Case[] = [
      { problem: () => ({ system: throwing, t0: 0, y0: Float64Array.of(1, 1), t1: 20 }) },
      { problem: () => ({ system: vanDerPol(1), t0: 5, y0: Float64Array.of(1, 1), t1: 2 }) },
      { problem: () => ({ system: vanDerPol(1), t0: 0, y0: Float64Array.of(1), t1: 20 }) },
      { problem: () => ({ system: { dimension: 1, derivative: () => {} }, t0: 0, y0: Float64Array.of(1), t1: 20 }) },
      {
        problem: () => ({ system: vanDerPol(1), t0: 0, y0: Float64Array.of(1, 1), t1: 20 }),
        conditions: [{ value: () => Number.NaN }],
      },
    ]
    const [b0, b1, b2, b3, b4] = bad as [Case, Case, Case, Case, Case]
    const list = [cases[0]!, b0, b1, cases[1]!, cases[5]!, b2, cases[2]!, b3, b0, b0, cases[3]!, b4]
    const all = together(list, method)
    list.forEach((one, k) => {
      const { values, result } = all[k]!
      const index = cases.indexOf(one)
      if (index < 0) expect(result).toMatchObject({ status: 'refused', error: expect.any(Error) })
      else {
        expect(result).toEqual({ status: 'integrated', ...single[index]!.result })
        expect(values).toEqual(single[index]!.values)
      }
    })
    expect(all[1]!.result).toEqual({ status: 'refused', error: new Error('mine') })
    expect(all[7]!.result).toMatchObject({
      error: new RangeError(
        'a subject with 1 states and 0 parameters cannot join an ensemble with 2 states and 0 parameters',
      ),
    })
  })
})

describe('an ensemble', () => {
  it('may be empty', () => {
    integrateEnsemble([], 'auto', {}, () => expect.unreachable())
  })

  it('refuses wrong control of steps', () => {
    const subject = { problem: cases[0]!.problem(), output: output(grid, kept(grid.length)) }
    expect(() => integrateEnsemble([subject], 'auto', { rtol: -1 }, () => {})).toThrow('rtol')
  })

  it('draws a subject only when a lane is free', () => {
    let drawn = 0
    let done = 0
    function* subjects(): Generator<EnsembleSubject> {
      for (let i = 0; i < 9; i++) {
        drawn++
        expect(drawn - done).toBeLessThanOrEqual(2)
        yield { problem: cases[i % 3]!.problem(), output: output(grid, kept(grid.length)) }
      }
    }
    integrateEnsemble(subjects(), 'auto', control, () => {
      done++
    })
    expect(done).toBe(9)
  })

  it('of stiff problems changes methods lane by lane', () => {
    const subject = (problem: TestProblem, to: Kept) => ({
      problem: { system: problem.system, t0: 0, y0: Float64Array.from(problem.y0), t1: problem.t1 },
      output: output(Float64Array.of(0, problem.t1 / 3, problem.t1), to),
    })
    const all = [0, 1, 2, 3].map(() => kept(3))
    integrateEnsemble(
      all.map((to, i) => subject(i % 3 === 0 ? vdpol : brus, to)),
      'auto',
      { rtol: 1e-6, atol: 1e-9 },
      (index, result) => {
        all[index]!.result = result
      },
    )
    all.forEach((to, i) => {
      const own = kept(3)
      const { problem, output: wanted } = subject(i % 3 === 0 ? vdpol : brus, own)
      own.result = integrateOnGrid(problem, wanted, 'auto', { rtol: 1e-6, atol: 1e-9 })
      expect(to.values).toEqual(own.values)
      expect(to.result).toEqual({ status: 'integrated', ...own.result })
    })
  })
})

describe.each(choices)('a grid with %s', (_name, method) => {
  it('reads what the trajectory reads, bit for bit', () => {
    const time = fc.double({ min: -3, max: 20, noNaN: true })
    const knots = integrate(cases[5]!.problem(), method, control).trajectory.knots
    const knot = fc.integer({ min: 0, max: knots.length - 1 }).map((i) => knots[i]!)
    fc.assert(
      fc.property(fc.array(fc.oneof(time, knot), { maxLength: 30 }), (list) => {
        const times = Float64Array.from(list).sort()
        const to = kept(times.length)
        const { trajectory, outcome, statistics } = integrate(cases[5]!.problem(), method, control)
        const found = integrateOnGrid(cases[5]!.problem(), output(times, to), method, control)
        expect(found.outcome).toEqual(outcome)
        expect(found.statistics.steps).toEqual(statistics.steps)
        const y = new Float64Array(2)
        times.forEach((t, k) => {
          trajectory.state(t, y)
          expect(to.values.subarray(2 * k, 2 * k + 2)).toEqual(y)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('ends where the run ends', () => {
    const to = kept(grid.length)
    const { outcome } = integrateOnGrid(cases[6]!.problem(), output(grid, to), method, control)
    expect(outcome.status).toBe('failed')
    expect(outcome.t).toBeCloseTo(1 / 0.3, 3)
    grid.forEach((t, k) => {
      if (t <= outcome.t) expect(to.values[2 * k]).toBeCloseTo(0.3 / (1 - 0.3 * t), 3)
      else expect(to.values[2 * k]).toBe(-77)
    })
  })
})

describe('a grid', () => {
  const problem = cases[0]!.problem()
  it.each([
    [[1, 21], 'output 1 is at t = 21, outside [t0, t1] = [0, 20]'],
    [[Number.NaN], 'output 0 is at t = NaN'],
    [[1, 3, 2], 'output 2 at t = 2 precedes output 1 at t = 3; sort the outputs'],
  ])('%j is refused', (times, message) => {
    expect(() => integrateOnGrid(problem, output(Float64Array.from(times), kept(3)), 'auto')).toThrow(message)
  })

  it('may repeat a time', () => {
    const seen: number[] = []
    const times = Float64Array.of(0, 0, 7, 7, 7, 20, 20)
    const receive = (index: number) => void seen.push(index)
    expect(integrateOnGrid(problem, { times, receive }, 'auto').outcome.status).toBe('finished')
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})
