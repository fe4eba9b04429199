import { type SubjectOutcome, summarizePopulation } from '@cartkin/compute'
import { type DroppedDraws, droppedDraws, randomEffectsOf } from '@cartkin/simulation'
import { tableToArrow } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import type { PopulationStep } from '../plan/plan.ts'
import { accepted } from './accepted.ts'
import { decisionFiles } from './decision-files.ts'
import { endpointsOf } from './endpoints-of.ts'
import { filterFiles } from './filter-files.ts'
import { licenceLine, licensedObservations } from './licensed-observations.ts'
import { modelSource } from './model-source.ts'
import { observedSource } from './observed-source.ts'
import { bandsOf, bandsTable, endpointsTable, percentileLevels } from './population-tables.ts'
import { regimenOf, scenarioOf } from './scenario-of.ts'
import type { StepOutput } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

export async function runPopulationStep(step: PopulationStep, context: StudyContext): Promise<StepOutput> {
  const source = observedSource(step, await modelSource(step.model, context))
  const own = step.population ?? source.library?.population ?? randomEffectsOf(source.model)
  if (!own)
    throw new InputError(context.file, `step ${step.name}: ${step.model} brings no population; give one in the plan`)
  const population = { ...own, filters: [...(own.filters ?? []), ...step.filters] }
  const { times, quantities } = step
  const endpoints = endpointsOf(step, source, context.file)
  const drawn =
    'randomEffects' in population
      ? []
      : population.parameters.flatMap(({ parameter, median }) => (median === undefined ? [] : [parameter]))
  const job = {
    kind: 'population' as const,
    ...scenarioOf(step, source, context, drawn),
    population,
    seed: context.plan.seed,
    from: 0,
    count: step.subjects,
    times,
    quantities,
    endpoints,
  }
  const answer = accepted(
    await summarizePopulation(context.pool, job, {
      levels: percentileLevels,
      signal: context.signal,
      onProgress: (told) => {
        if (told.kind === 'subjects') context.progress(told.done / told.total)
      },
    }),
    step.name,
    context,
  )
  const dropped = droppedDraws(population.filters, answer.dropped ?? [])
  const bands = new Map(answer.percentiles.map((percentiles, q) => [quantities[q] ?? '', bandsOf(percentiles, times)]))
  return {
    result: {
      kind: 'population',
      source,
      regimen: regimenOf(step, source, context.file),
      answer,
      dropped,
      times,
      quantities,
      endpoints,
    },
    files: [
      { name: `${step.name}-endpoints.arrow`, bytes: tableToArrow(endpointsTable(answer, endpoints)) },
      { name: `${step.name}-bands.arrow`, bytes: tableToArrow(bandsTable(bands)) },
      ...filterFiles(step.name, dropped),
      ...(answer.decided === undefined
        ? []
        : decisionFiles(
            step.name,
            answer.decided.map((decided, k) => ({ id: String(k + 1), decided })),
            source,
          )),
    ],
    status: { ...counts(answer.outcomes), ...droppedCount(dropped) },
    models: [source],
    licences: licensedObservations(source).map(licenceLine),
  }
}

/** Draws that were dropped in all, as the manifest counts them. */
function droppedCount(dropped: readonly DroppedDraws[]): Readonly<Record<string, number>> {
  const all = dropped.reduce((sum, { count }) => sum + count, 0)
  return all === 0 ? {} : { dropped: all }
}

function counts(outcomes: readonly SubjectOutcome[]): Readonly<Record<string, number>> {
  const ok = outcomes.filter(({ status }) => status === 'finished').length
  const crashed = outcomes.filter(({ status }) => status === 'crashed').length
  const failed = outcomes.length - ok - crashed
  return { ok, ...(failed > 0 ? { failed } : {}), ...(crashed > 0 ? { crashed } : {}) }
}
