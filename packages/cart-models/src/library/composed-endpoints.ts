import type { EndpointDefinition } from '@cartkin/simulation'
import type { LibraryPart } from './library-model.ts'
import { partName } from './part-name.ts'

/**
 * Endpoints of all parts under the names of the whole, those of quantities that are gone left out, then the whole's own.
 * Where an earlier part has an endpoint of the same name, the prefix of the part stands before it.
 *
 * @param own one with the name of a part's takes its place.
 */
export function composedEndpoints(
  parts: readonly LibraryPart[],
  own: readonly EndpointDefinition[],
): readonly EndpointDefinition[] {
  const inWhole = new Map<string, EndpointDefinition>()
  for (const { model, ...part } of parts) {
    const renamed = new Map<string, string>()
    for (const endpoint of model.endpoints) {
      const quantity = partName(part, endpoint.quantity)
      const after = endpoint.after === undefined ? undefined : renamed.get(endpoint.after)
      if (quantity === undefined || (endpoint.after !== undefined && after === undefined)) continue
      const name = inWhole.has(endpoint.name) ? `${part.prefix ?? ''}${endpoint.name}` : endpoint.name
      if (inWhole.has(name)) throw new Error(`endpoint ${name} of ${model.id} has the name of another part's`)
      renamed.set(endpoint.name, name)
      inWhole.set(name, { ...endpoint, name, quantity, ...(after !== undefined && { after }) })
    }
  }
  for (const endpoint of own) inWhole.set(endpoint.name, endpoint)
  return [...inWhole.values()]
}
