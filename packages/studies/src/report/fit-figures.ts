import {
  correlationChart,
  courseChart,
  type ObservationRow,
  objectiveChart,
  observedPredictedChart,
  type PredictionRow,
  positiveOnly,
  quantileChart,
  residualChart,
  subjectChart,
  waterfallChart,
} from '@cartkin/charts'
import { normalQuantiles } from '@cartkin/fitting'
import { exp } from '@cartkin/numerics'
import { type ReportFigure, renderSvg } from '@cartkin/reports'
import type { ReportSection } from '../plan/plan.ts'
import type { FitStepResult } from '../steps/step-result.ts'
import { courseRows, type Shown, shownQuantity, timeAxis, timeScale, valueAxis } from './figure-rows.ts'
import { objectiveName } from './objective-name.ts'

/** Most subjects drawn one by one. */
export const mostSubjects = 24

/** Most limits of quantification that are drawn as lines. */
const mostLimits = 3

/** A quantity's data and fitted curve: one plot for one subject, else a panel for each. */
export async function fittedFigure(
  name: string,
  drawn: FitStepResult['courses'],
  { to, scale: wanted }: ReportSection,
  fit: FitStepResult,
): Promise<ReportFigure> {
  const shown = shownQuantity(fit.source, name)
  const scale = wanted ?? scaleOf(name, fit)
  const limits = { to: to ?? lastTime(name, fit) * 1.15, scale }
  const single = drawn.length === 1
  const times = fit.job.problem.subjects.flatMap(({ observations }) =>
    observations.flatMap(({ endpoint, time }) =>
      fit.job.problem.endpoints[endpoint]?.quantity === name ? [time] : [],
    ),
  )
  const x = { ...timeAxis(fit.source), scale: single ? ('linear' as const) : timeScale(times) }
  const from = x.scale === 'log' ? Math.min(...times) : undefined
  const course = drawn.flatMap(({ id, table }) =>
    courseRows(table, { ...shown, label: single ? shown.label : id }, { ...limits, from }),
  )
  const observations = drawn.flatMap(({ id }) => observed(id, single ? shown.label : id, shown, fit, scale))
  const below = censoringLimits(observations)
  const [lloq] = below
  const options = { x, y: valueAxis(shown, scale), course, observations }
  const svg = await renderSvg(
    single
      ? courseChart({
          ...options,
          ...(below.length === 1 && lloq !== undefined ? { lloq: { value: lloq, label: 'LLOQ' } } : {}),
          width: 560,
          height: 240,
        })
      : subjectChart({ ...options, limits: below.length <= mostLimits ? below : [] }),
  )
  const ranges = observations.some(({ lower, upper }) => lower < upper)
  const censored = observations.some((row) => row.censored)
  return {
    kind: 'figure',
    svg,
    caption: `${shown.label}: data and fitted curve${single ? '' : ', by subject'}.${ranges ? ' Bars: ± 1 standard deviation of each value.' : ''}${censored ? ' Triangles: values beyond a limit of the assay, on the dashed line of that limit.' : ''}`,
  }
}

/** The values below which observations are censored, ascending. */
function censoringLimits(rows: readonly ObservationRow[]): readonly number[] {
  const found = new Set(rows.flatMap(({ censored, value }) => (censored === 'left' ? [value] : [])))
  return [...found].toSorted((a, b) => a - b)
}

function observed(
  id: string,
  series: string,
  { name }: Shown,
  { job: { problem }, attribution }: FitStepResult,
  scale: 'linear' | 'log',
): readonly ObservationRow[] {
  const subject = problem.subjects.find((candidate) => candidate.id === id)
  return (subject?.observations ?? []).flatMap(({ endpoint, time, value, sd = 0, censored }): ObservationRow[] => {
    const found = problem.endpoints[endpoint]
    if (found?.quantity !== name || (scale === 'log' && !(value > 0))) return []
    const [lower, upper] = found.scale === 'log' ? [value * exp(-sd), value * exp(sd)] : [value - sd, value + sd]
    const row = { time, value, lower, upper, series, label: `${series}, time ${time}`, source: attribution }
    return [censored === 'left' || censored === 'right' ? { ...row, lower: value, upper: value, censored } : row]
  })
}

function predictionRows(name: string | null, fit: FitStepResult): readonly PredictionRow[] {
  const predictions = fit.fits[fit.best]?.result.predictions ?? []
  return predictions.flatMap(({ subject, quantity, time, observed: value, predicted, weightedResidual }) =>
    (name === null || quantity === name) && Number.isFinite(predicted)
      ? [{ time, observed: value, predicted, residual: weightedResidual, series: quantity, subject }]
      : [],
  )
}

