import type { Endpoint, EstimatedParameter } from '@cartkin/fitting'
import type { EndpointLine } from '../plan/plan.ts'

/** A residual parameter that an endpoint brings, with where it starts; bounds and scale where they are not those of a standard deviation. */
export type ResidualParameter = Pick<EstimatedParameter, 'name' | 'start'> &
  Partial<Pick<EstimatedParameter, 'lower' | 'upper' | 'scale'>>

/** An endpoint in the terms of a fit, and the residual parameters it brings: to be estimated, and with values that stay. */
export interface NamedEndpoint {
  readonly endpoint: Endpoint
  readonly residuals: readonly ResidualParameter[]
  readonly fixed: Readonly<Record<string, number>>
}

/** Starting values of residual standard deviations where the plan gives none: 30 % of the value. */
const relativeStart = 0.3

/**
 * Residual parameters are named after the quantity: `CAR.add`, `CAR.prop`, `CAR.power` (the exponent), `CAR.sd` (on the log
 * scale) and `CAR.df` (degrees of freedom).
 */
export function namedEndpoint({ quantity, error, distribution }: EndpointLine, typicalValue: number): NamedEndpoint {
  const additive = { name: `${quantity}.add`, start: relativeStart * typicalValue }
  const proportional = { name: `${quantity}.prop`, start: relativeStart }
  const exponent = { name: `${quantity}.power`, start: 1, lower: 0, upper: 3, scale: 'linear' } as const
  const logarithmic = { name: `${quantity}.sd`, start: relativeStart }
  // with 200 degrees of freedom a t distribution is as good as normal
  const freedom = { name: `${quantity}.df`, start: 5, lower: 1, upper: 200, scale: 'log' } as const
  const named = (law: Endpoint['error'], residuals: readonly ResidualParameter[]): NamedEndpoint => ({
    endpoint: {
      quantity,
      scale: error === 'log' ? 'log' : 'linear',
      error: law,
      ...(distribution !== undefined && { distribution: { kind: 't', df: distribution.df ?? freedom.name } }),
    },
    residuals: distribution !== undefined && distribution.df === undefined ? [...residuals, freedom] : residuals,
    fixed: {},
  })
  switch (error) {
    case 'log':
      return named({ kind: 'additive', a: logarithmic.name }, [logarithmic])
    case 'additive':
      return named({ kind: 'additive', a: additive.name }, [additive])
    case 'proportional':
      return named({ kind: 'proportional', b: proportional.name }, [proportional])
    case 'power':
      return named({ kind: 'power', b: proportional.name, c: exponent.name }, [
        // b·f^c with c 1 at the start
        proportional,
        exponent,
      ])
    case 'least-squares':
      return named({ kind: 'given' }, [])
    case 'combined':
    case 'combined1': {
      const kind = error === 'combined' ? 'combined2' : 'combined1'
      return named({ kind, a: additive.name, b: proportional.name }, [additive, proportional])
    }
  }
}
