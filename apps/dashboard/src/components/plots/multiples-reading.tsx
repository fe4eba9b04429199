import { courseAt } from '../../plot/course-at.ts'
import type { MultiplesLayout } from '../../plot/multiples-layout.ts'
import type { Palette } from '../../plot/palette.ts'
import type { Curves } from '../../plot/panel-model.ts'
import type { PlotView } from '../../plot/plot-view.ts'
import { formatNumber } from '../controls/format-number.ts'

interface MultiplesReadingProps {
  readonly view: Pick<PlotView, 'cursor'>
  readonly name: string
  readonly isActive: boolean
  readonly curves: Curves | null
  readonly quantities: readonly string[]
  readonly layout: MultiplesLayout
  readonly palette: Palette
}

/** About the widths of a character of a name and of a value with its distance, pixels. */
const characterWidth = 6.2
const valueWidth = 48

/** The name over a small plot, the crosshair, and the values under it where there is room. */
export function MultiplesReading(props: MultiplesReadingProps) {
  const { view, name, isActive, curves, quantities, layout, palette } = props
  const { frame, scales } = layout
  const { width, height, period } = frame
  const time = view.cursor.value
  const hasRoom = width > 60 + valueWidth * quantities.length
  const readings =
    time !== null && curves && hasRoom ? quantities.map((quantity) => valueAt(curves, quantity, time)) : []
  const longest = Math.floor((width - valueWidth * readings.length) / characterWidth)
  return (
    <>
      <text x="0" y="-5" fill={palette.ink} font-weight={isActive ? 600 : 400}>
        <title>{name}</title>
        {name.length > longest ? `${name.slice(0, Math.max(1, longest - 1))}…` : name}
      </text>
      {readings.length > 0 && (
        <text x={width} y="-5" text-anchor="end" fill={palette.ink} font-weight={600}>
          {readings.join('  ')}
        </text>
      )}
      {time !== null && time >= period.low && time <= period.high && (
        <line x1={scales.x(time)} x2={scales.x(time)} y2={height} stroke={palette.muted} />
      )}
    </>
  )
}

function valueAt({ times, values }: Curves, quantity: string, time: number): string {
  const column = values.get(quantity)
  return column ? formatNumber(courseAt(times, column, time)) : ''
}
