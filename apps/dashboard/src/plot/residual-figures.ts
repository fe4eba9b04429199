import { type FitPrediction, normalQuantiles } from '@cartkin/fitting'
import {
  type DiagnosticFigure,
  type FigureAxis,
  type FigurePoint,
  type FigureRule,
  figureDomain,
} from './diagnostic-figure.ts'

/** How numbers and times are written. */
export interface FigureWords {
  readonly number: (value: number) => string
  /** "day 14" */
  readonly time: (time: number) => string
  readonly timeTitle: string
  /** What a quantity is called, with its unit. */
  readonly quantity: (name: string) => string
}

/** Quantile of the standard normal distribution that 95 % of residuals should not exceed in size. */
const limit = 1.96

/** Weighted residuals over time and over the prediction, their quantiles, and observed over predicted values of one quantity. */
export function residualFigures(
  predictions: readonly FitPrediction[],
  quantity: string,
  words: FigureWords,
): readonly DiagnosticFigure[] {
  const rows = predictions.filter(
    (row) => row.quantity === quantity && row.censored === null && Number.isFinite(row.predicted),
  )
  const text = (row: FitPrediction): string =>
    `${row.subject}, ${words.time(row.time)}: observed ${words.number(row.observed)}, predicted ${words.number(row.predicted)}, weighted residual ${words.number(row.weightedResidual)}`
  const weighted = rows.filter(({ weightedResidual }) => Number.isFinite(weightedResidual))
  const residuals = weighted.map(({ weightedResidual }) => weightedResidual)
  const most = Math.max(3, ...residuals.map(Math.abs)) * 1.05
  const residualAxis: FigureAxis = { title: 'Weighted residual', scale: 'linear', domain: { low: -most, high: most } }
  const outside = residuals.filter((value) => Math.abs(value) > limit).length
  const left = predictions.filter((row) => row.quantity === quantity).length - rows.length
  const caption = `${counted(rows.length)}${left > 0 ? `, ${left} beyond quantification not shown` : ''}; ${outside} beyond ±1.96.`
  const scale =
    rows.length > 0 && rows.every(({ observed, predicted }) => observed > 0 && predicted > 0) ? 'log' : 'linear'
  const label = words.quantity(quantity)
  const timeAxis: FigureAxis = {
    title: words.timeTitle,
    scale: 'linear',
    domain: figureDomain(
      'linear',
      weighted.map(({ time }) => time),
    ),
  }
  const predictedAxis: FigureAxis = {
    title: `Predicted ${label}`,
    scale,
    domain: figureDomain(
      scale,
      weighted.map(({ predicted }) => predicted),
    ),
  }
  const levels = ({ low, high }: FigureAxis['domain']): readonly FigureRule[] =>
    [-limit, 0, limit].map((level) => ({ x: low, x2: high, y: level, y2: level, dashed: level !== 0 }))
  const over = (id: string, title: string, x: FigureAxis, at: (row: FitPrediction) => number): DiagnosticFigure =>
    figure({
      ...{ id, title, caption, x, y: residualAxis, rules: levels(x.domain) },
      points: weighted.map((row) => ({ x: at(row), y: row.weightedResidual, subject: row.subject, text: text(row) })),
      table: tableOf(weighted, words),
    })
  const quantiles = normalQuantiles(residuals)
  const both = figureDomain(
    scale,
    rows.flatMap(({ observed, predicted }) => [observed, predicted]),
  )
  const normal = figureDomain(
    'linear',
    quantiles.flatMap(({ expected }) => [expected]),
  )
  return [
    over('residuals-time', 'Weighted residuals over time', timeAxis, ({ time }) => time),
    over('residuals-prediction', 'Weighted residuals over prediction', predictedAxis, ({ predicted }) => predicted),
    figure({
      id: 'quantiles',
      title: 'Quantiles of weighted residuals',
      caption: `${counted(residuals.length)} against the standard normal distribution, with the line on which they would lie.`,
      x: { title: 'Normal quantile', scale: 'linear', domain: normal },
      y: residualAxis,
      rules: [{ x: normal.low, x2: normal.high, y: normal.low, y2: normal.high, dashed: true }],
      points: quantiles.flatMap(({ index, residual, expected }): FigurePoint[] => {
        const row = weighted[index]
        return row ? [{ x: expected, y: residual, subject: row.subject, text: text(row) }] : []
      }),
      table: {
        header: ['Subject', 'Normal quantile', 'Weighted residual'],
        rows: quantiles.map(({ index, residual, expected }) => [
          weighted[index]?.subject ?? '',
          words.number(expected),
          words.number(residual),
        ]),
      },
    }),
    figure({
      id: 'observed-predicted',
      title: 'Observed and predicted',
      caption: `${counted(rows.length)} of ${label}, with the line of identity.`,
      x: { title: `Predicted ${label}`, scale, domain: both },
      y: { title: `Observed ${label}`, scale, domain: both },
      rules: [{ x: both.low, x2: both.high, y: both.low, y2: both.high, dashed: true }],
      points: rows.map((row) => ({ x: row.predicted, y: row.observed, subject: row.subject, text: text(row) })),
      table: tableOf(rows, words),
    }),
  ]
}

type Parts = Omit<DiagnosticFigure, 'lines' | 'boxes'>

/** Points go from left to right, as the keys walk over them. */
function figure(parts: Parts): DiagnosticFigure {
  return { ...parts, lines: [], boxes: [], points: parts.points.toSorted((a, b) => a.x - b.x) }
}

function tableOf(rows: readonly FitPrediction[], words: FigureWords): DiagnosticFigure['table'] {
  return {
    header: ['Subject', words.timeTitle, 'Observed', 'Predicted', 'Weighted residual'],
    rows: rows.map(({ subject, time, observed, predicted, weightedResidual }) => [
      subject,
      words.number(time),
      words.number(observed),
      words.number(predicted),
      words.number(weightedResidual),
    ]),
  }
}

function counted(count: number): string {
  return `${count} observation${count === 1 ? '' : 's'}`
}
