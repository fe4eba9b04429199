import type { VirtualPopulation } from '@cartkin/simulation'

/**
 * Virtual patients with lupus around the typical patient of `lupus-qsp`: 22 log-normal parameters, one factor common to
 * all B-cell pools, C3, proteinuria clipped to their clinical range, and A50 that follows A0. Standard deviations are on
 * the natural-log scale and were chosen to reproduce the cohort targets C01–C10; they are not estimates.
 */
export const lupusPopulation: VirtualPopulation = {
  factors: [{ name: 'B-cell pool', sd: 0.55 }],
  parameters: [
    { parameter: 'rho', sd: 0.08 },
    { parameter: 'F_inf', sd: 0.5 },
    { parameter: 'd_E', sd: 0.15 },
    { parameter: 'm_EM', sd: 0.55 },
    { parameter: 'd_M', sd: 0.3 },
    { parameter: 'KCP', sd: 0.35 },
    { parameter: 'k_p', sd: 0.25 },
    { parameter: 'k_prod', sd: 0.35, factors: { 'B-cell pool': 0.5 } },
    { parameter: 'p6', sd: 0.9 },
    { parameter: 'pG', sd: 0.5 },
    { parameter: 'kA', sd: 0.2 },
    { parameter: 'NC0', sd: 0.29 },
    { parameter: 'sN', sd: 0.12 },
    { parameter: 'e15', sd: 0.25 },
    { parameter: 'kU', sd: 0.25 },
    { parameter: 'BN0', sd: 0, factors: { 'B-cell pool': 1 } },
    { parameter: 'BM0', sd: 0.3, factors: { 'B-cell pool': 1 } },
    { parameter: 'BA0', sd: 0.3, factors: { 'B-cell pool': 1 } },
    { parameter: 'PA0', sd: 0, factors: { 'B-cell pool': 1 } },
    { parameter: 'A0', sd: 0.8 },
    { parameter: 'C30', sd: 0.22, limits: [300, 850] },
    { parameter: 'C3n', sd: 0.12 },
    { parameter: 'U0', median: 2000, sd: 1, limits: [75, 9000] },
    { parameter: 'IGG0', sd: 0.25 },
    { parameter: 'TH0', sd: 0.5 },
    { parameter: 'T80', sd: 0.4 },
  ],
  ties: { A50: 'A0' },
}
