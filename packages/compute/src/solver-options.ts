import type { SolverOptions } from '@cartkin/simulation'
import { type Method, rodas5p, tsit5 } from 'ode-ts'
import type { SolverSettings } from './protocol.ts'

const methods: Readonly<Record<NonNullable<SolverSettings['method']>, 'auto' | Method>> = {
  auto: 'auto',
  tsit5,
  rodas5p,
}

/** Solver options from their form as data; what is absent takes the solver's default. */
export function solverOptions(settings: SolverSettings = {}, shouldStop?: () => boolean): SolverOptions {
  const { method, ...rest } = settings
  return {
    ...rest,
    ...(method === undefined ? {} : { method: methods[method] }),
    ...(shouldStop === undefined ? {} : { shouldStop }),
  }
}
