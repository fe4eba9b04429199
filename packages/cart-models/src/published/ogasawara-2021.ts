import type { FittedParameter } from '../library/fitting-note.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'

const abstract = 'Ogasawara 2021, Clin Pharmacokinet, abstract (261 patients, 2,524 observations)'
const estimate = (interval: string) => `${abstract}; 95 % confidence interval ${interval}`

/** A bound of the search alone, wide around the published value: variances between patients were not retrieved. */
const wide = (name: string, lower: number, upper: number, from?: FittedParameter['from']): FittedParameter => ({
  name,
  lower,
  upper,
  ...(from !== undefined && { from }),
  source: 'Wide around the published value; variances between patients were not retrieved',
})

/**
 * Lisocabtagene maraleucel in large B-cell lymphoma: lag, exponential growth, biexponential decay, as a fraction of the peak.
 * K. Ogasawara et al., Clin. Pharmacokinet., 2021.
 */
export const ogasawara2021: LibraryModel = {
  id: 'ogasawara-2021',
  title: 'Lisocabtagene maraleucel cellular kinetics (Ogasawara 2021)',
  summary:
    'Transgene in blood after one infusion in large B-cell lymphoma, in parts of its peak: a lag, exponential growth to the peak, then fast and slow decline. The times are published; what remains of the peak in the slow part is an assumption.',
  text: `# Lisocabtagene maraleucel: lag, growth and biexponential decline, in parts of the peak (Ogasawara 2021)
tlag     = 3.27   # [day] Lag before growth
doubling = 0.755  # [day] Doubling time of growth
Tmax     = 9.29   # [day] Time to peak
t12a     = 5.00   # [day] Half-life of the initial decline
t12b     = 352    # [day] Terminal half-life
FB       = 0.0079 # [1] Fraction of the peak that persists
Cmax     = 1      # [1] Peak, of itself

alpha  ~ log(2)/t12a
beta   ~ log(2)/t12b
growth ~ ifelse(t < tlag, 0, ifelse(t < Tmax, log(2)/doubling, -alpha))
k      ~ ifelse(t < Tmax, 0, FB*(alpha - beta))

d/dt(E) = growth*E     # [1] Effector cells, of the peak
d/dt(M) = k*E - beta*M # [1] Memory cells, of the peak
E(0) = Cmax/2^((Tmax - tlag)/doubling)

C = E + M # [1] Transgene in blood, of its peak
`,
  reference: 'doi:10.1007/s40262-021-01039-5',
  citation: 'K. Ogasawara et al., Clin. Pharmacokinet., 2021',
  limits: [
    'The course is in parts of its peak: the published starting value was not retrieved, and the peak in copies/ug that labels give is not one of this analysis.',
    'FB, the part of the peak that declines slowly, was not retrieved; 0.0079 is that of tisagenlecleucel (Stein 2019), so the course after about day 40 is an assumption.',
    'Variances between patients were not retrieved, so there is no virtual population.',
    'The fold expansion that follows, 251, is derived from doubling time, lag and time to peak.',
  ],
  start: 0,
  horizon: 365,
  regimen: { name: 'Single infusion on day 0 (contained in the starting value)', doses: [] },
  parameters: parameterNotes([
    ['CAR-T cells', 'found', estimate('2.71 to 3.97'), 'tlag'],
    ['CAR-T cells', 'found', estimate('0.667 to 0.821'), 'doubling'],
    ['CAR-T cells', 'found', estimate('8.81 to 9.70'), 'Tmax'],
    ['CAR-T cells', 'found', estimate('4.15 to 5.90'), 't12a'],
    ['CAR-T cells', 'found', estimate('241 to 647'), 't12b'],
    ['CAR-T cells', 'assumption', 'Not retrieved; that of tisagenlecleucel, Stein 2019, Table 1', 'FB'],
    ['Scale', 'assumption', 'Not retrieved; 1 makes the course a fraction of the peak', 'Cmax'],
  ]),
  panels: [{ title: 'CAR transgene, of its peak', quantities: ['C'], unit: '1', scale: 'log' }],
  endpoints: [
    { name: 'Cmax', label: 'Peak, of itself', unit: '1', quantity: 'C', kind: 'maximum' },
    { name: 'Tmax', label: 'Day of the peak', unit: 'day', quantity: 'C', kind: 'timeOfMaximum' },
    {
      name: 'AUC0_28',
      label: 'Exposure of the peak, day 0 to 28',
      unit: 'day',
      quantity: 'C',
      kind: 'auc',
      from: 0,
      to: 28,
    },
    { name: 'C28', label: 'Transgene on day 28, of its peak', unit: '1', quantity: 'C', kind: 'value', at: 28 },
    {
      name: 'Half_day',
      label: 'Day on which half of the peak is left',
      unit: 'day',
      quantity: 'C',
      kind: 'firstBelow',
      threshold: 0.5,
      after: 'Tmax',
    },
  ],
  observations: [],
  fitting: {
    quantity: 'C',
    estimated: [
      wide('tlag', 0.16, 65),
      wide('doubling', 0.075, 7.5),
      wide('Tmax', 0.79, 109, 'time of peak'),
      wide('t12a', 0.1, 200, 'early half-life'),
      wide('t12b', 5.3, 8900),
      wide('FB', 2.2e-4, 0.283),
      wide('Cmax', 0.04, 25, 'peak'),
    ],
    residual: {
      sd: 0.56,
      source: 'Not retrieved for lisocabtagene maraleucel; that of tisagenlecleucel (Stein 2019, Table 1)',
    },
    individual: true,
  },
  targets: [],
}
