import type { FitOptions } from '../fit.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { modelResiduals, naturalValues } from '../problem/model-residuals.ts'
import { type ResolvedProblem, resolveProblem } from '../problem/resolve-problem.ts'
import { finalEvaluation, nelderMead } from '../search/nelder-mead.ts'
import { type TrustRegionIteration, type TrustRegionResult, trustRegion } from '../search/trust-region.ts'
import type { SteeredValue } from './fit-event.ts'
import type { SteeredParameter } from './steered-parameters.ts'
import { steeredProblem } from './steered-problem.ts'

/** A part of a steered fit: the search between two changes of its problem. */
export interface Leg {
  readonly parameters: readonly SteeredParameter[]
  readonly resolved: ResolvedProblem
  readonly steps: Generator<TrustRegionIteration, TrustRegionResult, void>
  /** The point it begins at. */
  readonly start: Float64Array
}

export type LegOptions = Pick<FitOptions, 'search' | 'maxIterations' | 'shouldStop'>

/** Begins a search from the values of the parameters. Throws a RangeError where they make no problem. */
export function startLeg(problem: FitProblem, parameters: readonly SteeredParameter[], options: LegOptions): Leg {
  const held = parameters.filter(({ fixedSince }) => fixedSince !== null)
  const free = parameters.filter(({ fixedSince }) => fixedSince === null)
  const estimated = free.map(({ fixedSince: _, ...parameter }) => parameter)
  const resolved = resolveProblem(
    steeredProblem(
      problem,
      estimated,
      held.map(({ name, start }) => ({ name, value: start })),
    ),
  )
  const start = Float64Array.from(estimated, ({ start }, j) => {
    const { lowest, highest, toCoordinate } = resolved.transforms[j]!
    return Math.min(highest, Math.max(lowest, toCoordinate(start)))
  })
  const { search, shouldStop } = options
  const steps = (search === 'nelder-mead' ? nelderMead : trustRegion)(
    modelResiduals(resolved, shouldStop),
    start,
    options,
  )
  return { parameters, resolved, steps, start }
}

/** The parameters of a leg with the values of a point of its search. */
export function parametersAt({ parameters, resolved }: Leg, x: Float64Array): readonly SteeredParameter[] {
  const values = naturalValues(resolved, x)
  const places = new Map(resolved.problem.estimated.map(({ name }, j) => [name, j]))
  return parameters.map((parameter) => {
    const place = places.get(parameter.name)
    return place === undefined ? parameter : { ...parameter, start: values[place]! }
  })
}

/** The objective where a leg begins, or why there is none. */
export function objectiveAtStart(
  { resolved, start }: Leg,
  search: FitOptions['search'],
): { readonly objective: number } | { readonly reason: string } {
  const evaluation = modelResiduals(resolved).evaluate(start, search !== 'nelder-mead')
  if (evaluation.status === 'failed') return { reason: evaluation.reason }
  const objective = evaluation.status === 'evaluated' ? evaluation.objective : NaN
  return Number.isFinite(objective) ? { objective } : { reason: `the objective is ${objective}` }
}

/** What belongs to a point, evaluated without a stop. */
export function fullyEvaluated({ resolved }: Leg, x: Float64Array): TrustRegionResult['evaluation'] {
  return finalEvaluation(modelResiduals(resolved), x)
}

/** The parameters of a leg at a point, those held among them. */
export function standing(leg: Leg, x: Float64Array, iteration: TrustRegionIteration | null): readonly SteeredValue[] {
  const { transforms, problem } = leg.resolved
  const places = new Map(problem.estimated.map(({ name }, j) => [name, j]))
  return parametersAt(leg, x).map(({ name, start }) => {
    const place = places.get(name)
    if (place === undefined) return { name, value: start, status: 'fixed', gradient: NaN }
    const { lowest, highest } = transforms[place]!
    const status = x[place] === lowest ? 'at-lower' : x[place] === highest ? 'at-upper' : 'free'
    return { name, value: start, status, gradient: iteration?.gradients[place] ?? NaN }
  })
}
