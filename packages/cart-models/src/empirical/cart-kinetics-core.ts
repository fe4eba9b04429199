import { transgeneKinetics } from '../library/kinetic-endpoints.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import { steinFitting } from '../published/stein-fitting.ts'

const table1 = 'Stein 2019, Table 1 (n = 90, ELIANA and ENSIGN)'
const ogasawara = 'Ogasawara 2021, abstract'
const regimen = { name: 'Single infusion on day 0 (contained in the starting value)', doses: [] }

/** Times of lisocabtagene maraleucel: fold expansion and rates from doubling time, lag, time to peak and half-lives. */
const lisocabtagene = {
  foldx: 251.34234390113647,
  tlag: 3.27,
  Tmax: 9.29,
  alpha: 0.13862943611198905,
  beta: 0.001969168126590754,
}

const found = { trust: 'found', source: ogasawara } as const
const derived = { trust: 'derived', source: `From times in ${ogasawara}` } as const
const lisocabtageneNotes = { foldx: derived, tlag: found, Tmax: found, alpha: derived, beta: derived }

/**
 * The empirical model of cellular kinetics, for fits: distribution, lag, exponential expansion, biexponential contraction.
 * Its parts are those of A. M. Stein et al., CPT Pharmacometrics Syst. Pharmacol. 8:285–295, 2019, K. Ogasawara et al., Clin.
 * Pharmacokinet., 2021, and C. Liu et al., Clin. Pharmacol. Ther. 109:716, 2021.
 */
export const cartKineticsCore: LibraryModel = {
  id: 'cart-kinetics-core',
  title: 'Empirical cellular kinetics, for fits',
  summary:
    'Distribution and lag (optional), exponential expansion to the peak, biexponential contraction, for transgene of any product. Begins with the values of tisagenlecleucel; patients differ log-normally, observations have an additive error on the log scale.',
  text: `# Empirical CAR-T cellular kinetics: distribution, lag, expansion, biexponential contraction
ini({
  foldx <- c(16, 3900, 1.2e8)     # [1] Fold expansion from the end of the lag to the peak
  Tmax  <- c(4, 9.3, 30)          # [day] Time to peak
  Cmax  <- c(1, 24000, 1e7)       # [copies/ug] Peak transgene
  alpha <- c(0.05, 0.16, 0.6)     # [1/day] Rate of the initial contraction
  FB    <- c(1e-4, 0.0079, 0.2)   # [1] Fraction of the peak that persists
  beta  <- c(5e-4, 0.0032, 0.05)  # [1/day] Rate of the terminal decline

  eta.foldx ~ 2.4  # [1] Between patients: fold expansion
  eta.Tmax  ~ 0.38 # [1] Between patients: time to peak
  eta.Cmax  ~ 0.65 # [1] Between patients: peak
  eta.alpha ~ 0.91 # [1] Between patients: initial contraction
  eta.FB    ~ 0.80 # [1] Between patients: fraction that persists
  eta.beta  ~ 0.86 # [1] Between patients: terminal decline

  sd.C <- 0.56 # [1] Residual error on the log scale
})
model({
  tlag  <- 0 # [day] Lag before expansion; 0: none
  kd    <- 0 # [1/day] Decline by distribution up to the end of the lag; 0: none
  width <- 0 # [day] Width of the turn from expansion to contraction; 0: sharp, 0.25: smooth

  foldi  ~ foldx*exp(eta.foldx)
  Tmaxi  ~ Tmax*exp(eta.Tmax)
  Cmaxi  ~ Cmax*exp(eta.Cmax)
  alphai ~ alpha*exp(eta.alpha)
  FBi    ~ FB*exp(eta.FB)
  betai  ~ beta*exp(eta.beta)

  rho    ~ log(foldi)/(Tmaxi - tlag)
  turned ~ ifelse(width > 0, expit((t - Tmaxi)/max(width, 1e-3)), ifelse(t < Tmaxi, 0, 1))
  growth ~ ifelse(t < tlag, -kd, rho - (rho + alphai)*turned)

  d/dt(E) <- growth*E                               # [copies/ug] Effector cells
  d/dt(M) <- turned*FBi*(alphai - betai)*E - betai*M # [copies/ug] Memory cells
  E(0) <- Cmaxi/foldi*exp(kd*tlag)

  C <- E + M # [copies/ug] Transgene in blood
  C ~ lnorm(sd.C)
})
`,
  reference: 'doi:10.1002/psp4.12388',
  citation: 'A. M. Stein et al., CPT Pharmacometrics Syst. Pharmacol. 8:285–295, 2019; with the lag of Ogasawara 2021',
  limits: [
    'It has no antigen and no dose: it describes a course, it does not foretell one.',
    'The bounds of the fold expansion are those of a rate of expansion from 0.3 to 2 per day at the typical time to peak.',
    'The published variance of the time to peak is so large that drawn patients reach days that nobody saw; its bounds are of the estimate, not of the patients.',
    'With a smooth turn of 0.25 day the largest value lies a tenth below Cmax and the slow part 1 % below; else the course is the same.',
    'Copies/ug depend on the leukocytes of the sample: counts by flow cytometry are another observation.',
  ],
  start: 0,
  horizon: 365,
  regimen,
  scenarios: [
    {
      id: 'smooth',
      title: 'Smooth turn at the peak, for optimisers by gradient',
      regimen,
      parameters: { width: 0.25 },
      notes: { width: { trust: 'assumption', source: 'Narrow against the course, wide against a step' } },
    },
    {
      id: 'lag',
      title: 'With the lag and the times of lisocabtagene maraleucel',
      regimen,
      parameters: lisocabtagene,
      notes: lisocabtageneNotes,
    },
    {
      id: 'distribution',
      title: 'The same with distribution, half-life half a day',
      regimen,
      parameters: { ...lisocabtagene, kd: 1.3862943611198906 },
      notes: { ...lisocabtageneNotes, kd: { trust: 'assumption', source: 'A half-life of half a day' } },
    },
  ],
  parameters: parameterNotes([
    ['CAR-T cells', 'found', table1, 'foldx Tmax Cmax alpha FB beta'],
    ['CAR-T cells', 'assumption', `None in Stein 2019; 3.27 day in ${ogasawara}`, 'tlag'],
    ['CAR-T cells', 'assumption', 'None by default; half-lives of 0.3 to 1 day are plausible', 'kd'],
    ['Form', 'assumption', 'A sharp turn, as published', 'width'],
    ['Between patients', 'found', table1, 'eta.foldx eta.Tmax eta.Cmax eta.alpha eta.FB eta.beta'],
    ['Residual error', 'found', table1, 'sd.C'],
  ]),
  panels: [{ title: 'CAR transgene', quantities: ['C'], unit: 'copies/ug', scale: 'log' }],
  endpoints: [
    ...transgeneKinetics(3),
    { name: 'C180', label: 'Transgene on day 180', unit: 'copies/ug', quantity: 'C', kind: 'value', at: 180 },
  ],
  observations: [
    {
      quantity: 'C',
      time: 9.3,
      value: 24000,
      label: 'Typical peak of tisagenlecleucel, B-ALL, n = 90',
      source: table1,
      trust: 'found',
    },
  ],
  // Its text says which parameters patients share, so patients are pooled unless asked for alone.
  fitting: { ...steinFitting, individual: false },
  targets: [],
}
