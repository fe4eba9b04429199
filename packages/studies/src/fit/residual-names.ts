import type { Endpoint } from '@cartkin/fitting'
import type { EndpointLine } from '../plan/plan.ts'

/** An endpoint of a plan in the terms of a fit, and the residual parameters it brings, with where they start. */
export interface NamedEndpoint {
  readonly endpoint: Endpoint
  readonly residuals: readonly { readonly name: string; readonly start: number }[]
}

/** Starting values of residual standard deviations where the plan gives none: 30 % of the value. */
const relativeStart = 0.3

/** Residual parameters are named after the quantity: `CAR.add`, `CAR.prop`, `CAR.sd` (on the log scale). */
export function namedEndpoint({ quantity, error }: EndpointLine, typicalValue: number): NamedEndpoint {
  const additive = { name: `${quantity}.add`, start: relativeStart * typicalValue }
  const proportional = { name: `${quantity}.prop`, start: relativeStart }
  const logarithmic = { name: `${quantity}.sd`, start: relativeStart }
  switch (error) {
    case 'log':
      return {
        endpoint: { quantity, scale: 'log', error: { kind: 'additive', a: logarithmic.name } },
        residuals: [logarithmic],
      }
    case 'additive':
      return {
        endpoint: { quantity, scale: 'linear', error: { kind: 'additive', a: additive.name } },
        residuals: [additive],
      }
    case 'proportional':
      return {
        endpoint: { quantity, scale: 'linear', error: { kind: 'proportional', b: proportional.name } },
        residuals: [proportional],
      }
    case 'combined':
      return {
        endpoint: { quantity, scale: 'linear', error: { kind: 'combined2', a: additive.name, b: proportional.name } },
        residuals: [additive, proportional],
      }
  }
}
