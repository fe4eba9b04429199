import type { EndpointDefinition } from '../results/endpoint.ts'
import { type Found, undefinedBecause } from '../results/found.ts'
import type { ExtinctionOutcome } from './extinction-rule.ts'

const kinds = ['extinctionProbability', 'extinct', 'timeOfExtinction'] as const

/** Endpoints that tell what came of an extinction rule. */
export type ExtinctionEndpoint = (typeof kinds)[number]

export function isOfExtinction(
  definition: EndpointDefinition,
): definition is Extract<EndpointDefinition, { readonly kind: ExtinctionEndpoint }> {
  return kinds.some((kind) => kind === definition.kind)
}

/** Its value, NaN where nothing is drawn (or, of the time, where the cells did not die out). */
export function extinctionEndpoint(kind: ExtinctionEndpoint, outcome: ExtinctionOutcome | undefined): Found {
  if (outcome === undefined) return undefinedBecause('the run has no extinction rule')
  const { entered, probability, drawn } = outcome
  if (kind === 'extinctionProbability')
    return { value: probability, note: Number.isNaN(entered) ? 'there are never fewer cells than the threshold' : '' }
  if (drawn === undefined) return undefinedBecause('it is drawn for virtual patients alone')
  if (kind === 'extinct') return { value: drawn.extinct ? 1 : 0, note: '' }
  return drawn.extinct ? { value: drawn.time, note: '' } : undefinedBecause('the cells do not die out within the run')
}
