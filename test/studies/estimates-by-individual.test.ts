import type { IndividualFit, ParameterEstimate, ParameterProfile } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { knownParameter, marks } from '../../packages/studies/src/report/estimates-by-individual.ts'

type Fitted = Extract<IndividualFit, { readonly status: 'fitted' }>
type Ends = Pick<ParameterProfile, 'lower' | 'upper'>

const estimate: ParameterEstimate = {
  name: 'k',
  estimate: 2,
  start: 1,
  standardError: 0.2,
  relativeStandardError: 0.1,
  lower95: 1.6,
  upper95: 2.5,
  atBound: null,
}

/** A fit of one parameter, as far as its row of the table looks at it. */
function fitOf(
  identified: Fitted['identifications'][number]['identified'],
  changed: Partial<ParameterEstimate> = {},
  ends?: Ends,
) {
  const profiles = ends === undefined ? [] : [{ name: 'k', ...ends }]
  return {
    result: { estimates: [{ ...estimate, ...changed }] },
    profiles,
    identifications: [{ name: 'k', identified, reason: '' }],
  }
}

describe('what a row of estimates says of a parameter', () => {
  it.each([
    ['identified', fitOf('yes'), 'identified', '1.6 to 2.5'],
    ['identified, by its profile', fitOf('yes', {}, { lower: 1.5, upper: 2.75 }), 'identified', '1.5 to 2.75'],
    ['wide', fitOf('weak', { lower95: 0.1, upper95: 40 }), 'wide', '0.1 to 40'],
    ['wider than numbers say', fitOf('weak', { lower95: 1e-130, upper95: 1e130 }), 'wide', 'over 12 decades'],
    ['wide without an interval', fitOf('weak', { lower95: NaN, upper95: NaN }), 'wide', 'no interval'],
    ['known from below', fitOf('one-sided', {}, { lower: 1.5, upper: NaN }), 'above', 'above 1.5'],
    ['known from above', fitOf('one-sided', {}, { lower: NaN, upper: 2.75 }), 'below', 'below 2.75'],
    [
      'at its lower bound',
      fitOf('at-bound', { atBound: 'lower' }, { lower: NaN, upper: 2.75 }),
      'below',
      'below 2.75\nat lower bound',
    ],
    [
      'at its upper bound, without a profile',
      fitOf('at-bound', { atBound: 'upper', lower95: NaN, upper95: NaN }),
      'above',
      'at upper bound',
    ],
    ['not determined', fitOf('no', {}, { lower: NaN, upper: NaN }), 'open', 'no limit'],
  ] as const)('%s', (_, fit, known, interval) => {
    expect(knownParameter(fit, 'k')).toEqual({ known, estimate: 2, interval })
  })

  it('held where it is not estimated', () => {
    expect(knownParameter(fitOf('yes'), 'C.sd')).toMatchObject({ known: 'held', interval: 'held' })
  })

  it('by marks that all differ', () => {
    expect(new Set(Object.values(marks)).size).toBe(Object.keys(marks).length)
  })
})
