import type { MetadataValue } from '../syntax/syntax.ts'
import { quote } from '../text/quote.ts'
import { timeRatio } from '../units/time-ratio.ts'
import type { Problems } from './problems.ts'
import type { ReadPart } from './read-part.ts'

/**
 * What the whole says about itself: its name, the units and references of its parts, and what they say of their inputs.
 * Parts whose units of time differ are told.
 */
export function mergeMetadata(
  name: string,
  parts: readonly ReadPart[],
  problems: Problems,
): ReadonlyMap<string, MetadataValue> {
  checkTime(parts, problems)
  const [only, second] = parts
  const merged = new Map<string, MetadataValue>()
  if (only !== undefined && second === undefined) for (const [key, value] of only.tree.metadata) merged.set(key, value)
  if (!parts.some(({ tree }) => tree.metadata.size > 0)) return merged
  merged.set('description', name)
  const references = [...new Set(parts.flatMap(({ model }) => model.metadata.reference || []))]
  if (references.length > 0) merged.set('reference', references.join('; '))
  const units = new Map<string, MetadataValue>()
  const differing = new Set<string>()
  for (const { model } of parts) {
    for (const [key, unit] of model.metadata.units) {
      // units of dose and concentration are of a part; that of time is of all
      if (key !== 'time' && units.has(key) && units.get(key) !== unit) differing.add(key)
      if (!units.has(key)) units.set(key, unit)
    }
  }
  for (const key of differing) units.delete(key)
  if (units.size > 0) merged.set('units', { entries: units })
  const inputs = new Map<string, MetadataValue>()
  for (const { tree, connected, names } of parts) {
    const about = tree.metadata.get('covariateData')
    if (typeof about !== 'object') continue
    for (const [own, value] of about.entries) {
      const input = names.get(own) ?? own
      if (!connected.has(own) && !inputs.has(input)) inputs.set(input, value)
    }
  }
  if (inputs.size > 0) merged.set('covariateData', { entries: inputs })
  else merged.delete('covariateData')
  return merged
}

/** One time runs for all parts. */
function checkTime(parts: readonly ReadPart[], problems: Problems): void {
  const first = parts.find(({ model }) => model.timeUnit !== '')
  if (first === undefined) return
  for (const { part, model } of parts) {
    const ratio = timeRatio(model.timeUnit, first.model.timeUnit)
    if (ratio === undefined || Math.abs(ratio - 1) < 1e-6) continue
    problems.error(
      part.id,
      `Part ${quote(part.id)} counts time in ${model.timeUnit}, part ${quote(first.part.id)} in ${first.model.timeUnit}; convert the rates of one of them.`,
    )
  }
}
