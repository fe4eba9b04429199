import { useId } from 'preact/hooks'
import { roundStep } from '../../plot/axis-domain.ts'
import { formatNumber } from '../controls/format-number.ts'

interface ScanChartProps {
  /** Values of the parameter, rising. */
  readonly values: readonly number[]
  /** The endpoint at each; NaN where there is none. */
  readonly results: readonly number[]
  readonly colours: readonly string[]
  readonly isLog: boolean
  readonly highlighted: number | null
  readonly parameter: string
  readonly endpoint: string
}

const width = 244
const height = 132
const left = 44
const right = 8
const top = 10
const bottom = 22

/** An endpoint by the value of a parameter, as a line with a dot for each run. */
export function ScanChart({ values, results, colours, isLog, highlighted, parameter, endpoint }: ScanChartProps) {
  const title = useId()
  const finite = results.filter(Number.isFinite)
  const first = values[0] ?? 0
  const last = values.at(-1) ?? 1
  if (finite.length === 0) return <p class="muted">No run has a value of this endpoint.</p>
  const low = Math.min(...finite)
  const high = Math.max(...finite)
  const step = roundStep((high - low || Math.abs(high) || 1) / 3)
  const from = Math.floor(low / step) * step
  const to = Math.max(from + step, Math.ceil(high / step) * step)
  const along = (value: number): number =>
    isLog ? Math.log(value / first) / Math.log(last / first) : (value - first) / (last - first)
  const x = (value: number): number => left + along(value) * (width - left - right)
  const y = (result: number): number => height - bottom - ((result - from) / (to - from)) * (height - top - bottom)
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, k) => from + k * step)
  const dots = values.flatMap((value, k) => {
    const result = results[k] ?? Number.NaN
    return Number.isFinite(result) ? [{ k, x: x(value), y: y(result) }] : []
  })
  return (
    <svg class="scan-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={title}>
      <title id={title}>
        {`${endpoint} by ${parameter}: ${formatNumber(results[0] ?? Number.NaN)} at ${formatNumber(first)}, ${formatNumber(
          results.at(-1) ?? Number.NaN,
        )} at ${formatNumber(last)}; lowest ${formatNumber(low)}, highest ${formatNumber(high)}`}
      </title>
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="scan-grid" x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick) + 4} text-anchor="end">
            {formatNumber(Math.abs(tick) < step / 1e6 ? 0 : tick)}
          </text>
        </g>
      ))}
      <text x={left} y={height - 6}>
        {formatNumber(first)}
      </text>
      <text x={(left + width - right) / 2} y={height - 6} text-anchor="middle">
        {parameter}
      </text>
      <text x={width - right} y={height - 6} text-anchor="end">
        {formatNumber(last)}
      </text>
      <polyline class="scan-line" points={dots.map((dot) => `${dot.x},${dot.y}`).join(' ')} />
      {dots.map((dot) => (
        <circle key={dot.k} cx={dot.x} cy={dot.y} r={dot.k === highlighted ? 6 : 4} fill={colours[dot.k]} />
      ))}
    </svg>
  )
}
