import type { FittingNote } from '../library/fitting-note.ts'

const source =
  'Four standard deviations of the logarithm between patients on either side of the typical value (Stein 2019, Table 1)'

/** How Stein's course is fitted to one patient: the published variances between patients say how far to search. */
export const steinFitting: FittingNote = {
  quantity: 'C',
  estimated: [
    { name: 'foldx', lower: 7.9, upper: 1.92e6, source },
    { name: 'Tmax', lower: 0.79, upper: 109, from: 'time of peak', source },
    { name: 'Cmax', lower: 0.04, upper: 25, from: 'peak', source },
    { name: 'alpha', lower: 0.0035, upper: 7.3, from: 'early decline', source },
    { name: 'FB', lower: 2.2e-4, upper: 0.283, source },
    { name: 'beta', lower: 7.8e-5, upper: 0.131, source },
  ],
  residual: { sd: 0.56, source: 'Stein 2019, Table 1 (n = 90, ELIANA and ENSIGN)' },
  individual: true,
}
