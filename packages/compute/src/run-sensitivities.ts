import type { CompiledModel } from '@cartkin/model'
import {
  amountDerivatives,
  parameterVector,
  quantities as quantitiesOf,
  regimenParameters,
  regimenRecords,
  simulateWithRules,
  simulationStart,
  unfollowedParameters,
} from '@cartkin/simulation'
import type { JobHooks } from './job-hooks.ts'
import type { SensitivitiesAnswer, SensitivitiesJob } from './protocol.ts'
import { rulesOf } from './rules-of.ts'
import { solverOptions } from './solver-options.ts'

/**
 * Forward sensitivities of quantities over time by the parameters named, with those of doses, lags, switches and decisions. Parameters that
 * cannot be followed are left out with the reason. Cells that die out by chance are followed on their mean.
 */
export function runSensitivities(model: CompiledModel, job: SensitivitiesJob, hooks: JobHooks): SensitivitiesAnswer {
  const began = performance.now()
  const { doses, covariates = [], times } = job
  const end = times.at(-1)
  if (end === undefined) throw new RangeError('sensitivities need at least one time, got none')
  const parameters = parameterVector(model.model, job.parameters)
  const rules = rulesOf(job)
  const reasons = new Map([
    ...unfollowedParameters(rules).map((name) => [name, 'a rule of the regimen names it'] as const),
    ...covariates.map(({ name }) => [name, 'it changes during the course'] as const),
  ])
  const varied = job.varied.filter((name) => !reasons.has(name))
  const known = model.model.parameters.map(({ name }) => name)
  const sensitivities = varied.map((name) => place(known, name, 'parameter'))
  const all = quantitiesOf(model.model).map(({ name }) => name)
  const columns = job.quantities.map((name) => place(all, name, 'state or output'))
  const given = 'regimen' in doses ? regimenRecords(model.model, doses.regimen, parameters) : doses.records
  const records = given.filter(({ time }) => time <= end)
  const dosing = 'regimen' in doses && regimenParameters(doses.regimen).length > 0 ? doses.regimen : null
  const { run } = simulateWithRules(
    {
      model,
      parameters,
      covariates,
      records,
      start: simulationStart(records, times, job.start),
      end,
      sensitivities,
      options: solverOptions(job.solver, () => hooks.wanted?.() === 'cancel'),
      ...(dosing && { changing: amountDerivatives(model.model, dosing, parameters, given, sensitivities) }),
      ...(job.startState !== undefined && { startState: job.startState }),
    },
    rules,
  )
  const values = columns.map(() => new Float64Array(times.length).fill(Number.NaN))
  const derivatives = columns.map(() => new Float64Array(varied.length * times.length).fill(Number.NaN))
  const now = new Float64Array(all.length)
  const tangents = new Float64Array(varied.length * all.length)
  times.forEach((time, t) => {
    if (time > run.end) return
    run.read(time, now)
    if (varied.length > 0) run.readSensitivities(time, tangents)
    columns.forEach((column, q) => {
      values[q]![t] = now[column]!
      for (let j = 0; j < varied.length; j++) derivatives[q]![j * times.length + t] = tangents[j * all.length + column]!
    })
  })
  return {
    kind: 'sensitivities',
    varied,
    at: Float64Array.from(sensitivities, (index) => parameters[index]!),
    values,
    derivatives,
    leftOut: job.varied.flatMap((name) => {
      const reason = reasons.get(name)
      return reason === undefined ? [] : [{ name, reason }]
    }),
    outcome: run.outcome,
    milliseconds: performance.now() - began,
  }
}

function place(names: readonly string[], name: string, what: string): number {
  const index = names.indexOf(name)
  if (index < 0) throw new RangeError(`the model has no ${what} ${name}; it has ${names.join(', ')}`)
  return index
}
