import type { IndividualFit } from '@cartkin/fitting'

/** A parameter over the subjects that were fitted each alone. */
export interface MedianEstimate {
  readonly name: string
  readonly median: number
  readonly lowest: number
  readonly highest: number
  /** Subjects whose data determine it, of those that it was estimated for. */
  readonly identified: number
  readonly count: number
}

export function medianEstimates(fits: readonly IndividualFit[]): readonly MedianEstimate[] {
  const found = new Map<string, { readonly value: number; readonly isIdentified: boolean }[]>()
  for (const fit of fits) {
    if (fit.status !== 'fitted') continue
    for (const { name, estimate } of fit.result.estimates) {
      const isIdentified = fit.identifications.some((one) => one.name === name && one.identified === 'yes')
      found.set(name, [...(found.get(name) ?? []), { value: estimate, isIdentified }])
    }
  }
  return [...found].map(([name, estimates]) => {
    const sorted = estimates.map(({ value }) => value).sort((a, b) => a - b)
    return {
      name,
      median: middle(sorted),
      lowest: sorted[0] ?? Number.NaN,
      highest: sorted.at(-1) ?? Number.NaN,
      identified: estimates.filter(({ isIdentified }) => isIdentified).length,
      count: estimates.length,
    }
  })
}

function middle(sorted: readonly number[]): number {
  const place = (sorted.length - 1) / 2
  return ((sorted[Math.floor(place)] ?? Number.NaN) + (sorted[Math.ceil(place)] ?? Number.NaN)) / 2
}
