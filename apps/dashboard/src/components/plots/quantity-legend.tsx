import { type Palette, seriesColour, seriesDash } from '../../plot/palette.ts'
import { otherWidth } from '../../plot/panel-series.ts'
import { LineSample } from '../scenes/line-sample.tsx'

interface QuantityLegendProps {
  readonly quantities: readonly string[]
  readonly palette: Palette
}

/** Which curve is which quantity where every scenario has a plot of its own; nothing where there is one quantity. */
export function QuantityLegend({ quantities, palette }: QuantityLegendProps) {
  if (quantities.length === 1) return null
  return (
    <div class="legend">
      <ul aria-label="Quantities">
        {quantities.map((quantity, k) => (
          <li class="legend-entry" key={quantity}>
            <LineSample colour={seriesColour(palette, k)} dash={seriesDash(k)} width={otherWidth} />
            <span class="legend-name">{quantity}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
