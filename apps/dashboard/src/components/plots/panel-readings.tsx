import type { PanelDefinition } from '@cartkin/cart-models'
import { courseAt } from '../../plot/course-at.ts'
import type { Palette } from '../../plot/palette.ts'
import type { Curves } from '../../plot/panel-model.ts'
import { activeWidth, curveStyle, otherWidth } from '../../plot/panel-series.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'
import { LineSample } from '../scenes/line-sample.tsx'
import type { PanelState } from './use-panel-state.ts'

interface PanelReadingsProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly palette: Palette
  readonly state: Pick<PanelState, 'scene' | 'period'>
}

/** The values under the crosshair, on the side of the plot where it is not. */
export function PanelReadings({ dashboard, panel: { quantities }, palette, state }: PanelReadingsProps) {
  const time = dashboard.view.cursor.value
  const course = dashboard.course.value
  if (time === null || !course) return null
  const { scene, period } = state
  const { low, high } = period.value
  const transform = scene.live.value
  const drawn: readonly { readonly id: string; readonly look: number; readonly course: Curves }[] = [
    { id: 'active', look: dashboard.scenario.value.look, course },
    ...scene.others.value.map((other) => ({ ...other.scenario, course: other.course })),
  ]
  return (
    <ul class="readings" data-side={time > (low + high) / 2 ? 'left' : 'right'} aria-hidden="true">
      {drawn.flatMap((scenario) => {
        const { times, values } = transform(scenario.course)
        const isActive = scenario === drawn[0]
        return quantities.map((quantity, k) => {
          const column = values.get(quantity)
          return (
            <li class="legend-entry" key={`${scenario.id}/${quantity}`}>
              {quantities.length * drawn.length > 1 && (
                <LineSample
                  {...curveStyle(palette, quantities, k, scenario, isActive)}
                  width={isActive ? activeWidth : otherWidth}
                />
              )}
              <span class="reading number">{column ? formatNumber(courseAt(times, column, time)) : ''}</span>
            </li>
          )
        })
      })}
    </ul>
  )
}
