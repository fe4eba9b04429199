import { tableToArrow } from '@cartkin/tables'
import type { SimulateStep } from '../plan/plan.ts'
import { accepted } from './accepted.ts'
import { decisionFiles, withDecided } from './decision-files.ts'
import { endpointsOf } from './endpoints-of.ts'
import { licenceLine, licensedObservations } from './licensed-observations.ts'
import { modelSource } from './model-source.ts'
import { observedSource } from './observed-source.ts'
import { libraryScenario, regimenOf, scenarioOf } from './scenario-of.ts'
import type { StepOutput } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

export async function runSimulateStep(step: SimulateStep, context: StudyContext): Promise<StepOutput> {
  const source = observedSource(step, await modelSource(step.model, context))
  const endpoints = endpointsOf(step, source, context.file)
  const regimen = regimenOf(step, source, context.file)
  const scenario = scenarioOf(step, source, context)
  const observed = step.observations ? { observations: { seed: context.plan.seed, subject: 0 } } : {}
  const job = { kind: 'simulate' as const, ...scenario, times: step.times, endpoints, ...observed }
  const answer = accepted(await context.pool.run(job, { signal: context.signal }), step.name, context)
  const values = answer.endpoints.map(({ value }) => value)
  const table = {
    columns: [
      { kind: 'text' as const, name: 'endpoint', values: endpoints.map(({ name }) => name) },
      { kind: 'text' as const, name: 'label', values: endpoints.map(({ label }) => label) },
      { kind: 'text' as const, name: 'unit', values: endpoints.map(({ unit }) => unit) },
      { kind: 'number' as const, name: 'value', unit: '', values: Float64Array.from(values) },
      { kind: 'text' as const, name: 'note', values: answer.endpoints.map(({ note }) => note) },
    ],
  }
  return {
    result: {
      kind: 'simulate',
      source,
      regimen: withDecided(regimen, answer.decided ?? []),
      parameters: scenario.parameters,
      notes: libraryScenario(step, source, context.file)?.notes ?? {},
      answer,
      endpoints,
    },
    files: [
      { name: `${step.name}.arrow`, bytes: tableToArrow(answer.table) },
      ...(endpoints.length === 0 ? [] : [{ name: `${step.name}-endpoints.arrow`, bytes: tableToArrow(table) }]),
      ...(answer.decided === undefined ? [] : decisionFiles(step.name, [{ id: '1', decided: answer.decided }], source)),
    ],
    status: { [answer.outcome.status === 'finished' ? 'ok' : 'failed']: 1 },
    models: [source],
    licences: licensedObservations(source).map(licenceLine),
  }
}
