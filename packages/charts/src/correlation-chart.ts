import type { TopLevelSpec } from 'vega-lite'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { ink } from './palette.ts'

/** Correlation of estimates. */
export interface CorrelationChart extends ChartOptions {
  readonly names: readonly string[]
  /** Row-major, one row and column per name; NaN where a parameter is not identified. */
  readonly correlation: ArrayLike<number>
}

/** Vermillion and blue at 60 % over white, so that black text keeps a contrast above 7 on either. */
const SCALE = ['#66AAD1', '#FFFFFF', '#E69E66']
const UNKNOWN = '#EAEEF2'
const MINUS = '−'
const STRONG = 0.95
const CELL = 44

function text(value: number): string {
  if (!Number.isFinite(value)) return 'n/e'
  return value.toFixed(2).replace('-', MINUS).replace(`${MINUS}0.00`, '0.00')
}

/**
 * Lower triangle of a correlation matrix as a heat map with the numbers in it; `n/e` where there is none. The data set is named
 * `correlation`.
 *
 * @throws RangeError when the matrix has not one entry per pair of names.
 */
export function correlationChart(chart: CorrelationChart): TopLevelSpec {
  const { names, correlation } = chart
  const n = names.length
  if (correlation.length !== n * n)
    throw new RangeError(`a correlation of ${n} parameters has ${n * n} entries, got ${correlation.length}`)
  const values = names.flatMap((row, i) =>
    names.slice(0, i + 1).map((column, j) => {
      const r = correlation[i * n + j] ?? Number.NaN
      return { row, column, r: Number.isFinite(r) ? r : null, text: text(r) }
    }),
  )
  const strong = values.filter(({ row, column, r }) => row !== column && r !== null && Math.abs(r) >= STRONG)
  const pairs = strong.map(({ row, column, text }) => `${row} and ${column} (${text})`)
  const found = pairs.length > 0 ? `Strongly correlated: ${pairs.join(', ')}.` : `No pair reaches ${STRONG} in size.`
  const side = Math.max(1, n) * CELL
  const axis = { title: null, domain: false, ticks: false, labelColor: ink.text, labelOverlap: false } as const
  return {
    ...chartFrame(chart, `Correlation of ${n} estimates. ${found}`, side, side),
    data: { name: 'correlation', values },
    encoding: {
      x: { field: 'column', type: 'nominal', sort: [...names], axis: { ...axis, labelAngle: n > 3 ? -45 : 0 } },
      y: { field: 'row', type: 'nominal', sort: [...names], axis },
    },
    layer: [
      {
        mark: { type: 'rect', stroke: '#FFFFFF', strokeWidth: 1, invalid: 'show' },
        encoding: {
          color: {
            condition: { test: '!isValid(datum.r)', value: UNKNOWN },
            field: 'r',
            type: 'quantitative',
            scale: { domain: [-1, 0, 1], range: [...SCALE], clamp: true, interpolate: 'rgb' },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', color: ink.text },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  }
}
