import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { axisDomain, tightDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import type { Axis, ObjectiveRow } from './rows.ts'
import { seriesStyle } from './series-style.ts'

/** How the objective fell while a fit ran. */
export interface ObjectiveChart extends ChartOptions {
  readonly rows: readonly ObjectiveRow[]
  /** Name of the objective: `−2 log likelihood`. */
  readonly objective: string
}

/** The part of the largest distance below which nothing is told apart. */
const LEAST = 1e-12

/**
 * Distance of the objective to the best value reached, on a logarithmic axis, over the iterations; one line per start. The
 * best itself is drawn at the foot of the plot. The data set is named `objective`, its vertical field `distance`.
 */
export function objectiveChart(chart: ObjectiveChart): TopLevelSpec {
  const finite = chart.rows.filter(({ objective }) => Number.isFinite(objective))
  const best = finite.reduce((least, { objective }) => Math.min(least, objective), Number.POSITIVE_INFINITY)
  const distances = finite.map(({ objective }) => objective - best).filter((distance) => distance > 0)
  const largest = distances.reduce((most, distance) => Math.max(most, distance), 0)
  const y: Axis = { title: 'Above best', unit: '', scale: 'log' }
  const [lo, hi] = axisDomain(
    y,
    [],
    distances.filter((distance) => distance >= largest * LEAST),
  )
  const values = finite.map((row) => ({ ...row, distance: Math.max(lo, row.objective - best) }))
  const x: Axis = { title: 'Iteration', unit: '', scale: 'linear' }
  const xDomain = tightDomain(x, [0, ...finite.map(({ iteration }) => iteration)])
  const style = seriesStyle(finite.map(({ run }) => run))
  const legend = style.names.length > 1 ? { symbolType: 'stroke' } : null
  const domain = [...style.names]
  const reached =
    finite.length === 0 ? 'No iteration yet.' : `Best ${formatValue(best, 6)} after ${xDomain[1]} iterations.`
  return {
    ...chartFrame(chart, `${chart.objective} over the iterations of the fit. ${reached}`, 640, 160),
    data: { name: 'objective', values },
    mark: { type: 'line', clip: true, point: { size: 18, filled: true } },
    encoding: {
      x: axisChannel('iteration', x, xDomain, { grid: false }),
      y: axisChannel('distance', y, [lo, hi]),
      color: { field: 'run', type: 'nominal', scale: { domain, range: [...style.colours] }, legend },
      strokeDash: {
        field: 'run',
        type: 'nominal',
        scale: { domain, range: style.dashes.map((dash) => [...dash]) },
        legend,
      },
      tooltip: [
        { field: 'run', title: 'Start', type: 'nominal' },
        { field: 'iteration', title: 'Iteration', type: 'quantitative' },
        { field: 'objective', title: chart.objective, type: 'quantitative', format: '.8~g' },
      ],
    },
  }
}
