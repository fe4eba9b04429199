import type { VirtualPopulation } from '@cartkin/simulation'
import { frailtyMedian, frailtySd } from './frailty.ts'

/**
 * Virtual patients of `oncology-infection-risk`. IgG before treatment is log-normal with a mean of 587 mg/dL and 60 % of
 * patients at or below 600 mg/dL (J Allergy Clin Immunol 2024, n = 579), which gives median and spread.
 */
export const lymphomaInfectionPopulation: VirtualPopulation = {
  factors: [],
  parameters: [
    { parameter: 'rho', sd: 0.08 },
    { parameter: 'F_inf', sd: 0.5 },
    { parameter: 'd_E', sd: 0.15 },
    { parameter: 'm_EM', sd: 0.55 },
    { parameter: 'd_M', sd: 0.3 },
    { parameter: 'p6', sd: 0.9 },
    { parameter: 'pG', sd: 0.5 },
    { parameter: 'NC0', sd: 0.29 },
    { parameter: 'sN', sd: 0.12 },
    { parameter: 'e15', sd: 0.25 },
    { parameter: 'ig_IGG0', median: 5.427, sd: 0.396 },
    { parameter: 'ig_CL65', sd: 0.2832 },
    { parameter: 'ig_V65', sd: 0.1912 },
    { parameter: 'cd4_CD4n', sd: 0.57 },
    { parameter: 'inf_frailty', median: frailtyMedian, sd: frailtySd },
  ],
  ties: {},
}
