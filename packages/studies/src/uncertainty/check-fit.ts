import { solverOptions } from '@cartkin/compute'
import { type Identifiability, identifiability } from '@cartkin/fitting'
import { compileModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import { ownFit } from '../fit/run-fit-step.ts'
import type { PlanSource } from '../run-plan.ts'

/** What the data of the first fit of a plan can tell of its parameters, at their starts; nothing is fitted. */
export async function checkFit({ plan, file, folder }: Omit<PlanSource, 'text'>): Promise<Identifiability> {
  const step = plan.steps.find((entry) => entry.kind === 'fit')
  if (step?.kind !== 'fit' || step.problem === 'axi-cel')
    throw new InputError(file, 'there is no fit of own data to be checked')
  const { job, source } = await ownFit(step.problem, { plan, file, folder })
  const { problem, solver } = job
  const parameters = knownParameters(source.model, problem.parameters)
  try {
    return identifiability({
      ...problem,
      model: compileModel(source.model),
      parameters,
      solver: solverOptions(solver),
    })
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, error.message)
    throw error
  }
}
