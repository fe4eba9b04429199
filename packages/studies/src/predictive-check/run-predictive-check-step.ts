import { basename, resolve } from 'node:path'
import { predictionCorrection, visualPredictiveCheck } from '@cartkin/fitting'
import { parseModel } from '@cartkin/model'
import { type ColumnTable, codedParameters, columnsOf, randomEffectsOf, textLevels } from '@cartkin/simulation'
import { inModelTime, observedAs, readEventData } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'
import { resultJson } from '../files/result-json.ts'
import { residualTexts } from '../fit/residual-text.ts'
import { withResidualLines } from '../fit/with-residual-lines.ts'
import { readingOptions } from '../plan/data-reading.ts'
import type { PredictiveCheckStep } from '../plan/plan.ts'
import { modelSource } from '../steps/model-source.ts'
import { regimenOf, startOf } from '../steps/scenario-of.ts'
import type { ModelSource, PredictiveCheckStepResult, StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { tableFiles } from '../steps/table-files.ts'
import { checkInputs } from '../subjects/check-inputs.ts'
import { columnLevels } from '../subjects/column-levels.ts'
import { checkLimits, limitsByLabel } from '../subjects/quantification-limits.ts'
import { hasDoses, subjectsFor } from '../subjects/subjects-for.ts'
import { checkDesign } from './check-design.ts'
import { type CheckedEndpoint, counted } from './checked-endpoint.ts'
import { notedError } from './noted-error.ts'
import { type ReplicateInput, simulateReplicates, typicalPredictions } from './simulate-replicates.ts'
import { strataOf } from './strata.ts'
import { subjectGroups } from './subject-groups.ts'

/**
 * Simulates the design of data again and again and compares percentiles by bins of time: `NAME.arrow`, `NAME.csv` and
 * `NAME.json`.
 */
export async function runPredictiveCheckStep(step: PredictiveCheckStep, context: StudyContext): Promise<StepOutput> {
  const { name, data: file, replicates } = step
  const { source, errorNote } = withErrors(await modelSource(step.model, context), step, context)
  const bytes = await readInput(resolve(context.folder, file), file)
  const { subjects, parameters, notes, regimen, groups } = designOf(step, source, bytes, context)
  const { endpoints: design, note } = checkDesign(source.model, subjects, step.reading?.lloq ?? {}, {
    modelName: source.id,
    dataFile: file,
  })
  const groupOf = (subject: number) => groups?.get(subjects[subject]?.id ?? '') ?? ''
  const order = [...new Set(groups?.values())]
  const strata = design.map((endpoint) => strataOf(endpoint, groupOf, order, step.bins))
  const population = source.library?.population ?? randomEffectsOf(source.model)
  const input: ReplicateInput = {
    text: source.text,
    model: source.model,
    parameters,
    subjects,
    regimen,
    population,
    start: step.start?.time ?? source.library?.start ?? 0,
    ...startOf(step, source, context.file),
    solver: context.plan.solver,
    replicates,
    seed: context.plan.seed,
  }
  const { values, failed, reason } = await simulateReplicates(input, design, context.pool, context)
  const predictions =
    step.predictionCorrected === true ? await typicalPredictions(input, design, context.pool, context) : null
  const checked = design.flatMap((endpoint, e): readonly CheckedEndpoint[] =>
    (strata[e] ?? []).map(({ name: stratum, places, bins }) => {
      const { rows, lloq } = endpoint
      const factors = predictions === null ? null : predictionCorrection(bins, predictions[e] ?? [])
      const found = visualPredictiveCheck({
        bins,
        observed: rows.map(({ value }) => value),
        below: rows.map(({ below }) => below),
        simulated: values[e] ?? new Float64Array(),
        ...(lloq === undefined ? {} : { lloq }),
        ...(factors === null ? {} : { factors }),
      })
      return {
        design: { ...endpoint, rows: places.flatMap((place) => rows[place] ?? []) },
        stratum,
        factors: factors && Float64Array.from(places, (place) => factors[place] ?? 1),
        bins: found,
      }
    }),
  )
  const endpoints = checked.map(({ design: { quantity, rows, lloq }, stratum, bins }) => {
    const { inside, all } = counted(bins)
    const below = rows.filter((row) => row.below).length
    const own = stratum === '' ? { quantity } : { quantity, stratum }
    return { ...own, observations: rows.length, below, lloq: lloq ?? null, percentiles: all, inside, bins }
  })
  const result: PredictiveCheckStepResult = {
    kind: 'predictive-check',
    source,
    checked,
    endpoints,
    replicates,
    hasPopulation: population !== null,
    groupedBy: step.stratify,
    scale: step.scale,
    notes: [errorNote, ...notes, note].filter((text) => text !== ''),
    failed,
    reason,
  }
  const table = tableOf(checked)
  return {
    result,
    files: [
      ...tableFiles(name, table),
      {
        name: `${name}.json`,
        bytes: resultJson({
          model: source.id,
          data: basename(file),
          ...(errorNote === '' ? {} : { fromNote: errorNote }),
          replicates,
          seed: context.plan.seed,
          endpoints,
          failed,
          reason,
        }),
      },
    ],
    status: { ok: replicates * subjects.length - failed, ...(failed > 0 ? { failed } : {}) },
    models: [source],
    data: { file: basename(file), bytes },
    licences: [],
  }
}

/**
 * The model with the residual errors of the step, or where it has none of its fit, or of the note of the library; throws an InputError where
 * it has its own.
 */
function withErrors(
  source: ModelSource,
  step: PredictiveCheckStep,
  context: StudyContext,
): { readonly source: ModelSource; readonly errorNote: string } {
  const { name } = step
  const { file } = context
  const given = step.errors ?? (source.model.errorModels.length > 0 ? {} : errorsOfFit(step, context))
  const noted = notedError(source.model, source.library)
  const [errors, errorNote] = Object.keys(given).length > 0 ? [given, ''] : [noted.errors, noted.note]
  const lines = Object.entries(errors).map(([quantity, error]) => `${quantity} ~ ${error}`)
  if (lines.length === 0) return { source, errorNote: '' }
  if (source.model.errorModels.length > 0)
    throw new InputError(file, `step ${name}: ${source.id} has residual errors of its own; leave out \`errors\``)
  const text = withResidualLines(source.text, errors)
  const parsed = parseModel(text)
  if (parsed.ok) return { source: { ...source, text, model: parsed.model }, errorNote }
  throw new InputError(
    file,
    `step ${name}: errors: ${parsed.diagnostics.map(({ message }) => message).join('; ')} (${lines.join(', ')})`,
  )
}

/** The residual errors of the fit that a step names, at its estimates. */
function errorsOfFit({ fit }: PredictiveCheckStep, { results }: StudyContext): Readonly<Record<string, string>> {
  const found = fit === undefined ? undefined : results.get(fit)
  const best = found?.kind === 'fit' ? found.fits[found.best]?.result : undefined
  if (found?.kind !== 'fit' || best === undefined) return {}
  const { endpoints, errorParameters } = found.job.problem
  const all = new Map(Object.entries(errorParameters))
  for (const { name, estimate } of [...best.estimates, ...best.tied]) all.set(name, estimate)
  return residualTexts(endpoints, (name) => all.get(name))
}

/** The subjects of the data, and what they are given. */
function designOf(step: PredictiveCheckStep, source: ModelSource, bytes: Uint8Array, context: StudyContext) {
  const { data: file, name, observe = {}, reading = {} } = step
  const { model } = source
  const quantities = model.errorModels.map((line) => (line.kind === 'continuous' ? line.name : line.endpoint))
  const own = textLevels(model)
  const levels = step.stratify === undefined ? undefined : columnLevels(bytes, file, step.stratify, reading)
  const read = readEventData(bytes, file, {
    ...readingOptions(limitsByLabel(reading, observe, quantities)),
    levels: levels === undefined || own.has(levels.column) ? own : new Map([...own, [levels.column, levels.texts]]),
    rules: context.plan.solver.recordRules ?? 'nonmem',
  })
  const fail = (message: string) => new InputError(file, message)
  checkLimits(reading, read, model, fail)
  const observed = step.observe === undefined ? { data: read, notes: [] } : observedAs(read, observe, quantities, fail)
  const { data, note } = inModelTime(observed.data, model, step.timeUnit, file)
  if (hasDoses(data) && step.regimen !== undefined && step.regimen !== 'none')
    throw new InputError(
      context.file,
      `step ${name}: the data hold doses, and a regimen gives others; leave out the one or the other`,
    )
  const parameters = parametersOf(step, source, context)
  checkInputs(
    source,
    { parameters, names: data.covariates },
    (input) => `give ${input.name} a value under \`parameters\`, or a column ${input.name} in the data`,
  )
  return {
    subjects: subjectsFor(model, data, new Set(Object.keys(parameters))),
    parameters,
    notes: note === '' ? observed.notes : [...observed.notes, note],
    groups:
      step.stratify === undefined
        ? undefined
        : subjectGroups(
            read.subjects,
            read.covariates,
            step.stratify,
            levels && (own.get(levels.column) ?? levels.texts),
            file,
          ),
    regimen: regimenOf(hasDoses(data) ? { name, regimen: 'none' } : step, source, context.file),
  }
}

/** Values that the step gives, above the estimates of the fit that it names and what that held fixed. */
function parametersOf(
  { name, fit, parameters }: PredictiveCheckStep,
  { id, model }: ModelSource,
  { results, file }: StudyContext,
): Readonly<Record<string, number>> {
  const found = fit === undefined ? undefined : results.get(fit)
  const best = found?.kind === 'fit' ? found.fits[found.best]?.result : undefined
  const held = found?.kind === 'fit' ? Object.entries(found.job.problem.parameters) : []
  const known = new Set(model.parameters.map((parameter) => parameter.name))
  const estimates = [...(best?.estimates ?? []), ...(best?.tied ?? [])].filter((one) => known.has(one.name))
  if (fit !== undefined && estimates.length === 0)
    throw new InputError(file, `step ${name}: ${fit} estimates nothing that is a parameter of ${id}`)
  try {
    return {
      ...Object.fromEntries(held.filter(([parameter]) => known.has(parameter))),
      ...Object.fromEntries(estimates.map((one) => [one.name, one.estimate])),
      ...codedParameters(model, parameters),
    }
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, `step ${name}: ${error.message}`)
    throw error
  }
}

/** Every percentile and every share of all bins; 'below' has the share below the limit of quantification. */
function tableOf(checked: readonly CheckedEndpoint[]): ColumnTable {
  const rows = checked.flatMap(({ design: { quantity }, stratum, bins }) =>
    bins.flatMap(({ from, to, time, count, percentiles, below }) => [
      ...percentiles.map(({ level, ...value }) => ({
        quantity,
        stratum,
        from,
        to,
        time,
        count,
        what: `p${Number((level * 100).toFixed(4))}`,
        ...value,
      })),
      { quantity, stratum, from, to, time, count, what: 'below', ...below },
    ]),
  )
  const { number, text } = columnsOf(rows)
  return {
    columns: [
      text('quantity', (row) => row.quantity),
      text('stratum', (row) => row.stratum),
      text('what', (row) => row.what),
      number('from', (row) => row.from),
      number('to', (row) => row.to),
      number('time', (row) => row.time),
      number('count', (row) => row.count),
      number('observed', (row) => row.observed),
      number('lower', (row) => row.lower),
      number('median', (row) => row.median),
      number('upper', (row) => row.upper),
    ],
  }
}
