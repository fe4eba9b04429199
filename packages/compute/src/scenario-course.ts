import type { CompiledModel } from '@cartkin/model'
import {
  type DecidedCourse,
  type DrawKey,
  type ExtinctionOutcome,
  type RunMemory,
  regimenRecords,
  simulateWithExtinction,
  simulateWithRules,
  simulationStart,
} from '@cartkin/simulation'
import type { Scenario } from './protocol.ts'
import { rulesOf } from './rules-of.ts'
import { solverOptions } from './solver-options.ts'

/**
 * Runs one subject of a scenario, under its rules, up to the last of `times`; doses after it are left out. With a `memory` the run holds
 * until that serves another.
 *
 * @param key whose chance it is, where cells may die out by chance; null draws nothing.
 */
export function scenarioCourse(
  model: CompiledModel,
  scenario: Scenario,
  parameters: Float64Array,
  times: Float64Array,
  shouldStop: () => boolean,
  key: DrawKey | null,
  memory?: RunMemory,
): DecidedCourse & { readonly extinction?: ExtinctionOutcome } {
  const end = times.at(-1)
  if (end === undefined) throw new RangeError('a simulation needs at least one time, got none')
  for (let i = 1; i < times.length; i++)
    if (!(times[i]! >= times[i - 1]!))
      throw new RangeError(`times must ascend: entry ${i} is ${times[i]} after ${times[i - 1]}`)
  const given =
    'regimen' in scenario.doses
      ? regimenRecords(model.model, scenario.doses.regimen, parameters)
      : scenario.doses.records
  const records = given.filter((record) => record.time <= end)
  const start = simulationStart(records, times, scenario.start)
  const options = solverOptions(scenario.solver, shouldStop)
  const simulation = {
    model,
    parameters,
    covariates: scenario.covariates ?? [],
    records,
    start,
    end,
    options,
    ...(scenario.startState !== undefined && { startState: scenario.startState }),
    ...(memory !== undefined && { memory }),
  }
  const rules = rulesOf(scenario)
  return scenario.extinction === undefined
    ? simulateWithRules(simulation, rules)
    : simulateWithExtinction(simulation, rules, scenario.extinction, key)
}