/** Observed over predicted on linear and on logarithmic axes; none where nothing can be drawn. Censored values have no place. */
export async function agreementFigures(name: string, fit: FitStepResult): Promise<readonly ReportFigure[]> {
  const shown = shownQuantity(fit.source, name)
  const all = predictionRows(name, fit).filter(({ residual }) => Number.isFinite(residual))
  const figures = []
  for (const scale of ['linear', 'log'] as const) {
    const { kept, dropped } =
      scale === 'linear'
        ? { kept: all, dropped: 0 }
        : positiveOnly(all, ({ observed: value, predicted }) => Math.min(value, predicted))
    if (kept.length === 0) continue
    const quantity = { title: shown.name, unit: shown.unit, scale }
    const left = dropped === 0 ? '' : ` ${dropped} of ${all.length} values are zero or below and not shown.`
    figures.push({
      kind: 'figure' as const,
      svg: await renderSvg(observedPredictedChart({ rows: kept, quantity })),
      caption: `${shown.label}: observed over predicted, ${scale === 'log' ? 'logarithmic' : 'linear'}; the dashed line is identity.${left}`,
    })
  }
  return figures
}

/** Weighted residuals of a quantity over time and over its prediction. */
export async function residualFigures(name: string, fit: FitStepResult): Promise<readonly ReportFigure[]> {
  const shown = shownQuantity(fit.source, name)
  const rows = predictionRows(name, fit).filter(({ residual }) => Number.isFinite(residual))
  if (rows.length === 0) return []
  const isLogarithmic = scaleOf(name, fit) === 'log' && rows.every(({ predicted }) => predicted > 0)
  const predicted = valueAxis({ ...shown, label: `Predicted ${shown.name}` }, isLogarithmic ? 'log' : 'linear')
  const lines = 'lines at 0 and ± 1.96. Censored values have none.'
  return [
    {
      kind: 'figure',
      svg: await renderSvg(
        residualChart({
          rows,
          over: 'time',
          x: { ...timeAxis(fit.source), scale: timeScale(rows.map(({ time }) => time)) },
          width: 320,
        }),
      ),
      caption: `${shown.label}: weighted residuals over time; ${lines}`,
    },
    {
      kind: 'figure',
      svg: await renderSvg(residualChart({ rows, over: 'predicted', x: predicted, width: 320 })),
      caption: `${shown.label}: weighted residuals over the prediction; ${lines}`,
    },
  ]
}

/** All weighted residuals over normal quantiles; null where there are none. */
export async function normalFigure(fit: FitStepResult): Promise<ReportFigure | null> {
  const rows = predictionRows(null, fit)
  const quantiles = normalQuantiles(rows.map(({ residual }) => residual))
  if (quantiles.length === 0) return null
  const svg = await renderSvg(
    quantileChart({
      rows: quantiles.map(({ index, expected, residual }) => {
        const { subject = '', series = '', time = 0 } = rows[index] ?? {}
        return { expected, residual, label: `subject ${subject}, ${series}, time ${time}` }
      }),
    }),
  )
  return {
    kind: 'figure',
    svg,
    caption: 'Weighted residuals in order over the normal quantiles of their ranks; the dashed line is identity.',
  }
}

export async function correlationFigure(fit: FitStepResult): Promise<ReportFigure> {
  const best = fit.fits[fit.best]?.result
  const names = best?.estimates.map(({ name }) => name) ?? []
  const svg = await renderSvg(correlationChart({ names, correlation: best?.correlation ?? [] }))
  return { kind: 'figure', svg, caption: 'Correlation of the estimates; n/e: not estimable.' }
}

export async function objectiveFigure({ fits, best, waterfall }: FitStepResult): Promise<ReportFigure> {
  const objective = objectiveTitle(fits)
  // the waterfall shows the starts that were drawn
  const shown = waterfall === undefined ? fits : fits.slice(best, best + 1)
  const rows = shown.flatMap(({ label, trace }) => trace.map((point) => ({ ...point, run: label })))
  const svg = await renderSvg(objectiveChart({ rows, objective }))
  return { kind: 'figure', svg, caption: `${objective} above the best, over the iterations.` }
}

/** Objectives of all starts that were drawn, in rising order. */
export async function waterfallFigure({ fits }: FitStepResult): Promise<ReportFigure> {
  const objective = objectiveTitle(fits)
  const rows = fits.map(({ label, result }) => ({
    start: label,
    objective: result.objective,
    converged: result.outcome.status === 'converged',
  }))
  const svg = await renderSvg(waterfallChart({ rows, objective }))
  return {
    kind: 'figure',
    svg,
    caption: `${objective} above the best from every start, in rising order: steps are minima.`,
  }
}

function objectiveTitle(fits: FitStepResult['fits']): string {
  const name = fits[0] === undefined ? 'objective' : objectiveName(fits[0].result)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

function lastTime(name: string, { job: { problem } }: FitStepResult): number {
  const times = problem.subjects.flatMap(({ observations }) =>
    observations.flatMap(({ endpoint, time }) => (problem.endpoints[endpoint]?.quantity === name ? [time] : [])),
  )
  return Math.max(1, ...times)
}

function scaleOf(name: string, { job }: FitStepResult): 'linear' | 'log' {
  return job.problem.endpoints.find(({ quantity }) => quantity === name)?.scale === 'log' ? 'log' : 'linear'
}
