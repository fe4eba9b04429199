import type { SolverOptions } from '@cartkin/simulation'
import { methodNamed, methods } from 'ode-ts'
import type { SolverSettings } from './protocol.ts'

/** Names of the methods a job may ask for. */
export const solverMethods: readonly string[] = ['auto', ...methods.map(({ name }) => name)]

/**
 * Solver options from their form as data; what is absent takes the solver's default. Throws a RangeError for a method
 * that does not exist.
 */
export function solverOptions(settings: SolverSettings = {}, shouldStop?: () => boolean): SolverOptions {
  const { method, ...rest } = settings
  return {
    ...rest,
    ...(method === undefined ? {} : { method: methodNamed(method) }),
    ...(shouldStop === undefined ? {} : { shouldStop }),
  }
}
