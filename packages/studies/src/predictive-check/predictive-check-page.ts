import { htmlReport, provenanceTable, type ReportBlock } from '@cartkin/reports'
import type { Manifest } from '@cartkin/tables'
import { shownQuantity, timeAxis } from '../report/figure-rows.ts'
import { type CheckedEndpoint, predictiveCheckBlocks } from './predictive-check-report.ts'
import type { PredictiveCheckPlan } from './run-predictive-check.ts'

/** The report of a visual predictive check, as HTML. */
export async function reportOf(
  { title, source, replicates, population, scale, notes }: PredictiveCheckPlan,
  checked: readonly CheckedEndpoint[],
  provenance: Manifest,
  { failed, reason }: { readonly failed: number; readonly reason: string },
): Promise<string> {
  const warnings: ReportBlock[] = []
  if (population === null)
    warnings.push({
      kind: 'note',
      tone: 'warning',
      text: 'The model has no random effects: replicates differ by residual errors alone.',
    })
  if (failed > 0)
    warnings.push({
      kind: 'note',
      tone: 'warning',
      text: `${failed} runs failed and are left out; the first: ${reason}.`,
    })
  for (const text of notes) warnings.push({ kind: 'note', tone: 'plain', text })
  const sections = []
  for (const endpoint of checked) {
    const shown = shownQuantity(source, endpoint.design.quantity)
    const blocks = await predictiveCheckBlocks(endpoint, { shown, x: timeAxis(source), scale, replicates })
    sections.push({ heading: shown.label, blocks: sections.length === 0 ? [...warnings, ...blocks] : blocks })
  }
  const { cartkin = '' } = provenance.versions
  return htmlReport({
    title,
    subtitle: `Visual predictive check: the design of the data simulated ${replicates} times.`,
    sections: [
      ...sections,
      { heading: 'Provenance', blocks: [provenanceTable(provenance, [['Replicates', String(replicates)]])] },
    ],
    footer: `cartkin ${cartkin}`.trim(),
  })
}
