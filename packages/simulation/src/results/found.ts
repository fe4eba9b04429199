import type { EndpointValue } from './endpoint.ts'

/** What an endpoint comes to. */
export type Found = Pick<EndpointValue, 'value' | 'note'>

export const undefinedBecause = (note: string): Found => ({ value: Number.NaN, note })
