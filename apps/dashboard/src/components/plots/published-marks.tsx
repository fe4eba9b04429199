import type { Observation } from '@cartkin/cart-models'
import type { MultiplesLayout } from '../../plot/multiples-layout.ts'
import type { Palette } from '../../plot/palette.ts'

interface PublishedMarksProps {
  readonly quantities: readonly string[]
  readonly observations: readonly Observation[]
  readonly layout: MultiplesLayout
  readonly palette: Palette
}

/** A circle around the place where the path stands. */
const circle = 'm-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0'

/** Published observations behind the curves of a small plot. */
export function PublishedMarks({ quantities, observations, layout, palette }: PublishedMarksProps) {
  const { frame, scales } = layout
  const { period, scale } = frame
  const path = observations
    .filter(
      ({ quantity, time, value }) =>
        quantities.includes(quantity) && time >= period.low && time <= period.high && (scale === 'linear' || value > 0),
    )
    .map(({ time, value }) => `M${scales.x(time).toFixed(1)} ${scales.y(value).toFixed(1)}${circle}`)
    .join('')
  return path === '' ? null : <path d={path} stroke={palette.muted} stroke-width={1.25} />
}
