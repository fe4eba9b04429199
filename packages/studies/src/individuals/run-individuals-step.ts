import { basename, resolve } from 'node:path'
import { fitSubjects } from '@cartkin/compute'
import { type FitPrediction, fitControl, type IndividualFit } from '@cartkin/fitting'
import { type ColumnTable, textLevels } from '@cartkin/simulation'
import { type EventData, readEventData, tableToArrow, tableToCsv } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'
import { resultJson } from '../files/result-json.ts'
import { predictionsTable } from '../fit/fit-tables.ts'
import { readingOptions } from '../plan/data-reading.ts'
import type { IndividualsStep, OwnFit } from '../plan/plan.ts'
import { accepted } from '../steps/accepted.ts'
import { modelSource } from '../steps/model-source.ts'
import type { IndividualsStepResult, ModelSource, StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { drawnTimes } from '../subjects/drawn-times.ts'
import { inModelTime } from '../subjects/in-model-time.ts'
import { observedQuantities } from '../subjects/observed-quantities.ts'
import { checkLimits, limitsByLabel } from '../subjects/quantification-limits.ts'
import { individualFit, individualsJob } from './individuals-job.ts'
import { individualsTable, profilesTable } from './individuals-tables.ts'

/** Every patient alone: `NAME.csv` and `.arrow` (one row per patient and parameter), `NAME-predictions` and `NAME-profiles` likewise, `NAME.json`. */
export async function runIndividualsStep(step: IndividualsStep, context: StudyContext): Promise<StepOutput> {
  const { problem: given, name } = step
  const source = await modelSource(given.model, context)
  const bytes = await readInput(resolve(context.folder, given.data), given.data)
  const { data, note } = readFor(given, source, bytes, context)
  const prepared = attempt(() => individualsJob(step, source, data, context), context.file)
  const { subjects, plans, remarks, notes } = prepared
  const job = {
    ...prepared.job,
    profiles: step.profiles,
    ...(step.search === undefined ? {} : { search: step.search }),
    ...(step.maxIterations === undefined ? {} : { maxIterations: step.maxIterations }),
  }
  const { watch } = context
  const watched = { step: name, label: 'every patient alone', takes: 'pauses' as const, control: fitControl() }
  watch?.begin(watched)
  const fitted = accepted(
    await fitSubjects(context.pool, watch === undefined ? job : { ...job, iterations: true }, {
      signal: context.signal,
      control: watched.control,
      onProgress: (told) => {
        if (told.kind === 'subject-iteration' || told.kind === 'refused') watch?.told(watched, told)
        if (told.kind === 'subjects') context.progress((0.9 * told.done) / told.total)
      },
    }),
    name,
    context,
  ).fits
  watch?.end(watched)
  const byId = new Map(fitted.map((fit) => [fit.id, fit]))
  const fits = subjects.map(({ id }): IndividualFit => {
    const reason = remarks.find(({ kind, subject }) => kind === 'unfit' && subject === id)?.message ?? 'not fitted'
    return byId.get(id) ?? { status: 'not-fitted', id, reason }
  })
  const result: IndividualsStepResult = {
    kind: 'individuals',
    source,
    job,
    subjects,
    plans,
    remarks,
    fits,
    courses: await courses(fits, job, source, name, context),
    notes: note === '' ? notes : [note, ...notes],
  }
  const table = individualsTable(result)
  const predicted = predictionsTable({
    predictions: fits.flatMap((fit): readonly FitPrediction[] =>
      fit.status === 'fitted' ? fit.result.predictions : [],
    ),
  })
  const profiled = profilesTable(fits)
  const text = (from: ColumnTable) => new TextEncoder().encode(tableToCsv(from))
  return {
    result,
    files: [
      { name: `${name}.csv`, bytes: text(table) },
      { name: `${name}.arrow`, bytes: tableToArrow(table) },
      { name: `${name}-predictions.csv`, bytes: text(predicted) },
      { name: `${name}-predictions.arrow`, bytes: tableToArrow(predicted) },
      ...(step.profiles
        ? [
            { name: `${name}-profiles.csv`, bytes: text(profiled) },
            { name: `${name}-profiles.arrow`, bytes: tableToArrow(profiled) },
          ]
        : []),
      {
        name: `${name}.json`,
        bytes: resultJson({
          model: source.id,
          data: basename(given.data),
          notes: result.notes,
          remarks,
          fits: fits.map(withoutPoints),
        }),
      },
    ],
    status: counted(fits),
    models: [source],
    data: { file: basename(given.data), bytes },
    licences: [],
  }
}

function readFor(
  given: OwnFit,
  source: ModelSource,
  bytes: Uint8Array,
  context: StudyContext,
): { readonly data: EventData; readonly note: string } {
  const quantities = observedQuantities(individualFit(given, source), source)
  const reading = given.reading ?? {}
  const read = readEventData(bytes, given.data, {
    ...readingOptions(limitsByLabel(reading, given.observe ?? {}, quantities)),
    levels: textLevels(source.model),
    rules: context.plan.solver.recordRules ?? 'nonmem',
  })
  checkLimits(reading, read, source.model, (message) => new InputError(given.data, message))
  return inModelTime(read, source.model, given.timeUnit, given.data)
}

function attempt<T>(work: () => T, file: string): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, error.message)
    throw error
  }
}

/** The course of every fitted patient at its estimates. */
async function courses(
  fits: readonly IndividualFit[],
  { text, problem, solver }: IndividualsStepResult['job'],
  { model }: ModelSource,
  step: string,
  context: StudyContext,
): Promise<IndividualsStepResult['courses']> {
  const known = new Set(model.parameters.map(({ name }) => name))
  const drawn = await Promise.all(
    fits.map(async (fit) => {
      const subject = problem.subjects.find(({ id }) => id === fit.id)
      if (fit.status !== 'fitted' || subject === undefined) return []
      const { id, records, observations, start, parameters, covariates = [] } = subject
      const estimates = [...fit.result.estimates, ...fit.result.tied].flatMap(({ name, estimate }) =>
        known.has(name) ? [[name, estimate] as const] : [],
      )
      const answer = await context.pool.run(
        {
          kind: 'simulate',
          text,
          parameters: { ...problem.parameters, ...parameters, ...Object.fromEntries(estimates) },
          covariates,
          doses: { records },
          start,
          ...(problem.startState !== undefined && { startState: problem.startState }),
          times: drawnTimes(observations.map(({ time }) => time)),
          endpoints: [],
          ...(solver ? { solver } : {}),
        },
        { signal: context.signal },
      )
      return [{ id, table: accepted(answer, step, context).table }]
    }),
  )
  return drawn.flat()
}

/** Points of profiles stand in their own table. */
function withoutPoints(fit: IndividualFit): object {
  if (fit.status === 'not-fitted') return fit
  return { ...fit, profiles: fit.profiles.map(({ points: _, ...profile }) => profile) }
}

function counted(fits: readonly IndividualFit[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const fit of fits) {
    const { status } = fit.status === 'fitted' ? fit.result.outcome : fit
    const name = status === 'converged' ? 'ok' : status
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}
