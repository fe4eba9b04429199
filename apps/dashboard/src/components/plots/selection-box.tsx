import type { ReadonlySignal } from '@preact/signals'
import type { PixelBox } from '../../plot/patient-search.ts'
import { padding } from '../../plot/plot-frame.ts'

/** The rectangle under a drag that selects patients. */
export function SelectionBox({ box }: { readonly box: ReadonlySignal<PixelBox | null> }) {
  const shown = box.value
  if (!shown) return null
  const { left, right, top, bottom } = shown
  return (
    <div
      class="selection-box"
      style={{
        left: `${padding.left + left}px`,
        top: `${padding.top + top}px`,
        width: `${right - left}px`,
        height: `${bottom - top}px`,
      }}
    />
  )
}
