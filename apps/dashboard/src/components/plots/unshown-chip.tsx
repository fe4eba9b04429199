import { unshownText } from '../../plot/unshown-count.ts'
import type { PanelState } from './use-panel-state.ts'

/** How many values a log axis leaves out; nothing where it shows them all. */
export function UnshownChip({ state }: { readonly state: Pick<PanelState, 'unshown'> }) {
  const count = state.unshown.value
  if (count === 0) return null
  return (
    <p class="unshown-chip" data-count={count} title={unshownText(count)}>
      <span aria-hidden="true" class="number">
        {count} {count === 1 ? 'value' : 'values'} ≤ 0 not shown
      </span>
      <span class="visually-hidden">{unshownText(count)}</span>
    </p>
  )
}
