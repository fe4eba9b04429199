import type { Found } from '../results/found.ts'
import type { Figure } from './figure.ts'

/** What came out under each name, with its label and unit. */
export function namedFigures<N extends string>(
  found: Readonly<Record<N, Found>>,
  described: (name: N) => { readonly label: string; readonly unit: string },
): Readonly<Record<N, Figure>> {
  const figures: Partial<Record<N, Figure>> = {}
  for (const name of Object.keys(found) as N[]) {
    const { label, unit } = described(name)
    const { value, note } = found[name]
    figures[name] = { name, label, unit, value, note }
  }
  return figures as Record<N, Figure>
}
