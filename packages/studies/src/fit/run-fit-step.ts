import { basename, resolve } from 'node:path'
import { type FitJob, solverOptions } from '@cartkin/compute'
import { objectiveAt } from '@cartkin/fitting'
import { compileModel } from '@cartkin/model'
import { type ColumnTable, knownParameters, textLevels, timeGrid } from '@cartkin/simulation'
import { readEventData, tableToArrow } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'
import { resultJson } from '../files/result-json.ts'
import { readingOptions } from '../plan/data-reading.ts'
import type { FitStep, OwnFit } from '../plan/plan.ts'
import { accepted } from '../steps/accepted.ts'
import { modelSource } from '../steps/model-source.ts'
import type { FitStepResult, ModelSource, StepOutput, TracePoint } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { inModelTime } from '../subjects/in-model-time.ts'
import { axiCelJob, type PreparedFit } from './axi-cel-job.ts'
import { estimatesTable, predictionsTable } from './fit-tables.ts'
import { ownFitJob } from './own-fit-job.ts'

/** Times at which a fitted course is drawn up to the last observation of each endpoint. */
const drawnTimes = 200

export async function runFitStep(step: FitStep, context: StudyContext): Promise<StepOutput> {
  const prepared = step.problem === 'axi-cel' ? await axiCelJob(context) : await ownFit(step.problem, context)
  const { source, data, attribution, timeNote, licences } = prepared
  const job = { ...prepared.job, maxIterations: step.maxIterations }
  const reference = referenceObjective(job, source, context)
  const shares = step.starts.map(() => 0)
  const fits = await Promise.all(
    step.starts.map(async (factor, index) => {
      const trace: TracePoint[] = []
      const answer = await context.pool.run(started(job, factor), {
        signal: context.signal,
        onProgress: (told) => {
          if (told.kind !== 'iteration') return
          const { iteration, best } = told.iteration
          trace.push({ iteration, objective: best })
          // How long a fit takes is not known; most are done within some twenty iterations.
          shares[index] = iteration / (iteration + 8)
          context.progress(shares.reduce((sum, share) => sum + share, 0) / shares.length)
        },
      })
      shares[index] = 1
      return { factor, result: accepted(answer, step.name, context).result, trace }
    }),
  )
  const best = fits.reduce((least, { result }, k) => (result.objective < fits[least]!.result.objective ? k : least), 0)
  const estimates = fits[best]?.result.estimates ?? []
  const courses = await fittedCourses(job, source, estimates, step.name, context)
  const result: FitStepResult = { kind: 'fit', source, job, fits, best, reference, courses, attribution, timeNote }
  const predictions = fits[best]?.result
  return {
    result,
    files: [
      { name: `${step.name}.arrow`, bytes: tableToArrow(estimatesTable(result)) },
      ...(predictions
        ? [{ name: `${step.name}-predictions.arrow`, bytes: tableToArrow(predictionsTable(predictions)) }]
        : []),
      {
        name: `${step.name}.json`,
        bytes: resultJson({
          model: source.id,
          data: data.file,
          attribution,
          ...(timeNote === '' ? {} : { times: timeNote }),
          objectiveAtStartValues: reference,
          best,
          fits: fits.map(({ factor, result: found, trace }) => ({ startFactor: factor, ...found, trace })),
        }),
      },
    ],
    status: counted(fits.map(({ result: { outcome } }) => (outcome.status === 'converged' ? 'ok' : outcome.status))),
    models: [source],
    data,
    licences,
  }
}

async function ownFit(fit: OwnFit, context: StudyContext): Promise<PreparedFit> {
  const bytes = await readInput(resolve(context.folder, fit.data), fit.data)
  const source = await modelSource(fit.model, context)
  const read = readEventData(bytes, fit.data, {
    ...readingOptions(fit.reading ?? {}),
    levels: textLevels(source.model),
    rules: context.plan.solver.recordRules ?? 'nonmem',
  })
  const { data, note } = inModelTime(read, source.model, fit.timeUnit, fit.data)
  try {
    const job = ownFitJob(fit, source, data, context)
    return { job, source, data: { file: basename(fit.data), bytes }, attribution: '', timeNote: note, licences: [] }
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(context.file, error.message)
    throw error
  }
}

/** The job from starts moved by a factor, within their bounds. */
function started(job: FitJob, factor: number): FitJob {
  const estimated = job.problem.estimated.map((parameter) => ({
    ...parameter,
    start: Math.min(parameter.upper, Math.max(parameter.lower, parameter.start * factor)),
  }))
  return { ...job, problem: { ...job.problem, estimated } }
}

/** The objective at the starting values as they stand. */
function referenceObjective({ problem, solver }: FitJob, source: ModelSource, { file }: StudyContext): number {
  const model = compileModel(source.model)
  try {
    const parameters = knownParameters(source.model, problem.parameters)
    return objectiveAt({ ...problem, model, parameters, solver: solverOptions(solver) }).objective
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, error.message)
    throw error
  }
}

async function fittedCourses(
  { text, problem, solver }: FitJob,
  source: ModelSource,
  estimates: readonly { readonly name: string; readonly estimate: number }[],
  step: string,
  context: StudyContext,
): Promise<readonly { readonly id: string; readonly table: ColumnTable }[]> {
  const known = new Set(source.model.parameters.map(({ name }) => name))
  const fitted = Object.fromEntries(
    estimates.flatMap(({ name, estimate }) => (known.has(name) ? [[name, estimate] as const] : [])),
  )
  return Promise.all(
    problem.subjects.map(async ({ id, records, observations, start, parameters, covariates = [] }) => {
      const first = Math.min(0, ...observations.map(({ time }) => time))
      const ends = problem.endpoints.map((_, k) =>
        Math.max(1, ...observations.flatMap(({ endpoint, time }) => (endpoint === k ? [time] : []))),
      )
      const times = new Set(ends.flatMap((end) => [...timeGrid(first, end, (end - first) / drawnTimes)]))
      const answer = await context.pool.run(
        {
          kind: 'simulate',
          text,
          parameters: { ...problem.parameters, ...parameters, ...fitted },
          covariates,
          doses: { records },
          start,
          ...(problem.startState !== undefined && { startState: problem.startState }),
          times: Float64Array.from(times).sort(),
          endpoints: [],
          ...(solver ? { solver } : {}),
        },
        { signal: context.signal },
      )
      return { id, table: accepted(answer, step, context).table }
    }),
  )
}

function counted(statuses: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  return Object.fromEntries(counts)
}
