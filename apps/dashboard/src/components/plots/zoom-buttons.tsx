import type { Dashboard } from '../../state/dashboard.ts'
import { moveBy, periodsOf, zoomBy } from './plot-actions.ts'

/** What a drag and the wheel do, by buttons. */
export function ZoomButtons({ dashboard }: { readonly dashboard: Dashboard }) {
  const { full, shown } = periodsOf(dashboard)
  const isWhole = shown.low === full.low && shown.high === full.high
  const buttons = [
    { name: 'Zoom in', face: '+', off: false, act: () => zoomBy(dashboard, 0.5, dashboard.view.cursor.value) },
    { name: 'Zoom out', face: '−', off: isWhole, act: () => zoomBy(dashboard, 2, null) },
    { name: 'Earlier times', face: '‹', off: shown.low === full.low, act: () => moveBy(dashboard, -0.25) },
    { name: 'Later times', face: '›', off: shown.high === full.high, act: () => moveBy(dashboard, 0.25) },
  ]
  return (
    <span class="zoom-buttons">
      {buttons.map(({ name, face, off, act }) => (
        <button
          key={name}
          type="button"
          class="icon-button"
          aria-label={name}
          title={off ? `${name}: nothing more to show` : name}
          aria-disabled={off || undefined}
          onClick={() => off || act()}
        >
          <span aria-hidden="true">{face}</span>
        </button>
      ))}
    </span>
  )
}
