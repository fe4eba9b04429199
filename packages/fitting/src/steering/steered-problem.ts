import type { EstimatedParameter, FitProblem, Tie } from '../problem/fit-problem.ts'
import { argumentsOf } from '../problem/resolve-problem.ts'

/** A parameter and the value at which it is held. */
export interface HeldParameter {
  readonly name: string
  readonly value: number
}

type Parts = Pick<FitProblem, 'endpoints' | 'errorParameters' | 'ties'>

/** The parts of a problem in which some parameters are estimated and others held. */
export interface SteeredParts extends Parts {
  readonly estimated: readonly EstimatedParameter[]
  /** Values of what is held, by name, parameters tied to it among them. */
  readonly held: ReadonlyMap<string, number>
}

/**
 * What becomes of a problem where `estimated` are estimated and `held` are known: ties of held parameters become values, and
 * error parameters that are held are values, too. `held` of the answer may name parameters of errors alone, which are in
 * `errorParameters` already.
 */
export function steeredParts(
  { endpoints, errorParameters, ties = {} }: Parts,
  estimated: readonly EstimatedParameter[],
  held: readonly HeldParameter[],
): SteeredParts {
  const errors = new Set(endpoints.flatMap(argumentsOf))
  const values = new Map(held.map(({ name, value }) => [name, value]))
  const moving: [string, Tie][] = []
  for (const [name, tie] of Object.entries(ties)) {
    const value = values.get(tie.parameter)
    if (value === undefined) moving.push([name, tie])
    else values.set(name, tie.factor * value)
  }
  const free = new Set(estimated.map(({ name }) => name))
  return {
    endpoints,
    estimated,
    errorParameters: Object.fromEntries([
      ...Object.entries(errorParameters).filter(([name]) => !free.has(name)),
      ...[...values].filter(([name]) => errors.has(name)),
    ]),
    ties: Object.fromEntries(moving),
    held: values,
  }
}

/** The problem in which `estimated` are estimated and `held` are known. */
export function steeredProblem(
  problem: FitProblem,
  estimated: readonly EstimatedParameter[],
  held: readonly HeldParameter[],
): FitProblem {
  const { held: values, ...parts } = steeredParts(problem, estimated, held)
  const parameters = problem.parameters.map((value, k) => values.get(problem.model.model.parameters[k]!.name) ?? value)
  return { ...problem, ...parts, parameters }
}
