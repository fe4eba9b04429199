import type { FitEachJob } from '@cartkin/compute'
import type { FitSubject } from '@cartkin/fitting'
import { type DataRemark, dataRemarks, type EventData } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { belowQuantificationNote } from '../fit/below-quantification.ts'
import { ownFitJob } from '../fit/own-fit-job.ts'
import type { IndividualsStep } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { dataForFit } from '../subjects/data-for-fit.ts'
import { notedFit } from '../subjects/noted-fit.ts'
import { drawnStarts, notedPlan, plannedParts, type SearchPlan } from '../subjects/noted-plan.ts'
import { tooFewValues } from '../subjects/too-few-values.ts'

/** Patients to be fitted each alone, and what is known before. */
export interface PreparedIndividuals {
  /** Of the patients that can be fitted. */
  readonly job: FitEachJob
  /** All subjects of the data, in their order. */
  readonly subjects: readonly FitSubject[]
  readonly plans: ReadonlyMap<string, SearchPlan>
  readonly remarks: readonly DataRemark[]
  /** What became of observations that the fit does not observe. */
  readonly notes: readonly string[]
}

/**
 * The job that fits every patient of a plan alone. Throws a DataError or InputError for what is wrong with the file as a
 * whole; what is wrong with a patient is a remark, and the patient is left out of the job.
 */
export function individualsJob(
  { problem: given, multiStart }: Pick<IndividualsStep, 'problem' | 'multiStart'>,
  source: ModelSource,
  read: EventData,
  context: Pick<StudyContext, 'plan' | 'file'>,
): PreparedIndividuals {
  const fit = notedFit(given, source)
  const { withDoses, data, notes } = dataForFit(read, fit, source, true)
  const found = dataRemarks(withDoses, source.library?.horizon)
  const { kind: _, ...whole } = ownFitJob(fit, source, data, context)
  const { subjects, endpoints } = whole.problem
  const blqNote =
    fit.blq === undefined
      ? ''
      : belowQuantificationNote(
          data.subjects.flatMap(({ records }) => records),
          fit.blq,
        )
  const note = source.library?.fitting
  // a note says from how many values on the residual error is estimated
  const few = note === undefined ? tooFewValues(subjects, endpoints, whole.problem.estimated) : []
  const remarks = [
    ...found,
    ...few.filter((one) => !found.some(({ subject, kind }) => subject === one.subject && kind === 'unfit')),
  ]
  const unfit = new Set(remarks.flatMap(({ kind, subject }) => (kind === 'unfit' ? [subject] : [])))
  const fitted = subjects.filter(({ id }) => !unfit.has(id))
  const { estimated } = whole.problem
  const place = endpoints.findIndex(({ quantity, scale }) => quantity === note?.quantity && scale === 'log')
  const drawn = multiStart === undefined ? undefined : { ...multiStart, seed: context.plan.seed }
  const planOf = ({ observations }: FitSubject): SearchPlan | undefined => {
    const own = observations.filter(({ endpoint }) => endpoint === place)
    if (note !== undefined && own.some(({ censored }) => censored === undefined))
      return notedPlan(note, estimated, given.estimate, own, drawn)
    return drawn === undefined ? undefined : { estimated, starts: drawnStarts(estimated, new Map(), drawn) }
  }
  const plans = new Map<string, SearchPlan>()
  try {
    for (const subject of fitted) {
      const plan = planOf(subject)
      if (plan !== undefined) plans.set(subject.id, plan)
    }
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(context.file, error.message)
    throw error
  }
  return {
    job: {
      ...whole,
      kind: 'fit-each',
      problem: { ...whole.problem, subjects: fitted },
      plans: new Map([...plans].map(([id, plan]) => [id, plannedParts(plan, whole.problem)] as const)),
    },
    subjects,
    plans,
    remarks,
    notes: blqNote === '' ? notes : [...notes, blqNote],
  }
}
