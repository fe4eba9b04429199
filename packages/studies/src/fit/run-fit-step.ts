import { type FitJob, solverOptions } from '@cartkin/compute'
import { fitControl, multiStart, objectiveAt, startedAt, waterfall } from '@cartkin/fitting'
import { compileModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import { tableToArrow } from '@cartkin/tables'
import { asInput } from '../files/as-input.ts'
import { resultJson } from '../files/result-json.ts'
import type { FitStep } from '../plan/plan.ts'
import { accepted } from '../steps/accepted.ts'
import { countedStatuses } from '../steps/counted-statuses.ts'
import type { FitStepResult, ModelSource, StepOutput, TracePoint } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { checkUncertainty, fitProfiles, fitUncertainty } from '../uncertainty/fit-uncertainty.ts'
import { leavable } from '../uncertainty/leavable.ts'
import { uncertaintyFiles, uncertaintyJson } from '../uncertainty/uncertainty-files.ts'
import { axiCelJob } from './axi-cel-job.ts'
import { estimatesTable, predictionsTable } from './fit-tables.ts'
import { fittedCourse } from './fitted-course.ts'
import { ownFit } from './own-fit.ts'
import { type PlannedStart, plannedStarts, startRows } from './planned-starts.ts'
import { refitAtBetter, refitNote } from './refit-at-better.ts'
import { steeredJob } from './steered-job.ts'
import {
  checkSteering,
  heldWithTies,
  isSteeredLive,
  leftNotes,
  steeringNotes,
  steeringOptions,
  stillWanted,
} from './steering-of-step.ts'
import { steeringText } from './steering-schema.ts'

type FittedStart = FitStepResult['fits'][number]

export async function runFitStep(step: FitStep, context: StudyContext): Promise<StepOutput> {
  const prepared = step.problem === 'axi-cel' ? await axiCelJob(context) : await ownFit(step.problem, context)
  const { source, data, attribution, timeNote, dataNotes, fittingNote, blqNote, licences } = prepared
  const planned = {
    ...prepared.job,
    ...(step.search === undefined ? {} : { search: step.search }),
    ...(step.maxIterations === undefined ? {} : { maxIterations: step.maxIterations }),
  }
  if (step.uncertainty !== undefined) checkUncertainty(step.uncertainty, planned.problem, context)
  const reference = referenceObjective(planned, source, context)
  const starts = plannedStarts(step, planned, context, prepared.starts)
  checkSteering(step, starts.length, context.file)
  const { watch } = context
  const fits: FittedStart[] = []
  const shares: number[] = []
  const fitFrom = async (problem: FitJob['problem'], place: number, begun: Omit<PlannedStart, 'point'>) => {
    const trace: TracePoint[] = []
    const isOnly = place === 0 && starts.length === 1
    const takes = isOnly ? ('everything' as const) : ('pauses' as const)
    const watched = { step: step.name, label: begun.label, takes, control: fitControl() }
    watch?.begin(watched)
    const answer = await context.pool.run(
      { ...planned, problem, steering: isOnly ? steeringOptions(step, watch) : {} },
      {
        signal: context.signal,
        control: watched.control,
        onProgress: (told) => {
          if (told.kind !== 'steering') return
          watch?.told(watched, told)
          if (told.event.kind !== 'iteration') return
          const { iteration, best } = told.event
          trace.push({ iteration, objective: best })
          // How long a fit takes is not known; most are done within some twenty iterations.
          shares[place] = iteration / (iteration + 8)
          context.progress(shares.reduce((sum, share) => sum + share, 0) / shares.length)
        },
      },
    )
    watch?.end(watched)
    shares[place] = 1
    const { result } = accepted(answer, step.name, context)
    fits[place] = { factor: begun.factor, label: begun.label, result, trace }
    return result
  }
  starts.forEach((_, place) => {
    shares[place] = 0
  })
  const first = await multiStart(
    planned.problem,
    starts.map(({ point }) => point),
    (problem, place) => fitFrom(problem, place, starts[place] ?? { factor: null, label: '' }),
  )
  const record = starts.length === 1 ? first.best.steering : undefined
  const isStopped = first.best.outcome.status === 'stopped'
  const wanted = stillWanted(step.uncertainty, record, isStopped)
  const after = leavable(context)
  const running = { ...context, signal: after.signal }
  const job = steeredJob(planned, record, source.model)
  const { profiles, refits } = await refitAtBetter(
    first.best,
    job.problem,
    async (fit) => {
      if (wanted?.profile === undefined) return []
      const searches = fits.map(({ result }) => result)
      return after.run(() => fitProfiles(wanted, job, fit, step.name, running, searches), [])
    },
    (point, profiled) => {
      const problem = { ...job.problem, estimated: startedAt(job.problem.estimated, point) }
      return fitFrom(problem, fits.length, { factor: null, label: `a point on the profile of ${profiled}` })
    },
  )
  const falls = waterfall(fits.map(({ result }) => result))
  const best = falls.order[0] ?? 0
  const predictions = fits[best]?.result
  const estimates = [...(predictions?.estimates ?? []), ...(predictions?.tied ?? [])]
  const courses = await Promise.all(
    job.problem.subjects.map((subject) => fittedCourse(job, subject, estimates, source, step.name, context)),
  )
  const uncertaintyWith = (plan: typeof wanted) =>
    fitUncertainty(plan, job, predictions, profiles, source.model, step.name, running)
  const uncertainty =
    wanted?.bootstrap === undefined
      ? await uncertaintyWith(undefined)
      : ((await after.run(() => uncertaintyWith(wanted), null)) ?? (await uncertaintyWith(undefined)))
  const isDrawn = starts.some(({ factor }) => factor === null) || step.multiStart !== undefined
  const result: FitStepResult = {
    kind: 'fit',
    source,
    job,
    fits,
    best,
    ...(isDrawn ? { waterfall: falls } : {}),
    uncertainty,
    reference,
    courses,
    attribution,
    timeNote,
    dataNotes,
    fittingNote,
    blqNote,
    refitNote: refitNote(refits),
    steeringNotes: [
      ...steeringNotes(record, isStopped, step.uncertainty !== undefined),
      ...leftNotes(after.isLeft(), profiles.length > 0),
    ],
  }
  return {
    result,
    files: [
      { name: `${step.name}.arrow`, bytes: tableToArrow(estimatesTable(result)) },
      ...(predictions
        ? [{ name: `${step.name}-predictions.arrow`, bytes: tableToArrow(predictionsTable(predictions)) }]
        : []),
      ...uncertaintyFiles(step.name, uncertainty),
      ...(record === undefined
        ? []
        : [{ name: `${step.name}-steering.json`, bytes: new TextEncoder().encode(steeringText(record.log)) }]),
      {
        name: `${step.name}.json`,
        bytes: resultJson({
          model: source.id,
          data: data.file,
          attribution,
          ...(timeNote === '' ? {} : { times: timeNote }),
          ...(dataNotes.length === 0 ? {} : { notes: dataNotes }),
          ...(fittingNote === '' ? {} : { fromNote: fittingNote }),
          ...(blqNote === '' ? {} : { belowQuantification: blqNote }),
          ...(step.problem === 'axi-cel' ? {} : { blq: step.problem.blq ?? 'M3' }),
          ...(refits.length === 0 ? {} : { begunAnew: refitNote(refits) }),
          estimated: job.problem.estimated,
          ...(record === undefined || record.held.length === 0 ? {} : { held: heldWithTies(record, planned.problem) }),
          endpoints: job.problem.endpoints,
          errorParameters: job.problem.errorParameters,
          objectiveAtStartValues: reference,
          // of starts that were drawn only the best in full
          best: isDrawn ? 0 : best,
          fits: (isDrawn ? fits.slice(best, best + 1) : fits).map(({ factor, label, result: found, trace }) => ({
            startFactor: factor,
            start: label,
            ...found,
            trace,
          })),
          ...(isDrawn ? { starts: startRows(fits, falls) } : {}),
          ...uncertaintyJson(uncertainty),
        }),
      },
    ],
    status: {
      ...countedStatuses(fits.map(({ result }) => result.outcome.status)),
      ...(after.isLeft() ? { 'uncertainty-left-out': 1 } : {}),
    },
    models: [source],
    data,
    licences,
    ...(record !== undefined && isSteeredLive(step, record) ? { steering: record.log } : {}),
  }
}

/** The objective at the starting values as they stand. */
function referenceObjective({ problem, solver }: FitJob, source: ModelSource, { file }: StudyContext): number {
  const model = compileModel(source.model)
  return asInput(file, () => {
    const parameters = knownParameters(source.model, problem.parameters)
    return objectiveAt({ ...problem, model, parameters, solver: solverOptions(solver) }).objective
  })
}
