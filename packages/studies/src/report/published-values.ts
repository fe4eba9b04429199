import type { Observation } from '@cartkin/cart-models'
import { trustTags } from '@cartkin/reports'
import type { ModelSource } from '../steps/step-result.ts'

/** Published values of some quantities, up to a time. */
export function shownObservations(
  { library }: ModelSource,
  names: readonly string[],
  to = Number.POSITIVE_INFINITY,
): readonly Observation[] {
  return (library?.observations ?? []).filter(({ quantity, time }) => names.includes(quantity) && time <= to)
}

/** Where published values come from and how far they can be trusted: ` Circles: published values (Kimmel 2021 [F]).` */
export function sourcesSentence(observations: readonly Observation[]): string {
  const sources = new Map<string, Set<string>>()
  for (const { source, trust } of observations)
    sources.set(source, (sources.get(source) ?? new Set()).add(trustTags[trust].letter))
  if (sources.size === 0) return ''
  const told = [...sources].map(([source, letters]) => `${source} [${[...letters].join(', ')}]`)
  return ` Circles: published values (${told.join('; ')}).`
}
