import type { EndpointDefinition } from '@cartkin/simulation'
import type { QuantityInfo } from './opened-model.ts'

/** What is read off the curves of a model that names no endpoints: highest value, when, and area. */
export function textEndpoints(quantities: readonly QuantityInfo[], timeUnit: string): readonly EndpointDefinition[] {
  return quantities.flatMap(({ name, unit }): EndpointDefinition[] => [
    { kind: 'maximum', name: `${name}.max`, label: `${name} highest`, unit, quantity: name },
    { kind: 'timeOfMaximum', name: `${name}.tmax`, label: `${name} highest at`, unit: timeUnit, quantity: name },
    {
      kind: 'auc',
      name: `${name}.auc`,
      label: `${name} area`,
      unit: unit && timeUnit ? `${unit}*${timeUnit}` : '',
      quantity: name,
    },
  ])
}
