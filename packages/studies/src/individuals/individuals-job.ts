import type { FitEachJob } from '@cartkin/compute'
import type { FitSubject, SubjectPlan, Tie } from '@cartkin/fitting'
import type { EventData } from '@cartkin/tables'
import { type DataRemark, dataRemarks, doseUnitFault, observedAs, unitFault } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { belowQuantificationNote } from '../fit/below-quantification.ts'
import { ownFitJob } from '../fit/own-fit-job.ts'
import type { EstimateLine, IndividualsStep, OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { dataForFit } from '../subjects/data-for-fit.ts'
import { containedInfusion } from '../subjects/from-the-start.ts'
import { observedQuantities } from '../subjects/observed-quantities.ts'
import { drawnStarts, type PatientPlan, patientPlan } from './subject-plan.ts'
import { tooFewValues } from './too-few-values.ts'

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
      : note.estimated.flatMap(({ name }) =>
          Object.hasOwn(fit.parameters, name) || Object.hasOwn(fit.ties ?? {}, name) ? [] : [{ name }],
        )
  return { ...fit, estimate, endpoints: fit.endpoints ?? [{ quantity: note.quantity, error: 'log' }] }
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
  const fit = individualFit(given, source)
  const quantities = observedQuantities(fit, source)
  const observe = fit.observe ?? {}
  const fault = unitFault(read, observe, quantities, source.model)
  if (fault !== undefined) throw fault
  const doses = containedInfusion(fit, source) === undefined ? doseUnitFault(read, source.model) : undefined
  if (doses !== undefined) throw doses
  const named = observedAs(read, observe, quantities, (message) => new InputError(fit.data, message))
  const { withDoses, data, notes: dataNotes } = dataForFit(named.data, fit, source, {})
  const found = dataRemarks(withDoses, source.library?.horizon)
  const notes = [...named.notes, ...dataNotes]
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
  const planOf = ({ observations }: FitSubject): PatientPlan | undefined => {
    const own = observations.filter(({ endpoint }) => endpoint === place)
    if (note !== undefined && own.some(({ censored }) => censored === undefined))
      return patientPlan(note, estimated, given.estimate, own, drawn)
    return drawn === undefined ? undefined : { estimated, starts: drawnStarts(estimated, new Map(), drawn) }
  }
  const plans = new Map<string, PatientPlan>()
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
      plans: new Map([...plans].map(([id, plan]) => [id, subjectPlan(plan, whole.problem)] as const)),
    },
    subjects,
    plans,
    remarks,
    notes: blqNote === '' ? notes : [...notes, blqNote],
  }
}

/** What a plan of a patient changes: a residual error that is held holds those that are tied to it. */
function subjectPlan(
  { estimated, starts, held }: PatientPlan,
  { errorParameters, ties = {} }: FitEachJob['problem'],
): SubjectPlan {
  if (held === undefined) return { estimated, starts }
  const isTied = ([, { parameter }]: readonly [string, Tie]) => parameter === held.name
  const lines = Object.entries(ties)
  const values = lines.filter(isTied).map(([name, { factor }]) => [name, factor * held.value] as const)
  return {
    estimated,
    starts,
    errorParameters: { ...errorParameters, [held.name]: held.value, ...Object.fromEntries(values) },
    ties: Object.fromEntries(lines.filter((line) => !isTied(line))),
  }
}
