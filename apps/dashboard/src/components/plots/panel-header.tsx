import type { PanelDefinition } from '@cartkin/cart-models'
import type { Dashboard } from '../../state/dashboard.ts'
import { unitText } from '../controls/unit-text.ts'
import { differenceUnit } from './difference-unit.ts'

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
  const toggleTable = (): void => {
    const others = view.tables.value.filter((shown) => shown !== title)
    dashboard.setView(`${title} as ${asTable ? 'plot' : 'table'}`, { tables: asTable ? others : [...others, title] })
  }
  const other = scale === 'log' ? 'linear' : 'log'
  return (
    <figcaption class="panel-header">
      <h2>{title}</h2>
      <span class="muted unit">{unit}</span>
      <span class="panel-switches">
        {!difference && (
          <button
            type="button"
            class="button tiny"
            aria-label={`${title}: ${scale} axis, change to ${other}`}
            onClick={() => dashboard.setView(`${title} ${other}`, { scales: { ...view.scales.value, [title]: other } })}
          >
            {scale === 'log' ? 'Log' : 'Linear'}
          </button>
        )}
        <button
          type="button"
          class="button tiny"
          aria-pressed={asTable}
          aria-label={`${title}: show as table`}
          onClick={toggleTable}
        >
          {asTable ? 'Plot' : 'Table'}
        </button>
      </span>
    </figcaption>
  )
}
