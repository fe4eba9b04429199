import type { PanelDefinition } from '@cartkin/cart-models'
import { useComputed } from '@preact/signals'
import type { Palette } from '../../plot/palette.ts'
import { activeWidth, type CurveStyle, curveStyle, otherWidth } from '../../plot/panel-series.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { LineSample } from '../scenes/line-sample.tsx'
import type { PanelScene } from './use-panel-scene.ts'

interface PanelLegendProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly palette: Palette
  readonly scene: PanelScene
}

/**
 * What the curves are; nothing where there is one. In a panel of several quantities, colours tell quantities and dashes
 * scenarios.
 */
export function PanelLegend({ dashboard, panel: { quantities }, palette, scene }: PanelLegendProps) {
  const look = useComputed(() => dashboard.scenario.value.look)
  const name = useComputed(() => dashboard.scenario.value.name)
  const active = { id: 'active', name: name.value, look: look.value }
  const drawn = [active, ...scene.others.value.map(({ scenario }) => scenario)]
  const isMixed = quantities.length > 1
  if (!isMixed && drawn.length === 1) return null
  return (
    <div class="legend">
      {isMixed && (
        <ul aria-label="Colours">
          {drawn.length > 1 && <li class="muted">colour</li>}
          {quantities.map((quantity, k) => (
            <Entry key={quantity} name={quantity} sample={curveStyle(palette, quantities, k, active, true)} isActive />
          ))}
        </ul>
      )}
      {drawn.length > 1 && (
        <ul aria-label={isMixed ? 'Dashes' : 'Scenarios'}>
          {isMixed && <li class="muted">dash</li>}
          {drawn.map((scenario) => {
            const style = curveStyle(palette, quantities, 0, scenario, scenario === active)
            return (
              <Entry
                key={scenario.id}
                name={scenario.name}
                sample={isMixed ? { ...style, colour: palette.ink } : style}
                isActive={scenario === active}
              />
            )
          })}
        </ul>
      )}
    </div>
  )
}

interface EntryProps {
  readonly sample: CurveStyle
  readonly isActive: boolean
  readonly name: string
}

function Entry({ sample, isActive, name }: EntryProps) {
  return (
    <li class="legend-entry" title={name}>
      <LineSample {...sample} width={isActive ? activeWidth : otherWidth} />
      <span class="legend-name">{name}</span>
    </li>
  )
}
