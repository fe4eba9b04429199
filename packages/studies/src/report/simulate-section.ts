import type { PanelDefinition } from '@cartkin/cart-models'
import { endpointTable, type ReportBlock } from '@cartkin/reports'
import type { ReportSection } from '../plan/plan.ts'
import type { StepResult } from '../steps/step-result.ts'
import { courseFigure } from './course-figure.ts'
import { givenSentence, shownQuantity } from './figure-rows.ts'

type SimulateResult = Extract<StepResult, { readonly kind: 'simulate' }>

/** A course with the published values behind it, and, where it is shown for the first time, its doses and endpoints. */
export async function simulateSection(
  section: ReportSection,
  result: SimulateResult,
  again: boolean,
): Promise<readonly ReportBlock[]> {
  const { answer, endpoints } = result
  const course = {
    source: result.source,
    courses: [{ name: '', table: answer.table }],
    regimen: result.regimen,
    from: section.from,
    to: section.to,
    least: section.least,
    most: section.most,
  }
  const figures = await Promise.all(panelsOf(section, result).map((panel) => courseFigure(panel, course)))
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
