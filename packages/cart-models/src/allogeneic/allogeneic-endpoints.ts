import type { EndpointDefinition } from '@cartkin/simulation'

/** The least that counts as present: assumed for flow cytometry of blood. */
export const detectable = 1

/** How long allogeneic cells are seen. */
export const persistenceEndpoints: readonly EndpointDefinition[] = [
  {
    name: 'Persistence_day',
    label: `Day CAR-T cells are below ${detectable}/uL after their peak`,
    unit: 'day',
    quantity: 'CAR',
    kind: 'firstBelow',
    threshold: detectable,
    after: 'Tmax',
  },
  { name: 'C28', label: 'CAR-T cells on day 28', unit: 'cells/uL', quantity: 'CAR', kind: 'value', at: 28 },
]
