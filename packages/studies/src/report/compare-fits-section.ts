import { formatValue } from '@cartkin/charts'
import type { ReportBlock } from '@cartkin/reports'
import type { CompareFitsStepResult } from '../steps/step-result.ts'

/** Fits side by side, what does not compare, and the tests. */
export function compareFitsSection({ fits, warnings, tests }: CompareFitsStepResult): readonly ReportBlock[] {
  const fixed = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : 'none')
  return [
    ...warnings.map((text) => ({ kind: 'note' as const, tone: 'warning' as const, text: `${text}.` })),
    {
      kind: 'table',
      caption: 'Fits of the same data; differences are to the least.',
      columns: [
        { header: 'Fit' },
        { header: 'Model' },
        { header: 'Residual errors' },
        { header: 'BLQ' },
        { header: 'Parameters', kind: 'number' },
        { header: 'Observations', kind: 'number' },
        { header: '−2 log likelihood', kind: 'number' },
        { header: 'AIC', kind: 'number' },
        { header: 'BIC', kind: 'number' },
        { header: 'Δ AIC', kind: 'number' },
        { header: 'Δ BIC', kind: 'number' },
      ],
      rows: fits.map((fit) => [
        fit.name + (fit.converged ? '' : ' (not converged)'),
        fit.model,
        fit.errors,
        fit.blq ?? '',
        String(fit.estimated.length),
        String(fit.observations),
        fixed(fit.minusTwoLogLikelihood),
        fixed(fit.aic),
        fixed(fit.bic),
        fixed(fit.deltaAic),
        fixed(fit.deltaBic),
      ]),
      notes: ['AIC and BIC are of the values on their own scale, whatever scale residuals are on.'],
    },
    {
      kind: 'table',
      caption: 'Likelihood ratio tests of the smaller model within the larger.',
      columns: [
        { header: 'Smaller' },
        { header: 'Larger' },
        { header: 'Difference', kind: 'number' },
        { header: 'Degrees of freedom', kind: 'number' },
        { header: 'p', kind: 'number' },
        { header: '' },
      ],
      rows: tests.map(({ smaller, larger, statistic, degreesOfFreedom, p, message }) =>
        Number.isFinite(statistic)
          ? [smaller, larger, statistic.toFixed(3), String(degreesOfFreedom), formatValue(p, 3), message]
          : [smaller, larger, '', '', '', `no test: ${message}`],
      ),
    },
  ]
}
