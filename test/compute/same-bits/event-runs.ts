import { sin } from '@cartkin/numerics'
import { dop853, integrate, type Method, rodas5p, type Stopping, type System, steadyState, tsit5 } from 'ode-ts'
import { type GoldenRun, joined } from './golden-run.ts'

/** Height and velocity under gravity and drag. */
const fall: System = {
  dimension: 2,
  derivative(_t, y, d) {
    d[0] = y[1]!
    d[1] = -9.81 - 0.02 * y[1]! * Math.abs(y[1]!)
  },
}
/** A swing with a push that comes and goes. */
const swing: System = {
  dimension: 2,
  derivative(t, y, d) {
    d[0] = y[1]!
    d[1] = -sin(y[0]!) - 0.1 * y[1]! + 0.5 * sin(0.7 * t)
  },
}
/** What is given is absorbed, and lost. */
const absorption: System = {
  dimension: 2,
  derivative(_t, y, d) {
    d[0] = y[1]! - 0.5 * y[0]!
    d[1] = -2 * y[1]!
  },
}
/** Production and loss with feedback, steady in the end. */
const feedback: System = {
  dimension: 2,
  derivative(_t, y, d) {
    d[0] = 3 / (1 + y[1]! * y[1]!) - 0.4 * y[0]!
    d[1] = 20 * (y[0]! - y[1]!)
  },
}

function watched(
  name: string,
  system: System,
  method: Method | 'auto',
  y0: readonly number[],
  stopping: Stopping,
): GoldenRun {
  return {
    name,
    values: () => {
      const problem = { system, t0: 0, y0: Float64Array.from(y0), t1: 12 }
      const { outcome, trajectory } = integrate(problem, method, { rtol: 1e-8, atol: 1e-10 }, stopping)
      const y = new Float64Array(2)
      const states = Array.from({ length: 21 }, (_, k) => {
        trajectory.state((k / 20) * outcome.t, y)
        return [...y]
      })
      return joined([outcome.t], trajectory.knots, trajectory.eventTimes, states.flat())
    },
  }
}

/** Roots that end a run or change its state, and a state of rest. */
export const eventRuns: readonly GoldenRun[] = [
  watched('a ball that bounces', fall, tsit5, [10, 0], {
    conditions: [
      {
        value: (_t, y) => y[0]!,
        direction: -1,
        apply: (_t, y) => {
          y[1] = -0.8 * y[1]!
        },
      },
    ],
  }),
  watched('a swing up to its highest point', swing, dop853, [0.1, 2], {
    conditions: [{ value: (_t, y) => y[1]!, direction: -1 }],
  }),
  watched('doses whenever a level is reached', absorption, 'auto', [3, 0], {
    conditions: [
      {
        value: (_t, y) => y[0]! - 1,
        direction: -1,
        apply: (_t, y) => {
          y[1] = y[1]! + 4
        },
      },
    ],
  }),
  watched('two conditions at once', swing, rodas5p, [0.5, 0], {
    conditions: [
      { value: (_t, y) => y[0]!, apply: (_t, y) => y.set([0.9 * y[1]!], 1) },
      { value: (_t, y) => -y[0]!, apply: (_t, y) => y.set([y[1]! + 0.01], 1) },
    ],
  }),
  {
    name: 'a state of rest',
    values: () => {
      const found = steadyState(feedback, Float64Array.of(1, 2))
      return joined(found.y, [found.elapsed])
    },
  },
]
