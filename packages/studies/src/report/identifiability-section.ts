import { formatValue } from '@cartkin/charts'
import type { ReportBlock } from '@cartkin/reports'
import type { IdentifiabilityStepResult } from '../steps/step-result.ts'

const words = {
  yes: 'determined',
  weak: 'weakly determined',
  'one-sided': 'determined to one side',
  'at-bound': 'at its bound',
  no: 'not determined',
}

/** What data can tell of the parameters before a fit. */
export function identifiabilitySection({ check, source }: IdentifiabilityStepResult): readonly ReportBlock[] {
  const { parameters, rank, conditionNumber, collinear, observations, censored } = check
  const unitOf = (name: string) => source.model.parameters.find((one) => one.name === name)?.unit ?? ''
  const condition = Number.isFinite(conditionNumber) ? `; condition number ${formatValue(conditionNumber)}` : ''
  return [
    {
      kind: 'paragraph',
      text: `${observations} observations${censored > 0 ? `, ${censored} of them censored,` : ''} determine ${rank} of ${parameters.length} directions at the starts${condition}. Nothing is fitted.`,
    },
    ...collinear.map(({ message }) => ({ kind: 'note' as const, tone: 'warning' as const, text: `${message}.` })),
    {
      kind: 'table',
      caption: 'What these data can tell of the parameters, were the starts the truth.',
      columns: [
        { header: 'Parameter' },
        { header: 'Unit' },
        { header: 'Start', kind: 'number' },
        { header: 'Expected RSE', unit: '%', kind: 'number' },
        { header: 'Identified' },
        { header: 'Why not' },
      ],
      rows: parameters.map(({ name, start, relativeStandardError, identified, reason }) => [
        name,
        unitOf(name),
        formatValue(start),
        Number.isFinite(relativeStandardError) ? formatValue(100 * relativeStandardError, 3) : '',
        words[identified],
        reason,
      ]),
    },
  ]
}
