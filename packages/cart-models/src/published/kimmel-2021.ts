import { formula } from '../library/formula.ts'
import { cellKinetics } from '../library/kinetic-endpoints.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'
import { kimmelCounts } from '../observations/kimmel-counts.ts'

const paper = 'Kimmel 2021, text (numbers from the published code and BIOMD0000001041)'
const infusion = { name: 'Single infusion on day 0 (contained in the starting values)', doses: [] }

/** Standard deviation on the log scale of a log-normal quantity with these quartiles. */
const spread = formula('log(upper/lower)/1.3489795003921634')
const spreadOfKC = spread({ lower: 6.15e10, upper: 9.65e10 })
const spreadOfGammaB = spread({ lower: 0.64, upper: 1.35 })
const spreadOfKB = spread({ lower: 1.4e9, upper: 3.125e9 })
/** Published correlation of gammaB and kB. */
const correlation = -0.96

const growth = (rB: number, what: string): Scenario => ({
  id: `growth-${rB}`,
  title: `Tumour that grows by ${rB} per day: ${what}`,
  regimen: infusion,
  parameters: { rB },
  notes: { rB: { trust: 'assumption', source: 'A value within the published range, 0.01 to 0.5 per day' } },
})

/**
 * Axicabtagene ciloleucel in large B-cell lymphoma: normal and CAR-T cells compete for room by Gompertz growth; a tumour of
 * fewer than 100 cells dies out or not by chance. G. J. Kimmel et al., Proc. R. Soc. B 288:20210229, 2021.
 */
export const kimmel2021: LibraryModel = {
  id: 'kimmel-2021',
  title: 'Axicabtagene ciloleucel: competition for room and cure by chance (Kimmel 2021)',
  summary:
    'After lymphodepletion normal and CAR-T cells grow into the room left; the tumour shrinks to a few cells, which die out by chance or grow back.',
  text: `# Axicabtagene ciloleucel in large B-cell lymphoma: competition of T cells for room (Kimmel 2021)
KN     = 500    # [cells/uL] Carrying capacity of normal T cells
KC     = 139    # [cells/uL] Carrying capacity of CAR-T cells
rN     = 0.17   # [1/day] Growth of normal T cells
rhoC   = 0.0251 # [1/day] Least growth of CAR-T cells
a      = 0.423  # [1] Width of the dependence on all T cells
b      = 0.525  # [1/day] Largest gain of growth of CAR-T cells
rB     = 0.01   # [1/day] Growth of tumour (0.01 to 0.5)
gammaB = 1.15   # [1/day] Fastest killing
kB     = 4.05   # [cells/uL] CAR-T cells for half of the fastest killing
N0     = 6      # [cells/uL] Normal T cells at infusion
C0     = 0.36   # [cells/uL] CAR-T cells at infusion
B0     = 94.86  # [mL] Tumour at infusion

T  = N + C # [cells/uL] All T cells
rC = rhoC + b*(T - KN)^2/(a*T^2 + (T - KN)^2) # [1/day] Growth of CAR-T cells

d/dt(N) = -rN*N*log((N + C)/KN)     # [cells/uL] Normal T cells
d/dt(C) = -rC*C*log((N + C)/KC)     # [cells/uL] CAR-T cells
d/dt(B) = rB*B - gammaB*B*C/(kB + C) # [mL] Tumour
N(0) = N0
C(0) = C0
B(0) = B0

CAR  = C # [cells/uL] CAR-T cells in blood
kill = gammaB*C/(kB + C) # [1/day] Killing of tumour cells
relB = B/B0 # [1] Tumour, of its size at infusion
`,
  reference: 'doi:10.1098/rspb.2021.0229',
  citation: 'G. J. Kimmel et al., Proc. R. Soc. B 288:20210229, 2021',
  limits: [
    'The published median of a, 0.423, lies outside its own quartiles, 0.10 to 0.30.',
    'CAR-T cells do not feel the tumour: expansion comes from room alone, whatever the dose and the antigen.',
    'From day 90 on counts are above the observed median (0.34 against 0.1 cells/uL on day 90).',
    'The growth of the typical tumour, 0.01 per day, is the lower end of its range (to 0.5), so that nearly every typical patient is cured; the scenarios show faster ones.',
    'The killing rate, the CAR-T cells for half of it and the growth of the tumour could not be told apart (correlations -0.96 and 0.94).',
    'Virtual patients differ in what has published quartiles, KC, gammaB and kB; of growth, burden and starting counts no distribution is known, and they are those of the typical patient.',
    'Only the end of the tumour is by chance; all else follows the equations.',
  ],
  start: 0,
  horizon: 730,
  regimen: infusion,
  scenarios: [
    growth(0.05, 'mostly cured'),
    growth(0.1, 'cured or not by chance'),
    growth(0.2, 'never so few cells that chance could cure'),
  ],
  parameters: parameterNotes([
    ['CAR-T cells', 'found', paper, 'KC rhoC a b C0'],
    ['Normal T cells', 'found', paper, 'KN rN N0'],
    ['Tumour', 'found', paper, 'rB gammaB kB B0'],
  ]),
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'Normal T cells', quantities: ['N'], unit: 'cells/uL', scale: 'linear' },
    { title: 'Tumour', quantities: ['B'], unit: 'mL', scale: 'log' },
  ],
  endpoints: [
    ...cellKinetics(),
    { name: 'N28', label: 'Normal T cells on day 28', unit: 'cells/uL', quantity: 'N', kind: 'value', at: 28 },
    { name: 'Tumour_nadir', label: 'Smallest tumour', unit: 'mL', quantity: 'B', kind: 'minimum' },
    {
      name: 'Cure_probability',
      label: 'Probability that the tumour dies out',
      unit: '1',
      quantity: 'B',
      kind: 'extinctionProbability',
    },
    { name: 'Cured', label: 'Whether the tumour died out', unit: '1', quantity: 'B', kind: 'extinct' },
    { name: 'Cure_day', label: 'Day of the last tumour cell', unit: 'day', quantity: 'B', kind: 'timeOfExtinction' },
    {
      name: 'Progression_day',
      label: 'Day of progression (1.2 times the tumour at infusion)',
      unit: 'day',
      quantity: 'relB',
      kind: 'firstAbove',
      threshold: 1.2,
    },
  ],
  observations: kimmelCounts,
  population: {
    factors: [{ name: 'killing', sd: 1 }],
    // From published quartiles, as log-normal: KC 6.15e10 to 9.65e10, kB 1.40e9 to 3.125e9 cells, gammaB 0.64 to 1.35 per day.
    parameters: [
      { parameter: 'KC', sd: spreadOfKC },
      { parameter: 'kB', sd: 0, factors: { killing: spreadOfKB } },
      {
        parameter: 'gammaB',
        sd: spreadOfGammaB * Math.sqrt(1 - correlation * correlation),
        factors: { killing: spreadOfGammaB * correlation },
      },
    ],
    ties: {},
  },
  populationNote: {
    trust: 'derived',
    source: 'Kimmel 2021: published quartiles, as log-normal; published correlation of gammaB and kB',
  },
  extinction: { quantity: 'B', cellsPerUnit: 1e9, threshold: 100, birth: 'rB', death: 'kill' },
  targets: ['A05', 'A06', 'A07', 'A08'],
}
