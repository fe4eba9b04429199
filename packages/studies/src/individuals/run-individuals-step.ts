import { basename, resolve } from 'node:path'
import { fitSubjects } from '@cartkin/compute'
import { type FitPrediction, fitControl, type IndividualFit } from '@cartkin/fitting'
import type { ColumnTable } from '@cartkin/simulation'
import { tableToArrow, tableToCsv } from '@cartkin/tables'
import { asInput } from '../files/as-input.ts'
import { readInput } from '../files/read-input.ts'
import { resultJson } from '../files/result-json.ts'
import { predictionsTable } from '../fit/fit-tables.ts'
import { fittedCourse } from '../fit/fitted-course.ts'
import type { IndividualsStep } from '../plan/plan.ts'
import { accepted } from '../steps/accepted.ts'
import { countedStatuses } from '../steps/counted-statuses.ts'
import { modelSource } from '../steps/model-source.ts'
import type { IndividualsStepResult, ModelSource, StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { readForFit } from '../subjects/data-for-fit.ts'
import { notedFit } from '../subjects/noted-fit.ts'
import { individualsJob } from './individuals-job.ts'
import { individualsTable, profilesTable } from './individuals-tables.ts'

/** Every patient alone: `NAME.csv` and `.arrow` (one row per patient and parameter), `NAME-predictions` and `NAME-profiles` likewise, `NAME.json`. */
export async function runIndividualsStep(step: IndividualsStep, context: StudyContext): Promise<StepOutput> {
  const { problem: given, name } = step
  const source = await modelSource(given.model, context)
  const bytes = await readInput(resolve(context.folder, given.data), given.data)
  const { data, note } = readForFit(notedFit(given, source), source, bytes, context)
  const prepared = asInput(context.file, () => individualsJob(step, source, data, context))
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
    status: countedStatuses(fits.map((fit) => (fit.status === 'fitted' ? fit.result.outcome.status : fit.status))),
    models: [source],
    data: { file: basename(given.data), bytes },
    licences: [],
  }
}

/** The course of every fitted patient at its estimates. */
async function courses(
  fits: readonly IndividualFit[],
  job: IndividualsStepResult['job'],
  source: ModelSource,
  step: string,
  context: StudyContext,
): Promise<IndividualsStepResult['courses']> {
  const drawn = fits.map(async (fit) => {
    const subject = job.problem.subjects.find(({ id }) => id === fit.id)
    if (fit.status !== 'fitted' || subject === undefined) return []
    const { estimates, tied } = fit.result
    return [await fittedCourse(job, subject, [...estimates, ...tied], source, step, context)]
  })
  return (await Promise.all(drawn)).flat()
}

/** Points of profiles stand in their own table. */
function withoutPoints(fit: IndividualFit): object {
  if (fit.status === 'not-fitted') return fit
  return { ...fit, profiles: fit.profiles.map(({ points: _, ...profile }) => profile) }
}
