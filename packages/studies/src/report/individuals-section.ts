import { type ObservationRow, positiveOnly, subjectChart } from '@cartkin/charts'
import { type IndividualFit, unidentifiedText } from '@cartkin/fitting'
import { type ReportBlock, type ReportCell, type ReportFigure, type ReportTable, renderSvg } from '@cartkin/reports'
import type { ReportSection } from '../plan/plan.ts'
import type { IndividualsStepResult } from '../steps/step-result.ts'
import { courseRows, shownQuantity, timeAxis, valueAxis } from './figure-rows.ts'

/** Panels of one figure, and most patients that are drawn. */
const panelsPerFigure = 24
const mostDrawn = 96

/** Every patient alone: who was not fitted and why, estimates with what the data identify, a panel for each. */
export async function individualsSection(
  section: ReportSection,
  result: IndividualsStepResult,
): Promise<readonly ReportBlock[]> {
  const { fits, notes, remarks, job } = result
  const refused = fits.flatMap((fit) => (fit.status === 'not-fitted' ? [`${fit.id}: ${fit.reason}`] : []))
  const doubts = remarks.flatMap(({ kind, subject, message }) => (kind === 'doubt' ? [`${subject}: ${message}`] : []))
  const note = (tone: 'plain' | 'warning') => (text: string) => ({ kind: 'note' as const, tone, text })
  const quantities = job.problem.endpoints.map(({ quantity }) => quantity)
  const figures: ReportFigure[] = []
  for (const [place, name] of quantities.entries()) figures.push(...(await panels(place, name, section, result)))
  const fitted = fits.length - refused.length
  return [
    {
      kind: 'paragraph',
      text: `${fitted} of ${fits.length} patients are fitted, each alone: no patient's estimates depend on another's data.`,
    },
    ...notes.map(note('plain')),
    ...refused.map((text) => note('warning')(`Not fitted: ${text}.`)),
    ...doubts.map(note('warning')),
    ...figures,
    estimatesTable(result),
    identifiabilityTable(result),
  ]
}

/** One row per patient. */
function estimatesTable({ fits, job, subjects, source }: IndividualsStepResult): ReportTable {
  const names = job.problem.estimated.map(({ name }) => name)
  const unitOf = (name: string) => source.model.parameters.find((parameter) => parameter.name === name)?.unit
  return {
    kind: 'table',
    caption: 'Estimates, with the relative standard error in brackets.',
    columns: [
      { header: 'Patient' },
      { header: 'Values', kind: 'number' },
      { header: 'BLQ', kind: 'number' },
      ...names.map((header) => {
        const unit = unitOf(header)
        return { header, kind: 'number' as const, ...(unit ? { unit } : {}) }
      }),
      { header: 'Objective', kind: 'number' },
      { header: 'Reached by', kind: 'number' },
      { header: 'Search' },
    ],
    rows: fits.map((fit): readonly ReportCell[] => {
      const observations = subjects.find(({ id }) => id === fit.id)?.observations ?? []
      const below = observations.filter(({ censored }) => censored === 'left').length
      return [
        fit.id,
        String(observations.length),
        String(below),
        ...names.map((name) => estimateCell(name, fit)),
        fit.status === 'fitted' ? fit.result.objective.toPrecision(6) : '',
        fit.status === 'fitted' ? `${fit.starts.reached} of ${fit.starts.count}` : '',
        fit.status === 'fitted' ? fit.result.outcome.status : { text: 'not fitted', tone: 'warning' },
      ]
    }),
    notes: [
      'Grey: the data do not identify it. “held”: not estimated for this patient. Reached by: of the searches from different starts, those that came to the objective; where it is one alone, it may not be the lowest there is.',
    ],
  }
}

function estimateCell(name: string, fit: IndividualFit): ReportCell {
  if (fit.status === 'not-fitted') return ''
  const at = fit.result.estimates.findIndex((estimate) => estimate.name === name)
  const estimate = fit.result.estimates[at]
  if (estimate === undefined) return { text: 'held', tone: 'muted' }
  const rse = 100 * estimate.relativeStandardError
  const error = Number.isFinite(rse) ? ` (${rse < 1000 ? `${Number(rse.toPrecision(2))} %` : '> 1000 %'})` : ''
  const text = `${Number(estimate.estimate.toPrecision(3))}${estimate.atBound ? ' (at bound)' : error}`
  return fit.identifications[at]?.identified === 'yes' ? text : { text, tone: 'muted' }
}

function identifiabilityTable({ fits, plans }: IndividualsStepResult): ReportTable {
  return {
    kind: 'table',
    caption: 'What the data of each patient do not identify, and why.',
    columns: [{ header: 'Patient' }, { header: 'In short' }, { header: 'Why' }],
    rows: fits.flatMap((fit): readonly (readonly ReportCell[])[] => {
      if (fit.status === 'not-fitted') return []
      const found = fit.identifications
      const reasons = [...new Set(found.flatMap(({ name, reason }) => (reason === '' ? [] : [`${name}: ${reason}`])))]
      const held = plans.get(fit.id)?.held
      const all = [...reasons, ...(held === undefined ? [] : [`${held.name}: ${held.reason}`])]
      return [[fit.id, unidentifiedText(found) || 'all parameters are identified', all.join('. ')]]
    }),
  }
}

async function panels(
  place: number,
  name: string,
  { scale: wanted }: ReportSection,
  { fits, courses, subjects, source, job }: IndividualsStepResult,
): Promise<readonly ReportFigure[]> {
  const shown = shownQuantity(source, name)
  const scale = wanted ?? job.problem.endpoints[place]?.scale ?? 'linear'
  const figures: ReportFigure[] = []
  const drawn = fits.slice(0, mostDrawn)
  for (let from = 0; from < drawn.length; from += panelsPerFigure) {
    const ids = drawn.slice(from, from + panelsPerFigure).map(({ id }) => id)
    const observations = ids.flatMap((id) => {
      const own = subjects.find((subject) => subject.id === id)?.observations ?? []
      return own.flatMap(({ endpoint, time, value, censored }): ObservationRow[] => {
        if (endpoint !== place) return []
        const row = { time, value, lower: value, upper: value, series: id, label: `${id}, time ${time}`, source: '' }
        return [censored === 'left' || censored === 'right' ? { ...row, censored } : row]
      })
    })
    const kept = scale === 'log' ? positiveOnly(observations).kept : observations
    if (kept.length === 0) continue
    const limits = [...new Set(kept.flatMap(({ censored, value }) => (censored === 'left' ? [value] : [])))]
    const lowest = Math.min(...kept.map(({ value }) => value))
    const course = ids.flatMap((id) => {
      const table = courses.find((found) => found.id === id)?.table
      // Far below what can be measured nothing is to be seen, and the axis would be of nothing else.
      const least = scale === 'log' ? lowest / 10 : undefined
      return table === undefined ? [] : courseRows(table, { ...shown, label: id }, { scale, least })
    })
    figures.push({
      kind: 'figure',
      svg: await renderSvg(
        subjectChart({
          x: timeAxis(source),
          y: valueAxis(shown, scale),
          course,
          observations: kept,
          limits: limits.length <= 3 ? limits : [],
        }),
      ),
      caption: `${shown.label}: data and the fitted curve of each patient${drawn.length > panelsPerFigure ? ` (${from + 1} to ${from + ids.length} of ${fits.length})` : ''}.${limits.length > 0 ? ' Triangles: values below the limit of quantification, on its dashed line.' : ''}`,
    })
  }
  return figures
}
