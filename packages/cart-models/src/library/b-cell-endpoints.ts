import type { EndpointDefinition } from '@cartkin/simulation'

/** When the B cells of the blood (output B, cells/uL) are gone after the infusion. */
export const bDepletionDay: EndpointDefinition = {
  name: 'B_depletion_day',
  label: 'Day of B-cell depletion (below 1/uL)',
  unit: 'day',
  quantity: 'B',
  kind: 'firstBelow',
  threshold: 1,
  from: 0,
}

/** When they are back; what is above the limit before day 20 is not yet depleted. */
export const bReturnDay: EndpointDefinition = {
  name: 'B_return_day',
  label: 'Day of B-cell return (above 10/uL after day 20)',
  unit: 'day',
  quantity: 'B',
  kind: 'firstAbove',
  threshold: 10,
  from: 20,
}
