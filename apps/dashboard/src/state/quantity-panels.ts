import type { PanelDefinition } from '@cartkin/cart-models'
import type { QuantityInfo } from './opened-model.ts'

/** A panel for each quantity. Titles are labels, or names where labels are lacking or equal. */
export function quantityPanels(
  names: readonly string[],
  quantities: ReadonlyMap<string, QuantityInfo>,
): readonly PanelDefinition[] {
  const labels = [...quantities.values()].map(({ label }) => label)
  return names.flatMap((name) => {
    const info = quantities.get(name)
    if (!info) return []
    const isOwn = info.label !== '' && labels.indexOf(info.label) === labels.lastIndexOf(info.label)
    return [{ title: isOwn ? info.label : name, quantities: [name], unit: info.unit, scale: 'linear' as const }]
  })
}
