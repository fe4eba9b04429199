import type { PanelDefinition } from '@cartkin/cart-models'
import { courseChart } from '@cartkin/charts'
import { endpointTable, type ReportBlock, type ReportFigure, renderSvg } from '@cartkin/reports'
import type { ReportSection } from '../plan/plan.ts'
import type { StepResult } from '../steps/step-result.ts'
import {
  courseRows,
  doseRows,
  givenSentence,
  observationRows,
  shownQuantity,
  timeAxis,
  valueAxis,
} from './figure-rows.ts'

type SimulateResult = Extract<StepResult, { readonly kind: 'simulate' }>

/** A course with the published values behind it, and, where it is shown for the first time, its doses and endpoints. */
export async function simulateSection(
  section: ReportSection,
  result: SimulateResult,
  again: boolean,
): Promise<readonly ReportBlock[]> {
  const { answer, endpoints } = result
  const figures = await Promise.all(panelsOf(section, result).map((panel) => panelFigure(panel, section, result)))
  if (again) return [{ kind: 'figures', figures }]
  const rows = endpoints.map(({ label, unit }, k) => ({
    label,
    unit,
    values: [answer.endpoints[k]?.value ?? Number.NaN],
    note: answer.endpoints[k]?.note ?? '',
  }))
  return [
    { kind: 'paragraph', text: givenSentence(result.regimen) },
    { kind: 'figures', figures },
    ...(rows.length === 0 ? [] : [endpointTable(rows, ['Value'], 'Endpoints, read off the continuous course.')]),
  ]
}

function panelsOf(
  { quantities, scale = 'log' }: ReportSection,
  { source }: SimulateResult,
): readonly PanelDefinition[] {
  const own = source.library?.panels
  if (quantities === undefined && own) return own
  const { states, outputs } = source.model
  const names = quantities ?? (states.length === 0 ? outputs : states).map(({ name }) => name)
  return names.map((name) => {
    const { label, unit } = shownQuantity(source, name)
    return { title: label, unit, scale, quantities: [name] }
  })
}

async function panelFigure(
  { title, unit, scale, quantities }: PanelDefinition,
  { to }: ReportSection,
  { source, answer, regimen }: SimulateResult,
): Promise<ReportFigure> {
  const shown = quantities.map((name) => shownQuantity(source, name))
  const limits = { to, scale }
  const course = shown.flatMap((quantity) => courseRows(answer.table, quantity, limits))
  const observations = shown.flatMap((quantity) =>
    observationRows(source.library?.observations ?? [], quantity, limits),
  )
  const svg = await renderSvg(
    courseChart({
      x: timeAxis(source),
      y: valueAxis({ label: title, unit }, scale),
      course,
      observations,
      doses: doseRows(regimen, to),
      width: 360,
      height: 220,
    }),
  )
  const sources = [...new Set(observations.map((row) => row.source))]
  const behind = sources.length === 0 ? '' : ` Circles: published values (${sources.join('; ')}).`
  return { kind: 'figure', svg, caption: `${title}.${behind}` }
}
