import { bandChart, distributionChart, formatValue } from '@cartkin/charts'
import { quantile } from '@cartkin/numerics'
import { endpointTable, type ReportBlock, type ReportFigure, type ReportTable, renderSvg } from '@cartkin/reports'
import { filterText } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import type { ReportSection } from '../plan/plan.ts'
import { bandsOf } from '../steps/population-tables.ts'
import type { StepResult } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import {
  bandRows,
  doseRows,
  givenSentence,
  observationRows,
  shownQuantity,
  timeAxis,
  valueAxis,
} from './figure-rows.ts'
import { shownObservations, sourcesSentence } from './published-values.ts'

type PopulationResult = Extract<StepResult, { readonly kind: 'population' }>

/** Bands of a population with the published values, and percentiles of its endpoints. */
export async function populationSection(
  section: ReportSection,
  result: PopulationResult,
  { file }: Pick<StudyContext, 'file'>,
): Promise<readonly ReportBlock[]> {
  const { answer, endpoints, quantities } = result
  const names = section.quantities ?? quantities
  const bands = await Promise.all(names.map((name) => bandFigure(name, section, result)))
  const spreads = await Promise.all(
    (section.distributions ?? []).map((name) => distributionFigure(name, section, result, file)),
  )
  const rows = endpoints.map(({ label, unit }, k) => {
    const values = Float64Array.from(
      answer.outcomes,
      (_, s) => answer.endpoints[s * endpoints.length + k] ?? Number.NaN,
    )
    const defined = values.filter((value) => Number.isFinite(value))
    const missing = values.length - defined.length
    return {
      label,
      unit,
      values: [0.05, 0.5, 0.95].map((level) => (defined.length === 0 ? Number.NaN : quantile(defined, level))),
      note: missing === 0 ? '' : `not defined in ${missing} of ${values.length}`,
    }
  })
  const failed = answer.outcomes.filter(({ status }) => status !== 'finished').length
  return [
    { kind: 'paragraph', text: givenSentence(result.regimen) },
    ...filterTable(result),
    { kind: 'figures', figures: [...bands, ...spreads] },
    ...(failed === 0
      ? []
      : [
          {
            kind: 'note' as const,
            tone: 'warning' as const,
            text: `${failed} of ${answer.count} runs did not finish; their endpoints are left out.`,
          },
        ]),
    ...(rows.length === 0
      ? []
      : [endpointTable(rows, ['5 %', 'Median', '95 %'], `Endpoints of ${answer.count} virtual patients.`)]),
  ]
}

async function distributionFigure(
  name: string,
  { title }: ReportSection,
  { answer, endpoints }: PopulationResult,
  file: string,
): Promise<ReportFigure> {
  const k = endpoints.findIndex((endpoint) => endpoint.name === name)
  const endpoint = endpoints[k]
  if (endpoint === undefined)
    throw new InputError(file, `section ${title}: distributions: the population has no endpoint ${name}`)
  const values = answer.outcomes.map((_, subject) => answer.endpoints[subject * endpoints.length + k] ?? Number.NaN)
  const defined = values.filter(Number.isFinite).length
  const svg = await renderSvg(
    distributionChart({
      x: { title: endpoint.label, unit: endpoint.unit, scale: 'linear' },
      values,
      width: 360,
      height: 220,
    }),
  )
  const without = defined < values.length ? ` Not defined in ${values.length - defined}.` : ''
  return { kind: 'figure', svg, caption: `${endpoint.label} in ${values.length} virtual patients.${without}` }
}

/** How many draws were dropped, and why. */
function filterTable({ dropped, answer }: PopulationResult): readonly ReportTable[] {
  if (dropped.length === 0) return []
  const all = dropped.reduce((sum, { count }) => sum + count, 0)
  return [
    {
      kind: 'table',
      caption: `Plausibility: ${answer.count + all} patients were drawn, ${all} of them dropped and drawn anew. A draw counts for the first filter that it fails, those of parameters first.`,
      columns: [
        { header: 'Filter' },
        { header: 'Kept' },
        { header: 'Reason' },
        { header: 'Dropped', kind: 'number' },
        { header: 'Of draws', unit: '%', kind: 'number' },
      ],
      rows: dropped.map(({ filter, count }) => [
        filter.name,
        filterText(filter),
        filter.reason,
        String(count),
        formatValue((100 * count) / (answer.count + all), 2),
      ]),
    },
  ]
}

async function bandFigure(
  name: string,
  { scale: wanted, from, to, least, most }: ReportSection,
  { source, answer, times, quantities, regimen }: PopulationResult,
): Promise<ReportFigure> {
  const shown = shownQuantity(source, name)
  const panel = source.library?.panels.find((candidate) => candidate.quantities.includes(name))
  const scale = wanted ?? panel?.scale ?? 'linear'
  const limits = { from, to, least, most, scale }
  const percentiles = answer.percentiles[quantities.indexOf(name)]
  const bands = bandRows(percentiles === undefined ? [] : bandsOf(percentiles, times), limits)
  const observations = observationRows(source.library?.observations ?? [], shown, limits)
  const svg = await renderSvg(
    bandChart({
      x: timeAxis(source),
      y: valueAxis(shown, scale),
      bands,
      subjects: answer.count,
      observations,
      doses: doseRows(regimen, to),
      width: 360,
      height: 220,
    }),
  )
  const published = shownObservations(source, [name], to)
  return {
    kind: 'figure',
    svg,
    caption: `${shown.label} in ${answer.count} virtual patients.${sourcesSentence(published)}`,
  }
}
