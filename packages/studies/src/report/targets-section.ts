import { targetChart } from '@cartkin/charts'
import { type ReportBlock, renderSvg, targetTable } from '@cartkin/reports'
import type { StepResult } from '../steps/step-result.ts'

type TargetsResult = Extract<StepResult, { readonly kind: 'targets' }>

/** Published ranges with our values, as a figure and as a table. */
export async function targetsSection({ checks }: TargetsResult): Promise<readonly ReportBlock[]> {
  const rows = checks.map(({ id, quantity, unit, lo, hi, ours, pass }) => ({
    id,
    label: quantity,
    unit,
    lo,
    hi,
    ours,
    pass,
  }))
  const passed = checks.filter(({ pass }) => pass).length
  return [
    {
      kind: 'figure',
      svg: await renderSvg(targetChart({ rows })),
      caption: `Our values within the published ranges, each range drawn at the same length: ${passed} of ${checks.length} lie within.`,
    },
    targetTable(checks.map((check) => ({ ...check, tuned: check.tuning !== 'none' }))),
  ]
}
