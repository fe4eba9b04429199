import type { PanelDefinition } from '@cartkin/cart-models'
import type { Dashboard } from '../../state/dashboard.ts'
import { unitText } from '../controls/unit-text.ts'
import { differenceUnit } from './difference-unit.ts'
import { toggleLarge, toggleScale, toggleTable } from './plot-actions.ts'

interface PanelHeaderProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly scale: 'linear' | 'log'
}

/** Title, unit and the panel's switches. */
export function PanelHeader({ dashboard, panel, scale }: PanelHeaderProps) {
  const { view, scene } = dashboard
  const { title } = panel
  const difference = scene.difference.value
  const unit = differenceUnit(unitText(panel.unit), difference, scene.reference.value.name)
  const asTable = view.tables.value.includes(title)
  const isLarge = view.large.value === title
  const other = scale === 'log' ? 'linear' : 'log'
  return (
    <figcaption class="panel-header">
      <h2>
        <button
          type="button"
          class="panel-title"
          aria-pressed={isLarge}
          title={isLarge ? 'Show all panels (Esc)' : 'Show this panel alone'}
          onClick={() => toggleLarge(dashboard, title)}
        >
          {title}
        </button>
      </h2>
      <span class="muted unit">{unit}</span>
      <span class="panel-switches">
        {!difference && (
          <button
            type="button"
            class="button tiny"
            aria-label={`${title}: ${scale} axis, change to ${other}`}
            onClick={() => toggleScale(dashboard, title, scale)}
          >
            {scale === 'log' ? 'Log' : 'Linear'}
          </button>
        )}
        <button
          type="button"
          class="button tiny"
          aria-pressed={asTable}
          aria-label={`${title}: show as table`}
          onClick={() => toggleTable(dashboard, title)}
        >
          Table
        </button>
      </span>
    </figcaption>
  )
}
