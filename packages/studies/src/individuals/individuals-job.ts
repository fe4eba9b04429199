import type { FitEachJob } from '@cartkin/compute'
import type { FitSubject, SubjectPlan } from '@cartkin/fitting'
import type { EventData } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { belowQuantificationNote } from '../fit/below-quantification.ts'
import { ownFitJob } from '../fit/own-fit-job.ts'
import type { EstimateLine, OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { type DataRemark, dataRemarks } from '../subjects/data-remarks.ts'
import { observedAs } from '../subjects/observed-as.ts'
import { observedQuantities } from '../subjects/observed-quantities.ts'
import { unitFault } from '../subjects/unit-fault.ts'
import { type PatientPlan, patientPlan } from './subject-plan.ts'
import { withoutDoses } from './without-doses.ts'

/** Patients to be fitted each alone, and what is known before. */
export interface PreparedIndividuals {
  /** Of the patients that can be fitted. */
  readonly job: FitEachJob
  /** All subjects of the data, in their order. */
  readonly subjects: readonly FitSubject[]
  readonly plans: ReadonlyMap<string, PatientPlan>
  readonly remarks: readonly DataRemark[]
  /** What became of observations that the fit does not observe. */
  readonly notes: readonly string[]
}

/** What of a model is estimated, and what is observed, where the modeller does not say it: the note of the library. */
export function individualFit(fit: OwnFit, { library }: Pick<ModelSource, 'library'>): OwnFit {
  const note = library?.fitting
  if (note === undefined) return fit
  const estimate: readonly EstimateLine[] =
    fit.estimate.length > 0
      ? fit.estimate
      : note.estimated.flatMap(({ name }) => (Object.hasOwn(fit.parameters, name) ? [] : [{ name }]))
  return { ...fit, estimate, endpoints: fit.endpoints ?? [{ quantity: note.quantity, error: 'log' }] }
}

/**
 * The job that fits every patient of a plan alone. Throws a DataError or InputError for what is wrong with the file as a
 * whole; what is wrong with a patient is a remark, and the patient is left out of the job.
 */
export function individualsJob(
  given: OwnFit,
  source: ModelSource,
  read: EventData,
  context: Pick<StudyContext, 'plan' | 'file'>,
): PreparedIndividuals {
  const fit = individualFit(given, source)
  const quantities = observedQuantities(fit, source)
  const observe = fit.observe ?? {}
  const fault = unitFault(read, observe, quantities, source.model)
  if (fault !== undefined) throw fault
  const named = observedAs(read, observe, quantities, (message) => new InputError(fit.data, message))
  const remarks = dataRemarks(named.data, source.library?.horizon)
  const { data, notes: doseNotes } =
    source.library?.fitting !== undefined && source.library.regimen.doses.length === 0
      ? withoutDoses(named.data)
      : { data: named.data, notes: [] }
  const notes = [...named.notes, ...doseNotes]
  const { kind: _, ...whole } = ownFitJob(fit, source, data, context)
  const { subjects, endpoints } = whole.problem
  const blqNote =
    fit.blq === undefined
      ? ''
      : belowQuantificationNote(
          data.subjects.flatMap(({ records }) => records),
          fit.blq,
        )
  const unfit = new Set(remarks.flatMap(({ kind, subject }) => (kind === 'unfit' ? [subject] : [])))
  const fitted = subjects.filter(({ id }) => !unfit.has(id))
  const note = source.library?.fitting
  const plans = new Map<string, PatientPlan>()
  const place = endpoints.findIndex(({ quantity, scale }) => quantity === note?.quantity && scale === 'log')
  if (note !== undefined && place >= 0)
    for (const { id, observations } of fitted) {
      const own = observations.filter(({ endpoint }) => endpoint === place)
      if (own.some(({ censored }) => censored === undefined))
        plans.set(id, patientPlan(note, whole.problem.estimated, given.estimate, own))
    }
  return {
    job: {
      ...whole,
      kind: 'fit-each',
      problem: { ...whole.problem, subjects: fitted },
      plans: new Map([...plans].map(([id, { held: ___, ...plan }]): readonly [string, SubjectPlan] => [id, plan])),
    },
    subjects,
    plans,
    remarks,
    notes: blqNote === '' ? notes : [...notes, blqNote],
  }
}
