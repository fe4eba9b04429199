import type { PanelDefinition } from '@cartkin/cart-models'
import { useComputed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { courseAt } from '../../plot/course-at.ts'
import type { Palette } from '../../plot/palette.ts'
import type { Curves } from '../../plot/panel-model.ts'
import { activeWidth, type CurveStyle, curveStyle, otherWidth } from '../../plot/panel-series.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'
import { LineSample } from '../scenes/line-sample.tsx'
import type { PanelScene } from './use-panel-scene.ts'

interface PanelLegendProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly palette: Palette
  readonly scene: PanelScene
}

/**
 * What the curves are, with their values under the crosshair. In a panel of several quantities, colours tell quantities and
 * dashes scenarios; a panel of one curve shows its value alone.
 */
export function PanelLegend({ dashboard, panel: { quantities }, palette, scene }: PanelLegendProps) {
  const active = useComputed(() => {
    const { id, name, look } = dashboard.scenario.value
    return `${id}\n${look}\n${name}`
  })
  void active.value
  const { look, name } = dashboard.scenario.peek()
  const others = scene.others.value
  const drawn = [
    { id: 'active', name, look, course: null },
    ...others.map(({ scenario, course }) => ({ ...scenario, course })),
  ]
  const style = (k: number, of: { readonly look: number }): CurveStyle =>
    curveStyle(palette, quantities, k, of, of === drawn[0])
  if (quantities.length > 1)
    return (
      <ul class="legend legend-row" aria-label="Legend: colours are quantities, dashes are scenarios">
        {quantities.map((quantity, k) => (
          <Entry key={quantity} sample={style(k, { look })} isActive name={quantity}>
            <Reading dashboard={dashboard} scene={scene} curves={null} quantity={quantity} />
          </Entry>
        ))}
        {drawn.length > 1 &&
          drawn.map((scenario) => (
            <Entry
              key={scenario.id}
              sample={{ ...style(0, scenario), colour: palette.ink }}
              isActive={scenario === drawn[0]}
              name={scenario.name}
            />
          ))}
      </ul>
    )
  const [quantity = ''] = quantities
  if (drawn.length === 1)
    return (
      <ul class="legend">
        <li class="legend-entry">
          <Reading dashboard={dashboard} scene={scene} curves={null} quantity={quantity} />
        </li>
      </ul>
    )
  return (
    <ul class="legend legend-row" aria-label="Legend: scenarios">
      {drawn.map((scenario) => (
        <Entry key={scenario.id} sample={style(0, scenario)} isActive={scenario === drawn[0]} name={scenario.name}>
          <Reading dashboard={dashboard} scene={scene} curves={scenario.course} quantity={quantity} />
        </Entry>
      ))}
    </ul>
  )
}

interface EntryProps {
  readonly sample: CurveStyle
  readonly isActive: boolean
  readonly name: string
  readonly children?: ComponentChildren
}

function Entry({ sample, isActive, name, children }: EntryProps) {
  return (
    <li class="legend-entry">
      <LineSample {...sample} width={isActive ? activeWidth : otherWidth} />
      <span class="legend-name" title={name}>
        {name}
      </span>
      {children}
    </li>
  )
}

interface ReadingProps {
  readonly dashboard: Dashboard
  readonly scene: PanelScene
  /** Null for the latest course of the active scenario. */
  readonly curves: Curves | null
  readonly quantity: string
}

function Reading({ dashboard, scene, curves, quantity }: ReadingProps) {
  const time = dashboard.view.cursor.value
  const shown = curves ?? dashboard.course.value
  if (time === null || !shown) return <span class="reading number" />
  const { times, values } = scene.live.value(shown)
  const column = values.get(quantity)
  return <span class="reading number">{column ? formatNumber(courseAt(times, column, time)) : ''}</span>
}
