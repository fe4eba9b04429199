import { compareFits, type FitToCompare } from '@cartkin/studies'
import { describe, expect, it } from 'vitest'

const values = [40, 12, 5, 2]
const predictions = values.map((observed, k) => ({
  subject: '1',
  quantity: 'C',
  time: k,
  observed,
  censored: k === 3 ? 'left' : null,
}))
const fit = (name: string, change: Partial<FitToCompare> = {}): FitToCompare => ({
  name,
  model: 'm.txt',
  data: 'd.csv',
  blq: 'M3',
  endpoints: [{ quantity: 'C', scale: 'linear', error: { kind: 'additive', a: 'C.add' } }],
  status: 'converged',
  objective: 20,
  objectiveKind: 'minus-two-log-likelihood',
  priorObjective: 0,
  aic: 24,
  bic: 23,
  estimates: [
    { name: 'k', atBound: null },
    { name: 'C.add', atBound: null },
  ],
  predictions,
  ...change,
})
const larger = {
  objective: 12,
  aic: 18,
  bic: 17,
  estimates: ['k', 'V', 'C.add'].map((name) => ({ name, atBound: null })),
}
const linear = (blq: 'M2' | 'M4') => ({
  blq,
  endpoints: [{ quantity: 'C', scale: 'linear' as const, error: { kind: 'additive' as const, a: 'C.add' }, blq }],
})

describe('fits that are compared', () => {
  it('have AIC that compare where residuals are on different scales, as the likelihood is of the values, and are tested on one', () => {
    const log = [{ quantity: 'C', scale: 'log' as const, error: { kind: 'additive' as const, a: 'C.sd' } }]
    const { fits, warnings, tests } = compareFits([fit('a'), fit('b', { ...larger, endpoints: log })])
    expect(warnings).toEqual([])
    expect(fits.map(({ errors }) => errors)).toEqual(['C: additive', 'C: log'])
    expect(fits.map(({ deltaAic }) => deltaAic)).toEqual([6, 0])
    expect(tests[0]?.message).toContain('residuals are on different scales')
    expect(compareFits([fit('a'), fit('b', larger)]).tests[0]).toMatchObject({ statistic: 8, degreesOfFreedom: 1 })
  })

  it.each(['M2', 'M4'] as const)('are not, where the likelihood of one is conditional by %s', (blq) => {
    const { warnings, tests } = compareFits([fit('a'), fit('b', { ...larger, ...linear(blq) })])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(
      'a has the likelihood of the values as they are, b has the likelihood of the values given',
    )
    expect(warnings[0]).toContain(`(${blq}): neither AIC and BIC nor a test compares them`)
    expect(tests[0]?.statistic).toBeNaN()
    expect(compareFits([fit('a', linear(blq)), fit('b', { ...larger, ...linear(blq) })]).warnings).toEqual([])
  })

  it('on the log scale are the same by M3 and M4', () => {
    const endpoints = [
      { quantity: 'C', scale: 'log' as const, error: { kind: 'additive' as const, a: 's' }, blq: 'M4' as const },
    ]
    expect(compareFits([fit('a'), fit('b', { ...larger, blq: 'M4', endpoints })]).warnings).toEqual([])
  })

  it.each([
    [
      'leaves values below quantification out',
      { predictions: predictions.slice(0, 3), blq: 'M1' as const },
      'a counts values below quantification (M3, M4; 4 observations), b leaves them out (M1, M2; 3)',
    ],
    [
      'is of logarithms',
      { data: 'logs.csv', predictions: predictions.map((row) => ({ ...row, observed: Math.log(row.observed) })) },
      'b: was fitted to the logarithms of what a was fitted to: their likelihoods differ by that of the scale',
    ],
    ['is of other rows', { predictions: predictions.slice(1) }, '4 and 3 observations'],
    [
      'is of another value',
      { predictions: predictions.map((row, k) => (k === 1 ? { ...row, observed: 13 } : row)) },
      'observation 2 is not the same',
    ],
    ['is of other data', { data: 'e.csv' }, 'b: was fitted to other data than a (e.csv and d.csv)'],
  ])('are refused where one %s', (_, change, message) => {
    expect(() => compareFits([fit('a'), fit('b', change)])).toThrow(message)
  })
})
