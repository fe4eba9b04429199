import type { Scenario } from '../library/scenario.ts'

/** Values of `oncology-qsp` with which B cells stay away for more than a year. */
export const lastingAplasia: Scenario['parameters'] = { KC: 1e-5, KCP: 1e-5, d_M: 0.03 }

const source = 'assumed: few CAR-T cells suffice to keep B cells away, as in patients without B cells at one year'

/** Trust of these values. */
export const lastingAplasiaNotes: NonNullable<Scenario['notes']> = {
  KC: { trust: 'assumption', source },
  KCP: { trust: 'assumption', source },
  d_M: {
    trust: 'assumption',
    source:
      'assumed: two thirds of the typical rate, with which CAR-T cells on day 90 stay within the quartiles of Kimmel 2021',
  },
}
