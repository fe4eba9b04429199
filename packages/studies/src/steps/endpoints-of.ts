import type { EndpointDefinition } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import type { SimulateStep } from '../plan/plan.ts'
import type { ModelSource } from './step-result.ts'

/** Endpoints of the library model, then those of the step; throws an InputError for a name or quantity that cannot be. */
export function endpointsOf(
  { name, endpoints }: Pick<SimulateStep, 'name' | 'endpoints'>,
  { library, model }: ModelSource,
  file: string,
): readonly EndpointDefinition[] {
  const all = [...(library?.endpoints ?? []), ...endpoints]
  const known = [...model.states, ...model.outputs].map((quantity) => quantity.name)
  endpoints.forEach((endpoint, k) => {
    const where = `step ${name}: endpoints.${k}`
    if (all.findIndex((other) => other.name === endpoint.name) < all.length - endpoints.length + k)
      throw new InputError(file, `${where}.name: an endpoint is already named ${endpoint.name}`)
    if (!known.includes(endpoint.quantity))
      throw new InputError(file, `${where}.quantity: the model has no state or output ${endpoint.quantity}`)
  })
  return all
}
