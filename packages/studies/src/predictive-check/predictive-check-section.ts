import type { ReportBlock, ReportSection } from '@cartkin/reports'
import { shownQuantity, timeAxis } from '../report/figure-rows.ts'
import type { PredictiveCheckStepResult } from '../steps/step-result.ts'
import { predictiveCheckBlocks } from './predictive-check-report.ts'

/** How a visual predictive check was made, and a section for each endpoint. */
export async function predictiveCheckSections(
  heading: string,
  { source, checked, replicates, hasPopulation, groupedBy, scale, notes, failed, reason }: PredictiveCheckStepResult,
): Promise<readonly ReportSection[]> {
  const blocks: ReportBlock[] = [
    {
      kind: 'paragraph',
      text: `${checked.some(({ factors }) => factors !== null) ? 'Prediction-corrected visual' : 'Visual'} predictive check: the design of the data simulated ${replicates} times${groupedBy === undefined ? '' : `, stratified by ${groupedBy}`}.`,
    },
  ]
  if (!hasPopulation)
    blocks.push({
      kind: 'note',
      tone: 'warning',
      text: 'The model has no random effects: replicates differ by residual errors alone.',
    })
  if (failed > 0)
    blocks.push({
      kind: 'note',
      tone: 'warning',
      text: `${failed} runs failed and are left out; the first: ${reason}.`,
    })
  for (const text of notes) blocks.push({ kind: 'note', tone: 'plain', text: `Data: ${text}.` })
  const sections: ReportSection[] = [{ heading, blocks }]
  for (const quantity of new Set(checked.map(({ design }) => design.quantity))) {
    const shown = shownQuantity(source, quantity)
    const own: ReportBlock[] = []
    for (const endpoint of checked.filter(({ design }) => design.quantity === quantity))
      own.push(...(await predictiveCheckBlocks(endpoint, { shown, x: timeAxis(source), scale, replicates })))
    sections.push({ heading: shown.label, blocks: own })
  }
  return sections
}
