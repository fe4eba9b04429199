import type { Trust } from '@cartkin/cart-models'
import {
  correlationChart,
  courseChart,
  type ObservationRow,
  objectiveChart,
  observedPredictedChart,
  type PredictionRow,
  residualChart,
} from '@cartkin/charts'
import type { Parameter } from '@cartkin/model'
import { exp } from '@cartkin/numerics'
import { estimateTable, type ReportBlock, type ReportFigure, type ReportTable, renderSvg } from '@cartkin/reports'
import type { ReportSection } from '../plan/plan.ts'
import type { FitStepResult } from '../steps/step-result.ts'
import { courseRows, type Shown, shownQuantity, timeAxis, valueAxis } from './figure-rows.ts'

/** Most subjects drawn one by one. */
const mostSubjects = 12

/** Estimates, data with fitted curves, residuals, and what the starts and the identifiability say. */
export async function fitSection(section: ReportSection, fit: FitStepResult): Promise<readonly ReportBlock[]> {
  const best = fit.fits[fit.best]?.result
  if (!best) return []
  const { model } = fit.source
  const parameters = new Map(
    model.parameters.map((parameter) => {
      const { name, unit, label } = parameter
      return [name, { unit, label, ...startTrust(parameter, best.estimates, fit) }]
    }),
  )
  const quantities = [...new Set(fit.job.problem.endpoints.map(({ quantity }) => quantity))]
  const drawn = fit.courses.slice(0, mostSubjects)
  const curves = await Promise.all(quantities.map((name) => fittedFigure(name, drawn, section, fit)))
  const diagnostics = await Promise.all([
    ...quantities.flatMap((name) => agreementFigure(name, fit) ?? []),
    residualFigure(fit),
    ...(best.estimates.length > 1 ? [correlationFigure(fit)] : []),
  ])
  return [
    ...(fit.timeNote === '' ? [] : [{ kind: 'note' as const, tone: 'plain' as const, text: `Data: ${fit.timeNote}.` }]),
    startsTable(fit),
    estimateTable({
      estimates: best.estimates,
      collinear: best.collinear,
      parameters,
      caption: `Estimates of the start with the lowest objective (× ${fit.fits[fit.best]?.factor ?? 1}).`,
    }),
    ...best.collinear.map(({ message }) => ({ kind: 'note' as const, tone: 'warning' as const, text: message })),
    { kind: 'figures', figures: curves },
    ...(fit.courses.length > drawn.length
      ? [{ kind: 'paragraph' as const, text: `Curves of the first ${drawn.length} of ${fit.courses.length} subjects.` }]
      : []),
    { kind: 'figures', figures: diagnostics },
    await objectiveFigure(fit),
  ]
}

/** The trust of a value of the library that a fit starts at. */
function startTrust(
  { name, value }: Parameter,
  estimates: readonly { readonly name: string; readonly start: number }[],
  { source: { library } }: FitStepResult,
): { readonly startTrust?: Trust } {
  const note = library !== null && Object.hasOwn(library.parameters, name) ? library.parameters[name] : undefined
  const start = estimates.find((estimate) => estimate.name === name)?.start
  return note !== undefined && start === value ? { startTrust: note.trust } : {}
}

function startsTable({ fits, reference }: FitStepResult): ReportTable {
  return {
    kind: 'table',
    caption: 'Objective reached from each start.',
    columns: [
      { header: 'Start' },
      { header: 'Objective', kind: 'number' },
      { header: 'Iterations', kind: 'number' },
      { header: 'Outcome' },
    ],
    rows: [
      ['values as they stand, not fitted', reference.toPrecision(8), '0', ''],
      ...fits.map(({ factor, result: { objective, iterations, outcome } }) => [
        `values × ${factor}`,
        objective.toPrecision(8),
        String(iterations),
        outcome.status === 'converged' ? `converged (${outcome.reason})` : outcome.status,
      ]),
    ],
  }
}

