import type { EndpointDefinition } from '@cartkin/simulation'

/** What is read off a course of neutrophils. Severe neutropenia counts from the infusion to day 60 (Rejeski 2021). */
export const neutrophilEndpoints: readonly EndpointDefinition[] = [
  { name: 'ANC_nadir', label: 'Lowest neutrophils', unit: 'cells/uL', quantity: 'NC', kind: 'minimum' },
  { name: 'ANC_nadir_day', label: 'Day of the lowest neutrophils', unit: 'day', quantity: 'NC', kind: 'timeOfMinimum' },
  {
    name: 'ANC_below_500',
    label: 'Days with neutrophils below 500/uL, day 0 to 60',
    unit: 'day',
    quantity: 'NC',
    kind: 'timeBelow',
    threshold: 500,
    from: 0,
    to: 60,
  },
  {
    name: 'ANC_back_day',
    label: 'Day of neutrophils back above 500/uL',
    unit: 'day',
    quantity: 'NC',
    kind: 'firstAbove',
    threshold: 500,
    after: 'ANC_nadir_day',
  },
]
