import type { ReadonlySignal } from '@preact/signals'
import type { HoverItem } from '../../plot/hover-item.ts'
import { type PlotFrame, padding } from '../../plot/plot-frame.ts'

interface HoverCardProps {
  readonly shown: ReadonlySignal<HoverItem | null>
  readonly frame: ReadonlySignal<PlotFrame | null>
}

/** What a mark under the pointer is and where it comes from, beside it. */
export function HoverCard({ shown, frame }: HoverCardProps) {
  const item = shown.value
  const shape = frame.value
  if (!item || !shape) return null
  const x = padding.left + item.x
  const across = shape.width + padding.left + padding.right
  return (
    <div
      class="hover-card"
      style={{
        ...(item.x > shape.width / 2 ? { right: `${across - x + 12}px` } : { left: `${x + 12}px` }),
        top: `${Math.max(4, Math.min(padding.top + item.y - 20, shape.height - 64))}px`,
      }}
    >
      <strong>{item.title}</strong>
      <span class="number">{item.detail}</span>
      {item.source && <span class="muted">{item.source}</span>}
    </div>
  )
}
