import type { PredictionRow } from './rows.ts'
import { seriesStyle } from './series-style.ts'

const SHAPES = ['circle', 'square', 'diamond', 'triangle-up', 'cross']

/** Colour, shape and tooltip of observations with predictions; series differ in colour and shape. */
export function predictionEncoding(rows: readonly PredictionRow[], unit: string) {
  const { names, colours } = seriesStyle(rows.map(({ series }) => series))
  const domain = [...names]
  const shapes = names.map((_, i) => SHAPES[(i + Math.floor(i / SHAPES.length)) % SHAPES.length] ?? 'circle')
  const legend = names.length > 1 ? { symbolSize: 64 } : null
  const titled = (title: string) => (unit === '' || unit === '1' ? title : `${title} (${unit})`)
  const nominal = { type: 'nominal' as const }
  const number = { type: 'quantitative' as const, format: '.3~g' }
  return {
    color: { field: 'series', ...nominal, scale: { domain, range: [...colours] }, legend },
    shape: { field: 'series', ...nominal, scale: { domain, range: shapes }, legend },
    tooltip: [
      { field: 'series', title: 'Quantity', ...nominal },
      { field: 'subject', title: 'Subject', ...nominal },
      { field: 'time', title: 'Time', ...number },
      { field: 'observed', title: titled('Observed'), ...number },
      { field: 'predicted', title: titled('Predicted'), ...number },
      { field: 'residual', title: 'Weighted residual', ...number },
    ],
  }
}
