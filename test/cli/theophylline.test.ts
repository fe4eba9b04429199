import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const example = join(import.meta.dirname, '../../examples/theophylline')

describe('the theophylline example', () => {
  it('is fitted, with a report that shows every subject, agreement, residuals and what the fit is judged by', async () => {
    const out = join(folderWith(), 'f')
    const words = [join(example, 'one-compartment.txt'), '--data', join(example, 'theophylline.csv'), '--out', out]
    const { code, out: told } = await cartkin('/', ['fit', ...words, '--workers', '1', '--json'])
    expect(code).toBe(0)
    const { estimates, predictions, aic, bic, objective } = JSON.parse(told)
    expect(predictions).toBeUndefined()
    expect(aic).toBeCloseTo(objective + 2 * estimates.length, 9)
    expect(bic).toBeCloseTo(objective + estimates.length * Math.log(132), 9)
    const html = readFileSync(join(out, 'report.html'), 'utf8')
    for (const said of [
      'The fit as a whole.',
      'Condition number',
      '132',
      'data and fitted curve, by subject',
      'observed over predicted, linear',
      'observed over predicted, logarithmic; the dashed line is identity. 12 of 132 values are zero or below and not shown.',
      'weighted residuals over time',
      'weighted residuals over the prediction',
      'normal quantiles of their ranks',
      'Correlation of the estimates',
      'one panel for each of 12 subjects: 132 observations',
    ])
      expect(html, said).toContain(said)
  })
})
