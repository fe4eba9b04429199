import { type ObservationRow, positiveOnly, subjectChart } from '@cartkin/charts'
import { type ReportBlock, type ReportFigure, renderSvg } from '@cartkin/reports'
import type { ReportSection } from '../plan/plan.ts'
import type { IndividualsStepResult } from '../steps/step-result.ts'
import { estimatesByIndividual } from './estimates-by-individual.ts'
import { courseRows, shownQuantity, timeAxis, timeScale, valueAxis } from './figure-rows.ts'
import { individualDetails, mostProfiled } from './individual-details.ts'
import { percent, profileKey } from './profile-figure.ts'

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
  const details = await individualDetails(result)
  const profiled = fits.filter((fit) => fit.status === 'fitted' && fit.profiles.length > 0)
  const [first] = profiled
  const key = first?.status === 'fitted' ? profileKey(first.result, percent(first.profiles[0]?.level ?? 0.95)) : ''
  return [
    {
      kind: 'paragraph',
      text: `${fitted} of ${fits.length} patients are fitted, each alone: no patient's estimates depend on another's data.`,
    },
    ...notes.map(sentence).map(note('plain')),
    ...refused.map((text) => note('warning')(`Not fitted: ${text}.`)),
    ...doubts.map(note('warning')),
    estimatesByIndividual(result),
    ...figures,
    { kind: 'paragraph', text: 'Of each patient, what its data do not identify, and why:' },
    ...details,
    ...(key === ''
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: `Figures of profile likelihoods${profiled.length > mostProfiled ? ` (of the first ${mostProfiled} patients)` : ''}. ${key}`,
          },
        ]),
  ]
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

async function panels(
  place: number,
  name: string,
  { scale: wanted }: ReportSection,
  { fits, courses, subjects, source, job }: IndividualsStepResult,
): Promise<readonly ReportFigure[]> {
  const shown = shownQuantity(source, name)
  const scale = wanted ?? (job.problem.endpoints[place]?.scale === 'log' ? 'log' : 'linear')
  const figures: ReportFigure[] = []
  const drawn = fits.slice(0, mostDrawn)
  const times = subjects.flatMap(({ observations }) =>
    observations.flatMap(({ endpoint, time }) => (endpoint === place ? [time] : [])),
  )
  const x = { ...timeAxis(source), scale: timeScale(times) }
  const first = x.scale === 'log' ? Math.min(...times) : undefined
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
      return table === undefined ? [] : courseRows(table, { ...shown, label: id }, { from: first, scale, least })
    })
    figures.push({
      kind: 'figure',
      svg: await renderSvg(
        subjectChart({
          x,
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
