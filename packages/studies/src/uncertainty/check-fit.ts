import { solverOptions } from '@cartkin/compute'
import { type Identifiability, identifiability } from '@cartkin/fitting'
import { compileModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import { asInput } from '../files/as-input.ts'
import { InputError } from '../files/input-error.ts'
import type { PreparedFit } from '../fit/axi-cel-job.ts'
import { ownFit } from '../fit/own-fit.ts'
import type { OwnFit } from '../plan/plan.ts'
import type { PlanSource } from '../run-plan.ts'
import type { StudyContext } from '../steps/study-context.ts'

/** What the data of the first fit of a plan can tell of its parameters, at their starts; nothing is fitted. */
export async function checkFit({ plan, file, folder }: Omit<PlanSource, 'text'>): Promise<Identifiability> {
  const step = plan.steps.find((entry) => entry.kind === 'fit')
  if (step?.kind !== 'fit' || step.problem === 'axi-cel')
    throw new InputError(file, 'there is no fit of own data to be checked')
  return (await checkedFit(step.problem, { plan, file, folder })).check
}

/** The same of one problem, with what it was made from. */
export async function checkedFit(
  fit: OwnFit,
  context: Pick<StudyContext, 'plan' | 'file' | 'folder'>,
): Promise<PreparedFit & { readonly check: Identifiability }> {
  const prepared = await ownFit(fit, context)
  const { source, job } = prepared
  const { problem, solver } = job
  const parameters = knownParameters(source.model, problem.parameters)
  const check = asInput(context.file, () =>
    identifiability({
      ...problem,
      model: compileModel(source.model),
      parameters,
      solver: solverOptions(solver),
    }),
  )
  return { ...prepared, check }
}
