import type { PopulationParameter, VirtualPopulation } from '@cartkin/simulation'
import type { LibraryPart } from './library-model.ts'
import { partName } from './part-name.ts'

/**
 * The populations of all parts, drawn together: parameters under the names of the whole, those that are connected or gone
 * left out. A common factor of the same name is one factor. Plausibility filters of parts are not taken over.
 *
 * @param remains whether the whole has a parameter of this name.
 */
export function composedPopulation(
  parts: readonly LibraryPart[],
  remains: (parameter: string) => boolean,
): VirtualPopulation {
  const factors = new Map<string, { readonly name: string; readonly sd: number }>()
  const parameters: PopulationParameter[] = []
  const ties: [string, string][] = []
  for (const { model, ...part } of parts) {
    const inWhole = (own: string): string | undefined => {
      const name = partName(part, own)
      return name !== undefined && remains(name) ? name : undefined
    }
    for (const factor of model.population?.factors ?? []) {
      const { name, sd } = factor
      const first = factors.get(name)
      if (first !== undefined && first.sd !== sd)
        throw new Error(`factor ${name} has the standard deviation ${first.sd} in one part and ${sd} in another`)
      factors.set(name, factor)
    }
    for (const drawn of model.population?.parameters ?? []) {
      const parameter = inWhole(drawn.parameter)
      if (parameter !== undefined) parameters.push({ ...drawn, parameter })
    }
    for (const [own, other] of Object.entries(model.population?.ties ?? {})) {
      const [tied, to] = [inWhole(own), inWhole(other)]
      if (tied !== undefined && to !== undefined) ties.push([tied, to])
    }
  }
  return { factors: [...factors.values()], parameters, ties: Object.fromEntries(ties) }
}
