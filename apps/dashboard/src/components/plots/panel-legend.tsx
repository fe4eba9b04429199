import type { PanelDefinition } from '@cartkin/cart-models'
import { courseAt } from '../../plot/course-at.ts'
import { type Palette, seriesColour, seriesDash } from '../../plot/palette.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'

interface PanelLegendProps {
  readonly dashboard: Dashboard
  readonly panel: PanelDefinition
  readonly palette: Palette
}

/** One entry for each curve with its value under the crosshair; a panel of one curve shows the value alone. */
export function PanelLegend({ dashboard, panel: { quantities }, palette }: PanelLegendProps) {
  return (
    <ul class="legend">
      {quantities.map((quantity, k) => (
        <li class="legend-entry" key={quantity}>
          {quantities.length > 1 && (
            <>
              <svg class="swatch" viewBox="0 0 24 8" aria-hidden="true">
                <line
                  x1="0"
                  x2="24"
                  y1="4"
                  y2="4"
                  stroke={seriesColour(palette, k)}
                  stroke-width="2.25"
                  stroke-dasharray={seriesDash(k).join(' ')}
                />
              </svg>
              <span>{quantity}</span>
            </>
          )}
          <Reading dashboard={dashboard} quantity={quantity} />
        </li>
      ))}
    </ul>
  )
}

function Reading({ dashboard, quantity }: { readonly dashboard: Dashboard; readonly quantity: string }) {
  const time = dashboard.view.cursor.value
  const course = dashboard.course.value
  const values = course?.values.get(quantity)
  if (time === null || !course || !values) return null
  return <span class="reading number">{formatNumber(courseAt(course.times, values, time))}</span>
}
