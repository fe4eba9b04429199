import type { Scenario } from '../library/scenario.ts'

/** Values of `oncology-qsp` with which B cells stay away for more than a year. */
export const lastingAplasia: Scenario['parameters'] = { KC: 0.01, KCP: 0.01, d_M: 0.0032 }

const source = 'assumed: few CAR-T cells suffice to keep B cells away, as in patients without B cells at one year'

/** Trust of these values. */
export const lastingAplasiaNotes: NonNullable<Scenario['notes']> = {
  KC: { trust: 'assumption', source },
  KCP: { trust: 'assumption', source },
  d_M: {
    trust: 'assumption',
    source: 'assumed: rate of the terminal decline of tisagenlecleucel in another model (Stein 2019)',
  },
}
