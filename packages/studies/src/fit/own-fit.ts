import { basename, resolve } from 'node:path'
import type { FitJob } from '@cartkin/compute'
import { startedAt } from '@cartkin/fitting'
import { pooledFault } from '@cartkin/tables'
import { asInput } from '../files/as-input.ts'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'
import type { OwnFit } from '../plan/plan.ts'
import { modelSource } from '../steps/model-source.ts'
import type { ModelSource } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { dataForFit, readForFit } from '../subjects/data-for-fit.ts'
import { notedFit } from '../subjects/noted-fit.ts'
import { notedPlan, plannedParts, type SearchPlan } from '../subjects/noted-plan.ts'
import { tooFewPooled } from '../subjects/too-few-values.ts'
import { typicalCourse } from '../subjects/typical-course.ts'
import type { PreparedFit } from './axi-cel-job.ts'
import { belowQuantificationNote } from './below-quantification.ts'
import { fittingNoteText } from './fitting-note-text.ts'
import { ownFitJob } from './own-fit-job.ts'

/** The job of a fit of one's own data, all subjects together; what the modeller does not say is as the library model's note says. */
export async function ownFit(
  given: OwnFit,
  context: Pick<StudyContext, 'plan' | 'file' | 'folder'>,
): Promise<PreparedFit> {
  const bytes = await readInput(resolve(context.folder, given.data), given.data)
  const source = await modelSource(given.model, context)
  const fit = notedFit(given, source)
  const inTime = readForFit(fit, source, bytes, context)
  const { data, notes } = dataForFit(
    inTime.data,
    fit,
    source,
    given.endpoints === undefined && fit.endpoints !== undefined,
  )
  return asInput(context.file, () => {
    const plain = ownFitJob(fit, source, data, context)
    const nothing = pooledFault(data)
    if (nothing !== undefined) throw nothing
    const plan = planOf(plain, given, source)
    const job = plan === undefined ? plain : { ...plain, problem: planned(plain, plan) }
    const { subjects, endpoints, estimated } = job.problem
    const few = tooFewPooled(subjects, endpoints, estimated)
    if (few !== undefined) throw new InputError(fit.data, few)
    return {
      job,
      source,
      data: { file: basename(fit.data), bytes },
      attribution: '',
      timeNote: inTime.note,
      dataNotes: notes,
      fittingNote: plan === undefined ? '' : fittingNoteText(source, given, job.problem, plan),
      ...(plan === undefined ? {} : { starts: completed(plan) }),
      blqNote: belowQuantificationNote(
        data.subjects.flatMap(({ records }) => records),
        fit.blq ?? 'M3',
      ),
      licences: [],
    }
  })
}

/** Where the searches begin and how far they go, where the fit observes what the note of the model does; starts are read off a typical course. */
function planOf({ problem }: FitJob, { estimate }: OwnFit, { library }: ModelSource): SearchPlan | undefined {
  const note = library?.fitting
  const place = problem.endpoints.findIndex(({ quantity, scale }) => quantity === note?.quantity && scale === 'log')
  const own = problem.subjects.flatMap(({ observations }) => observations.filter(({ endpoint }) => endpoint === place))
  if (note === undefined || !own.some(({ censored }) => censored === undefined)) return undefined
  return notedPlan(note, problem.estimated, estimate, own, undefined, typicalCourse(own, problem.subjects.length))
}

/** Starts with a value for every parameter. */
function completed({ estimated, starts }: SearchPlan): SearchPlan['starts'] {
  return starts.map((values) => ({
    ...Object.fromEntries(estimated.map(({ name, start }) => [name, start])),
    ...values,
  }))
}

function planned({ problem }: FitJob, plan: SearchPlan): FitJob['problem'] {
  const { starts: _, ...parts } = plannedParts(plan, problem)
  const [first = {}] = plan.starts
  const point = Float64Array.from(plan.estimated, ({ name, start }) => first[name] ?? start)
  return { ...problem, ...parts, estimated: startedAt(plan.estimated, point) }
}
