import { bandPath } from '../../plot/band-path.ts'
import { curvePath } from '../../plot/curve-path.ts'
import type { MultiplesLayout } from '../../plot/multiples-layout.ts'
import type { PopulationBands } from '../../state/percentile-bands.ts'

interface MultiplesBandsProps {
  readonly bands: PopulationBands
  readonly quantities: readonly string[]
  readonly layout: MultiplesLayout
  readonly colourOf: (series: number) => string
  readonly isStale: boolean
}

/** The bands of a virtual population in a small plot: 5–95 % and 25–75 %, and the median. */
export function MultiplesBands({ bands, quantities, layout, colourOf, isStale }: MultiplesBandsProps) {
  const { frame, scales } = layout
  const { times } = bands
  return (
    <g class="multiples-bands" stroke="none" opacity={isStale ? 0.45 : 1}>
      {quantities.map((quantity, k) => {
        const band = bands.bands.get(quantity)
        if (!band) return null
        const colour = colourOf(k)
        const median = { times, values: new Map([[quantity, band.p50]]) }
        return (
          <g key={quantity} fill={colour}>
            <path d={bandPath(times, band.p5, band.p95, frame, scales)} fill-opacity={0.18} />
            <path d={bandPath(times, band.p25, band.p75, frame, scales)} fill-opacity={0.32} />
            <path d={curvePath(median, quantity, frame, scales)} fill="none" stroke={colour} stroke-opacity={0.7} />
          </g>
        )
      })}
    </g>
  )
}
