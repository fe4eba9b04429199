import type { ResolvedPrior, ResolvedProblem } from './resolve-problem.ts'

/** ((x − x̄)/sd)² summed over the priors of a problem at natural values of its estimated parameters. */
export function priorObjective(resolved: ResolvedProblem, values: Float64Array): number {
  let sum = 0
  for (const prior of resolved.priors) {
    const residual = priorResidual(resolved, prior, values)
    sum += residual * residual
  }
  return sum
}

/** (x − x̄)/sd of one prior. */
export function priorResidual({ transforms }: ResolvedProblem, prior: ResolvedPrior, values: Float64Array): number {
  const { place, mean, sd } = prior
  return (transforms[place]!.toCoordinate(values[place]!) - mean) / sd
}
