import { integrate, radau13, type System } from 'ode-ts'
import type { Formula, Surroundings } from './read-math.ts'
import type { SbmlModel } from './read-sbml.ts'

/** A course of an SBML model: a column of values at the given times for each quantity that changes. */
export type SbmlCourse = ReadonlyMap<string, Float64Array>

/**
 * Integrates an SBML model from time 0 over ascending times. At an event it gives the values after it. Throws an Error
 * where the method fails or a name has no value.
 */
export function runSbml(model: SbmlModel, times: Float64Array): SbmlCourse {
  const { assignmentRules, rateRules, reactions, concentrations, events } = model
  const changed = reactions.flatMap(({ changes }) => changes.map(([species]) => species))
  const states = [...new Set([...rateRules.keys(), ...changed])]
  const values = startValues(model)
  const value = (name: string): number => lookUp(name, assignmentRules.get(name), values, at)
  let at: Surroundings = { time: 0, phase: 0, value }

  const set = (y: Float64Array) => {
    for (const [k, state] of states.entries()) values.set(state, y[k]!)
  }
  const rate = new Map<string, number>()
  const rates = (t: number, y: Float64Array, dydt: Float64Array, phase: number) => {
    at = { time: t, phase, value }
    set(y)
    for (const state of states) rate.set(state, rateRules.get(state)?.evaluate(at) ?? 0)
    for (const { changes, law } of reactions) {
      const flow = law.evaluate(at)
      for (const [species, amount] of changes) {
        const home = concentrations.get(species)
        rate.set(species, rate.get(species)! + (amount * flow) / (home === undefined ? 1 : value(home)))
      }
    }
    states.forEach((state, k) => {
      dydt[k] = rate.get(state)!
    })
  }

  const end = times.at(-1)!
  const eventTimes = events.map(({ time }) => time.evaluate(at))
  const switches = [...[...assignmentRules.values(), ...rateRules.values()], ...reactions.map(({ law }) => law)]
    .flatMap((formula) => formula.switches)
    .map((formula) => formula.evaluate(at))
  const stops = [...new Set([...eventTimes, ...switches])].filter((t) => t > 0 && t < end).sort((a, b) => a - b)
  const columns = new Map([...states, ...assignmentRules.keys()].map((name) => [name, new Float64Array(times.length)]))
  let y = Float64Array.from(states, (state) => values.get(state)!)
  let from = 0
  let row = 0
  for (const to of [...stops, end]) {
    const phase = from + (to - from) / 2
    const system: System = { dimension: states.length, derivative: (t, z, dydt) => rates(t, z, dydt, phase) }
    const { outcome, trajectory } = integrate({ system, t0: from, y0: y, t1: to }, radau13, {
      rtol: 1e-12,
      atol: 1e-13,
    })
    if (outcome.status !== 'finished') throw new Error(`no way from ${from} to ${to}: ${JSON.stringify(outcome)}`)
    y = new Float64Array(states.length)
    for (; row < times.length && (times[row]! < to || to === end); row++) {
      const t = times[row]!
      trajectory.state(t, y)
      at = { time: t, phase, value }
      set(y)
      for (const [name, column] of columns) column[row] = value(name)
    }
    trajectory.state(to, y)
    set(y)
    at = { time: to, phase: to, value }
    for (const [index, { assignments }] of events.entries()) {
      if (eventTimes[index] !== to) continue
      for (const [variable, formula] of assignments) values.set(variable, formula.evaluate(at))
    }
    y = Float64Array.from(states, (state) => values.get(state)!)
    from = to
  }
  return columns
}

function lookUp(
  name: string,
  rule: Formula | undefined,
  values: ReadonlyMap<string, number>,
  at: Surroundings,
): number {
  if (rule !== undefined) return rule.evaluate(at)
  const found = values.get(name)
  if (found === undefined) throw new Error(`no value of ${name}`)
  return found
}

/** All values at time 0, with the assignments of the start. */
function startValues({ values, initialAssignments, assignmentRules }: SbmlModel): Map<string, number> {
  const at: Surroundings = {
    time: 0,
    phase: 0,
    value: (name) => lookUp(name, initialAssignments.get(name) ?? assignmentRules.get(name), values, at),
  }
  return new Map([...values.keys()].map((name) => [name, at.value(name)]))
}
