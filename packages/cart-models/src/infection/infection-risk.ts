import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { frailtyMedian, frailtySd } from './frailty.ts'
import { infectionEndpoints } from './infection-endpoints.ts'

const hill = 'Hill 2018, Blood 131:121, Table 4: ANC below 500/uL on the day, hazard ratio 2.04 (0.85–4.89)'
const baird = 'Baird 2021, Blood Adv 5:143, n = 41: hazard ratio 3.69 (1.18–16.5)'
const jaci =
  'J Allergy Clin Immunol 2024, doi:10.1016/j.jaci.2024.10.021, n = 579: incidence rate ratio of serious infections 2.7 (1.5–5.2) at IgG of 6 g/L or less'
const hirschtick =
  'Hirschtick 1995, N Engl J Med 333:845: bacterial pneumonia in HIV, 10.8 against 6.8 per 100 person-years below 200/uL and at 200–500/uL; no ratio after CAR-T cells was found'
const wudhikarn = 'Wudhikarn 2020, Blood Cancer J 10:79: 25 of 101 infections severe or worse'
const anchor = 'chosen to meet 1.19 infections per 100 days in the first 28 days (Hill 2018, Blood 131:121)'

/**
 * Hazard of infection from neutrophils, IgG, CD4 T cells and steroids, its integral, and the days below thresholds. What
 * it reads is a parameter with a value of health: connect it, or give it as columns of data.
 */
