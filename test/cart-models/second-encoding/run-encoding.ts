import { integrate, radau13, type System } from 'ode-ts'
import type { Encoding, Gift } from './encoding.ts'
import { build } from './named-values.ts'

/** The plain function dy/dt = f(t, y) of an encoding. */
function systemOf<State extends string>({ states, rates }: Encoding<State>): System {
  return {
    dimension: states.length,
    derivative: (_t, y, dydt) => {
      const rate = rates(build(states, (_, k) => y[k]!))
      for (const [k, state] of states.entries()) dydt[k] = rate[state]
    },
  }
}

/**
 * Integrates an encoding over ascending times from its start, anew from every gift, and gives the states at the times.
 * Throws an Error where the method fails.
 */
export function runEncoding<State extends string>(
  encoding: Encoding<State>,
  gifts: readonly Gift[],
  times: Float64Array,
): readonly Float64Array[] {
  const { states, start, initial } = encoding
  const system = systemOf(encoding)
  const end = times.at(-1)!
  const names: readonly string[] = states
  const order = gifts.toSorted((a, b) => a.t - b.t)
  const stops = [...new Set(order.map(({ t }) => t)), end]
  const rows: Float64Array[] = []
  let y = Float64Array.from(states, (state) => initial[state])
  let from = start
  for (const to of stops) {
    const { outcome, trajectory } = integrate({ system, t0: from, y0: y, t1: to }, radau13, {
      rtol: 1e-13,
      atol: 1e-15,
    })
    if (outcome.status !== 'finished') throw new Error(`no way from ${from} to ${to}: ${JSON.stringify(outcome)}`)
    for (; rows.length < times.length && (times[rows.length]! < to || to === end); ) {
      const row = new Float64Array(states.length)
      trajectory.state(times[rows.length]!, row)
      rows.push(row)
    }
    y = new Float64Array(states.length)
    trajectory.state(to, y)
    for (const { state, amount } of order.filter(({ t }) => t === to)) {
      const k = names.indexOf(state)
      if (k < 0) throw new Error(`no state ${state}`)
      y[k] = y[k]! + amount
    }
    from = to
  }
  return rows
}
