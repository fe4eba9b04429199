import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { axisDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { seriesColours } from './palette.ts'
import type { Axis, WaterfallRow } from './rows.ts'

/** Objectives that the starts of a fit reached, from best to worst. */
export interface WaterfallChart extends ChartOptions {
  readonly rows: readonly WaterfallRow[]
  /** Name of the objective: `−2 log likelihood`. */
  readonly objective: string
}

/** Distances below this are the same minimum to every purpose, and are drawn at the foot. */
const LEAST = 1e-4

/**
 * Distance of each start's objective to the best one, on a logarithmic axis, in rising order: steps are minima. Starts that
 * did not converge are hollow; those without an objective are counted in the description. The data set is named `waterfall`,
 * its vertical field `distance`.
 */
export function waterfallChart(chart: WaterfallChart): TopLevelSpec {
  const rows = chart.rows
    .filter(({ objective }) => Number.isFinite(objective))
    .toSorted((a, b) => a.objective - b.objective)
  const best = rows[0]?.objective ?? 0
  const values = rows.map((row, k) => ({
    ...row,
    rank: k + 1,
    distance: Math.max(LEAST, row.objective - best),
    outcome: row.converged ? 'converged' : 'not converged',
  }))
  const y: Axis = { title: 'Above best', unit: '', scale: 'log' }
  const domain = axisDomain(y, [], [LEAST, 1, ...values.map(({ distance }) => distance)])
  const x: Axis = { title: 'Start, by its objective', unit: '', scale: 'linear' }
  const lost = chart.rows.length - rows.length
  const summary = `${chart.objective} reached from ${rows.length} starts, best ${formatValue(best, 6)}${lost > 0 ? `; ${lost} could not be fitted` : ''}.`
  const colour = seriesColours[0] ?? '#000000'
  const outcomes = ['converged', 'not converged']
  return {
    ...chartFrame(chart, summary, 640, 160),
    data: { name: 'waterfall', values },
    mark: { type: 'point', size: 40, color: colour },
    encoding: {
      x: axisChannel('rank', x, [0, rows.length + 1], { grid: false }),
      y: axisChannel('distance', y, domain),
      fill: {
        field: 'outcome',
        type: 'nominal',
        scale: { domain: outcomes, range: [colour, '#FFFFFF'] },
        legend: values.every(({ converged }) => converged) ? null : { title: null },
      },
      tooltip: [
        { field: 'start', title: 'Start', type: 'nominal' },
        { field: 'objective', title: chart.objective, type: 'quantitative', format: '.8~g' },
        { field: 'outcome', title: 'Outcome', type: 'nominal' },
      ],
    },
  }
}
