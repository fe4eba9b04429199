import { transgeneKinetics } from '../library/kinetic-endpoints.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { steinFitting } from './stein-fitting.ts'

const table1 = 'Stein 2019, Table 1 (n = 90, ELIANA and ENSIGN)'
const label = 'Kymriah prescribing information, section 12.3 (from memory, to be verified)'

/**
 * Tisagenlecleucel in B-cell acute lymphoblastic leukaemia: exponential expansion up to Tmax, then biexponential
 * contraction. A. M. Stein et al., CPT Pharmacometrics Syst. Pharmacol. 8:285–295, 2019.
 */
export const stein2019: LibraryModel = {
  id: 'stein-2019',
  title: 'Tisagenlecleucel cellular kinetics (Stein 2019)',
  summary:
    'Transgene in blood after one infusion in paediatric and young adult B-ALL: exponential expansion to the peak, then fast and slow contraction.',
  text: `# Tisagenlecleucel in B-ALL: expansion and biexponential contraction (Stein 2019)
foldx = 3900   # [1] Fold expansion from infusion to peak
Tmax  = 9.3    # [day] Time to peak
Cmax  = 24000  # [copies/ug] Peak transgene
alpha = 0.16   # [1/day] Rate of the initial contraction
FB    = 0.0079 # [1] Fraction of the peak that persists
beta  = 0.0032 # [1/day] Rate of the terminal decline

rho    ~ log(foldx)/Tmax
growth ~ ifelse(t < Tmax, rho, -alpha)
k      ~ ifelse(t < Tmax, 0, FB*(alpha - beta))

d/dt(E) = growth*E       # [copies/ug] Effector cells
d/dt(M) = k*E - beta*M   # [copies/ug] Memory cells
E(0) = Cmax/foldx

C = E + M # [copies/ug] Transgene in blood
`,
  reference: 'doi:10.1002/psp4.12388',
  citation: 'A. M. Stein et al., CPT Pharmacometrics Syst. Pharmacol. 8:285–295, 2019',
  limits: [
    'The terminal half-life is extrapolated: patients were followed for a year at most.',
    'It has no antigen: expansion ends at Tmax whatever becomes of the disease.',
    'The published variance of Tmax is so large that draws outside 3 to 40 days are clipped.',
    'Tocilizumab was found to speed expansion by a factor of 1.2 and steroids not to slow it; neither is part of this text.',
  ],
  start: 0,
  horizon: 365,
  regimen: { name: 'Single infusion on day 0 (contained in the starting value)', doses: [] },
  parameters: parameterNotes([['CAR-T cells', 'found', table1, 'foldx Tmax Cmax alpha FB beta']]),
  panels: [{ title: 'CAR transgene', quantities: ['C'], unit: 'copies/ug', scale: 'log' }],
  endpoints: [
    ...transgeneKinetics(),
    { name: 'C180', label: 'Transgene on day 180', unit: 'copies/ug', quantity: 'C', kind: 'value', at: 180 },
  ],
  observations: [
    {
      quantity: 'C',
      time: 9.3,
      value: 24000,
      label: 'Typical peak, B-ALL, n = 90',
      source: table1,
      trust: 'found',
    },
    {
      quantity: 'C',
      time: 9.9,
      value: 34700,
      label: 'Geometric mean peak of responders, B-ALL, n about 79',
      source: label,
      trust: 'memory',
    },
  ],
  population: {
    factors: [],
    // Published variances on the natural-log scale: 2.4, 0.38, 0.65, 0.91, 0.80, 0.86. The variance of Tmax is so large
    // that draws outside 3–40 days are clipped.
    parameters: [
      { parameter: 'foldx', sd: Math.sqrt(2.4) },
      { parameter: 'Tmax', sd: Math.sqrt(0.38), limits: [3, 40] },
      { parameter: 'Cmax', sd: Math.sqrt(0.65) },
      { parameter: 'alpha', sd: Math.sqrt(0.91) },
      { parameter: 'FB', sd: Math.sqrt(0.8) },
      { parameter: 'beta', sd: Math.sqrt(0.86) },
    ],
    ties: {},
  },
  populationNote: { trust: 'found', source: `${table1}: variances on the natural-log scale` },
  fitting: steinFitting,
  targets: ['A01', 'A02', 'A03', 'A04'],
}
