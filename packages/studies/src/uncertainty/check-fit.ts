import { type FitJob, solverOptions } from '@cartkin/compute'
import { type Identifiability, identifiability } from '@cartkin/fitting'
import { compileModel, type Model } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'

/** What the data of a fit can tell of its parameters, at their starts; nothing is fitted. */
export function checkFit({ problem, solver }: Pick<FitJob, 'problem' | 'solver'>, model: Model): Identifiability {
  const parameters = knownParameters(model, problem.parameters)
  return identifiability({ ...problem, model: compileModel(model), parameters, solver: solverOptions(solver) })
}
