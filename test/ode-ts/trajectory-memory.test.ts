import { integrate, methods, rodas5p, type Trajectory, TrajectoryMemory, tsit5 } from 'ode-ts'
import { expect, it } from 'vitest'

const decay = (rates: readonly number[]) => ({
  system: {
    dimension: rates.length,
    derivative(_t: number, y: Float64Array, dydt: Float64Array) {
      for (let i = 0; i < y.length; i++) dydt[i] = -rates[i]! * y[i]!
    },
  },
  t0: 0,
  y0: new Float64Array(rates.length).fill(1),
  t1: 7,
  events: [{ t: 3, apply: (_t: number, y: Float64Array) => y.fill(2) }],
})

const long = decay([1, 30, 2])
const short = decay([0.1])
const control = { rtol: 1e-7 }

function readings(trajectory: Trajectory, dimension: number): number[] {
  const y = new Float64Array(dimension)
  return Array.from({ length: 50 }, (_, k) => {
    trajectory.state((trajectory.end * k) / 49, y)
    return [...y]
  }).flat()
}

it.each(methods)('a trajectory of $name in memory used before is that in memory of its own', (method) => {
  const memory = new TrajectoryMemory()
  for (const problem of [long, short, long, short]) {
    const n = problem.system.dimension
    const own = integrate(problem, method, control).trajectory
    const shared = integrate(problem, method, control, {}, undefined, memory).trajectory
    expect(shared.knots).toEqual(own.knots)
    expect(shared.eventTimes).toEqual(own.eventTimes)
    expect(readings(shared, n)).toEqual(readings(own, n))
  }
})

it('leaves the knots and event times of the trajectory before', () => {
  const memory = new TrajectoryMemory()
  const first = integrate(long, rodas5p, control, {}, undefined, memory).trajectory
  const [knots, eventTimes] = [first.knots.slice(), first.eventTimes.slice()]
  integrate(short, tsit5, control, {}, undefined, memory)
  expect(first.knots).toEqual(knots)
  expect(first.eventTimes).toEqual(eventTimes)
})