export const infectionRisk: LibraryModel = {
  id: 'infection-risk',
  title: 'Risk of infection',
  summary:
    'A hazard that rises with few neutrophils, little IgG, few CD4 T cells and steroids by published ratios; the chance of an infection, and the days below thresholds.',
  text: `# Risk of infection after CAR-T cells

# What is read; in health unless connected or given as data
ANC = 5000 # [cells/uL] Neutrophils
IgG = 10   # [g/L] Total IgG
CD4 = 800  # [cells/uL] CD4 T cells
B   = 100  # [cells/uL] B cells
steroid = 0 # [1] Effect of steroids (0 to 1)
given   = 0 # [1] Steroids given in the first weeks (1) or not (0), where no doses are told

# Hazard and its ratios; a ratio of 1 leaves the factor out
h0   = 0.001725 # [1/day] Hazard of infection with none of the factors
rANC = 2.04 # [1] Hazard ratio of neutrophils below 500/uL
rIgG = 2.7  # [1] Hazard ratio of IgG below 6 g/L
rCD4 = 1.588 # [1] Hazard ratio of CD4 T cells below 200/uL
rST  = 3.69 # [1] Hazard ratio of steroids
ANClow = 500 # [cells/uL] Neutrophils below which the hazard is higher
IgGlow = 6   # [g/L] IgG below which the hazard is higher
CD4low = 200 # [cells/uL] CD4 T cells below which the hazard is higher
first  = 0   # [day] Day from which infections and days are counted
weeks  = 28  # [day] How long steroids of the first weeks act
frailty = 1  # [1] Hazard of this patient relative to the mean of patients like him
severe  = 0.2475 # [1] Share of infections that are serious

inWeeks ~ ifelse(t < first + weeks, 1, 0)
st     ~ max(steroid, given*inWeeks)
byANC  = ifelse(ANC < ANClow, rANC, 1) # [1] Hazard ratio now: neutrophils
byIgG  = ifelse(IgG < IgGlow, rIgG, 1) # [1] Hazard ratio now: IgG
byCD4  = ifelse(CD4 < CD4low, rCD4, 1) # [1] Hazard ratio now: CD4 T cells
byST   = exp(log(rST)*st) # [1] Hazard ratio now: steroids
hazard = h0*frailty*byANC*byIgG*byCD4*byST # [1/day] Hazard of infection
counted ~ ifelse(t < first, 0, 1) # [1] Days are counted

d/dt(H)        = counted*hazard # [1] Cumulative hazard of infection
d/dt(D_ANC)    = counted*ifelse(ANC < ANClow, 1, 0) # [day] Days with neutrophils below 500/uL
d/dt(D_IgG)    = counted*ifelse(IgG < IgGlow, 1, 0) # [day] Days with IgG below 6 g/L
d/dt(D_CD4)    = counted*ifelse(CD4 < CD4low, 1, 0) # [day] Days with CD4 T cells below 200/uL
d/dt(D_ANC1000) = counted*ifelse(ANC < 1000, 1, 0) # [day] Days with neutrophils below 1000/uL
d/dt(D_IgG4)   = counted*ifelse(IgG < 4, 1, 0) # [day] Days with IgG below 4 g/L
d/dt(D_B)      = counted*ifelse(B < 10, 1, 0) # [day] Days with B cells below 10/uL

Pinf = 1 - exp(-H) # [1] Probability of an infection by now
Pser = 1 - exp(-severe*H) # [1] Probability of a serious infection by now
`,
  reference: 'doi:10.1182/blood-2017-07-793760',
  citation:
    'Ratios: J. A. Hill et al., Blood 131:121, 2018; J. H. Baird et al., Blood Adv. 5:143, 2021; J. Allergy Clin. Immunol., doi:10.1016/j.jaci.2024.10.021; R. E. Hirschtick et al., N. Engl. J. Med. 333:845, 1995',
  limits: [
    'The ratios come from different cohorts and outcomes (first infections, serious infections, pneumonia in HIV) and are multiplied as if they were independent; their confidence intervals are wide. Another cohort (Rejeski 2022, J Immunother Cancer 10:e004475, n = 248) saw no effect of IgG below 4 g/L before treatment: 0.85 (0.49–1.47).',
    'The ratio of CD4 T cells is that of bacterial pneumonia in HIV; none was found after CAR-T cells. B-cell aplasia acts through IgG alone.',
    'The hazard steps at the thresholds that the papers used, where the true one is smooth.',
    'Steroids of the first weeks act for 28 days, which is assumed; prophylaxis, centres, seasons, relapse and death are not modelled, and infections do not change the patient.',
    'A share of infections that does not change in time is serious.',
  ],
  start: -5,
  horizon: 365,
  regimen: { name: 'Nothing is given', doses: [] },
  scenarios: [
    {
      id: 'all-low',
      title: 'Neutrophils, IgG and CD4 T cells low throughout',
      regimen: { name: 'Nothing is given', doses: [] },
      parameters: { ANC: 300, IgG: 3, CD4: 100 },
      notes: {
        ANC: { trust: 'assumption', source: 'below the threshold' },
        IgG: { trust: 'assumption', source: 'below the threshold' },
        CD4: { trust: 'assumption', source: 'below the threshold' },
      },
    },
  ],
  parameters: parameterNotes([
    ['Connections', 'assumption', 'a value in health unless connected or given as data', 'ANC IgG CD4 B'],
    ['Connections', 'assumption', 'none unless connected or given', 'steroid given'],
    ['Hazard', 'fitted', anchor, 'h0'],
    ['Hazard', 'found', hill, 'rANC ANClow'],
    ['Hazard', 'found', jaci, 'rIgG IgGlow'],
    ['Hazard', 'derived', hirschtick, 'rCD4 CD4low'],
    ['Hazard', 'found', baird, 'rST'],
    ['Hazard', 'assumption', 'counted from the infusion', 'first'],
    [
      'Hazard',
      'assumption',
      'assumed: steroids are given in the first weeks; the density of infections from day 29 on was in view',
      'weeks',
    ],
    ['Hazard', 'derived', 'mean of patients', 'frailty'],
    ['Hazard', 'found', wudhikarn, 'severe'],
  ]),
  panels: [
    { title: 'Chance of an infection', quantities: ['Pinf', 'Pser'], unit: '1', scale: 'linear' },
    { title: 'Hazard ratios now', quantities: ['byANC', 'byIgG', 'byCD4', 'byST'], unit: '1', scale: 'linear' },
  ],
  endpoints: infectionEndpoints,
  observations: [],
  population: {
    factors: [],
    parameters: [{ parameter: 'frailty', median: frailtyMedian, sd: frailtySd }],
    ties: {},
  },
  populationNote: {
    trust: 'fitted',
    source:
      'frailty: chosen so that 43 infections fall on 30 of 133 patients (Hill 2018, Blood 131:121); its mean is 1',
  },
  targets: [],
}
