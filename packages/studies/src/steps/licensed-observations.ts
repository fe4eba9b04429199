import type { Observation } from '@cartkin/cart-models'
import type { ModelSource } from './step-result.ts'

/** Data with conditions on their use that stand behind the curves of a model. */
export interface LicensedSource {
  readonly licence: string
  readonly attribution: string
}

/** The published values of a library model that are not free of conditions, each source once. */
export function licensedObservations({ library }: ModelSource): readonly LicensedSource[] {
  const found = new Map<string, LicensedSource>()
  const observations: readonly Observation[] = library?.observations ?? []
  for (const { licence, source } of observations)
    if (licence !== undefined) found.set(source, { licence, attribution: source })
  return [...found.values()]
}

/** One line for a manifest. */
export function licenceLine({ licence, attribution }: LicensedSource): string {
  const nonCommercial = licence.includes('NC') && !attribution.includes('non-commercial') ? ', non-commercial' : ''
  return attribution.includes(licence) ? `${attribution}${nonCommercial}` : `${attribution}; ${licence}${nonCommercial}`
}