async function fittedFigure(
  name: string,
  drawn: FitStepResult['courses'],
  { to, scale: wanted }: ReportSection,
  fit: FitStepResult,
): Promise<ReportFigure> {
  const shown = shownQuantity(fit.source, name)
  const scale = wanted ?? scaleOf(name, fit)
  const limits = { to: to ?? lastTime(name, fit) * 1.15, scale }
  const several = drawn.length > 1
  const label = (id: string) => (several ? `subject ${id}` : shown.label)
  const course = drawn.flatMap(({ id, table }) => courseRows(table, { ...shown, label: label(id) }, limits))
  const observations = drawn.flatMap(({ id }) => observed(id, label(id), shown, fit, scale))
  const svg = await renderSvg(
    courseChart({
      x: timeAxis(fit.source),
      y: valueAxis(shown, scale),
      course,
      observations,
      width: 360,
      height: 220,
    }),
  )
  const ranges = observations.some(({ lower, upper }) => lower < upper)
  return {
    kind: 'figure',
    svg,
    caption: `${shown.label}: data and fitted curve.${ranges ? ' Bars: ± 1 standard deviation of each value.' : ''}${observations.some(({ censored }) => censored) ? ' Triangles: limits of the assay.' : ''}`,
  }
}

function observed(
  id: string,
  series: string,
  { name }: Shown,
  { job: { problem }, attribution }: FitStepResult,
  scale: 'linear' | 'log',
): readonly ObservationRow[] {
  const subject = problem.subjects.find((candidate) => candidate.id === id)
  return (subject?.observations ?? []).flatMap(({ endpoint, time, value, sd = 0, censored }) => {
    const found = problem.endpoints[endpoint]
    if (found?.quantity !== name || (scale === 'log' && !(value > 0))) return []
    const [lower, upper] = found.scale === 'log' ? [value * exp(-sd), value * exp(sd)] : [value - sd, value + sd]
    const row = { time, value, lower, upper, series, label: `${series}, time ${time}`, source: attribution }
    return [censored ? { ...row, lower: value, upper: value, censored } : row]
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

/** Null where nothing can be drawn. */
function agreementFigure(name: string, fit: FitStepResult): Promise<ReportFigure> | null {
  const shown = shownQuantity(fit.source, name)
  const scale = scaleOf(name, fit)
  const rows = predictionRows(name, fit).filter(
    ({ observed: value, predicted }) => scale === 'linear' || (value > 0 && predicted > 0),
  )
  if (rows.length === 0) return null
  const quantity = { title: shown.name, unit: shown.unit, scale }
  return renderSvg(observedPredictedChart({ rows, quantity })).then((svg) => ({
    kind: 'figure',
    svg,
    caption: `${shown.label}: observed over predicted; the dashed line is identity.`,
  }))
}

async function residualFigure(fit: FitStepResult): Promise<ReportFigure> {
  const svg = await renderSvg(
    residualChart({ rows: predictionRows(null, fit), over: 'time', x: timeAxis(fit.source), width: 360 }),
  )
  return {
    kind: 'figure',
    svg,
    caption: 'Weighted residuals over time; lines at 0 and ± 1.96. Censored values have none.',
  }
}

async function correlationFigure(fit: FitStepResult): Promise<ReportFigure> {
  const best = fit.fits[fit.best]?.result
  const names = best?.estimates.map(({ name }) => name) ?? []
  const svg = await renderSvg(correlationChart({ names, correlation: best?.correlation ?? [] }))
  return { kind: 'figure', svg, caption: 'Correlation of the estimates; n/e: not estimable.' }
}

async function objectiveFigure({ fits }: FitStepResult): Promise<ReportFigure> {
  const objective =
    fits[0]?.result.objectiveKind === 'minus-two-log-likelihood' ? '−2 log likelihood' : 'Weighted sum of squares'
  const rows = fits.flatMap(({ factor, trace }) => trace.map((point) => ({ ...point, run: `start × ${factor}` })))
  const svg = await renderSvg(objectiveChart({ rows, objective }))
  return { kind: 'figure', svg, caption: `${objective} above the best, over the iterations.` }
}

function lastTime(name: string, { job: { problem } }: FitStepResult): number {
  const times = problem.subjects.flatMap(({ observations }) =>
    observations.flatMap(({ endpoint, time }) => (problem.endpoints[endpoint]?.quantity === name ? [time] : [])),
  )
  return Math.max(1, ...times)
}

function scaleOf(name: string, { job }: FitStepResult): 'linear' | 'log' {
  return job.problem.endpoints.find(({ quantity }) => quantity === name)?.scale ?? 'linear'
}
