import { cellKinetics } from '../library/kinetic-endpoints.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'
import { type MuellerSchoellPatient, muellerSchoellPatients } from './mueller-schoell-patients.ts'

const paper = 'Mueller-Schoell 2021, Cancers 13:2782, as encoded in nlmixr2lib'
const infusion = { name: 'Single infusion on day 0 (contained in the starting values)', doses: [] }

const scenario = ({ id, ...parameters }: MuellerSchoellPatient): Scenario => ({
  id: `patient-${id}`,
  title: `Patient ${id}: ${parameters.mtv_mL} mL, ${parameters.low_expansion === 1 ? 'class of low expansion' : 'reference class'}`,
  regimen: infusion,
  parameters: { ...parameters },
  notes: Object.fromEntries(
    Object.keys(parameters).map((name) => [name, { trust: 'found', source: `${paper}; patient ${id}` }]),
  ),
})

/**
 * Axicabtagene ciloleucel in large B-cell lymphoma: four phenotypes of CAR-T cells that the tumour drives and that kill it;
 * a patient belongs to the reference class or to one of low expansion. V. Mueller-Schoell et al., Cancers 13:2782, 2021.
 */
export const muellerSchoell2021: LibraryModel = {
  id: 'mueller-schoell-2021',
  title: 'Axicabtagene ciloleucel: phenotypes and tumour (Mueller-Schoell 2021)',
  summary:
    'Naive, central memory, effector memory and effector CAR-T cells in blood after one infusion: the tumour drives expansion, each phenotype kills it. The patient shown is number 2 of 19, in the middle of the reference class; all are scenarios.',
  text: `MuellerSchoell_2021_axicel <- function() {
  description <- "Axicabtagene ciloleucel in large B-cell lymphoma: CAR-T phenotypes and tumour"
  reference <- "Mueller-Schoell et al., Cancers 13:2782, 2021"
  units <- list(time = "day")
  ini({
    Vref   <- 0.00846        # [cells/uL/day/mL] Most expansion per tumour volume, reference class
    Vlow   <- 0.000700       # [cells/uL/day/mL] Most expansion per tumour volume, class of low expansion
    e_ASCT <- 2.53           # [1] Effect of an earlier transplantation on expansion
    e_CD4CD8 <- -0.385       # [1] Exponent of the CD4/CD8 ratio on day 7
    KM1  <- 1.13             # [cells/uL] Cells for half of the most expansion
    k12  <- 0.140            # [1/day] TN to TCM
    k23  <- 0.191            # [1/day] TCM to TEM
    k34  <- 0.355            # [1/day] TEM to TEff
    ke1  <- fix(0.0104)      # [1/day] Loss of TN
    ke2  <- fix(0.0104)      # [1/day] Loss of TCM
    ke3  <- fix(0.0104)      # [1/day] Loss of TEM
    ke4  <- 0.518            # [1/day] Loss of TEff
    kp1  <- fix(0.0005)      # [1/day] Proliferation of TN without antigen
    kp2  <- fix(0.007)       # [1/day] Proliferation of TCM without antigen
    kp3  <- fix(0.007)       # [1/day] Proliferation of TEM without antigen
    Vm51 <- fix(2.57)        # [mL/day per cells/uL] Most killing by TN
    Vm52 <- 4.04             # [mL/day per cells/uL] Most killing by TCM
    Vm53 <- fix(3.78)        # [mL/day per cells/uL] Most killing by TEM
    Vm54 <- fix(4.24)        # [mL/day per cells/uL] Most killing by TEff
    KM5  <- 276              # [mL] Tumour for half of the most killing
    k5   <- fix(0.0023)      # [1/day] Growth of tumour
    K0   <- fix(5000)        # [mL] Largest tumour
    X0   <- fix(0.1)         # [cells/uL] Cells of each phenotype at infusion

    eta.Vref ~ log(1 + 1.50^2) # [1] Between patients: expansion of the reference class (150 % CV)
    eta.Vm52 ~ log(1 + 3.07^2) # [1] Between patients: killing by TCM (307 % CV)

    sd.TN   <- sqrt(log(1 + 0.59^2)) # [1] Residual error of TN (59 % CV)
    sd.TCM  <- sqrt(log(1 + 0.86^2)) # [1] Residual error of TCM (86 % CV)
    sd.TEM  <- sqrt(log(1 + 1.20^2)) # [1] Residual error of TEM (120 % CV)
    sd.TEff <- sqrt(log(1 + 0.71^2)) # [1] Residual error of TEff (71 % CV)
    sd.V    <- sqrt(log(1 + 1.15^2)) # [1] Residual error of the tumour (115 % CV)
  })
  model({
    mtv_mL        <- 102   # [mL] Tumour with CD19 before the infusion
    prior_asct    <- 0     # [1] Earlier autologous transplantation, 0 or 1
    cd4cd8_d7     <- 0.357 # [1] CD4/CD8 ratio of CAR-T cells on day 7
    low_expansion <- 0     # [1] Class of low expansion, 0 or 1

    if (low_expansion == 1) {
      Vmax1 <- Vlow*(1 + e_ASCT*prior_asct) # [cells/uL/day/mL] Most expansion per tumour volume
    } else {
      Vmax1 <- Vref*exp(eta.Vref)*(1 + e_ASCT*prior_asct)*cd4cd8_d7^e_CD4CD8 # [cells/uL/day/mL] Most expansion per tumour volume
    }
    Vmax52 <- Vm52*exp(eta.Vm52) # [mL/day per cells/uL] Most killing by TCM of this patient

    d/dt(TN)   <- Vmax1*V*TN/(KM1 + TN) + kp1*TN - k12*TN - ke1*TN               # [cells/uL] Naive CAR-T cells
    d/dt(TCM)  <- Vmax1*V*TCM/(KM1 + TCM) + kp2*TCM + k12*TN - k23*TCM - ke2*TCM # [cells/uL] Central memory CAR-T cells
    d/dt(TEM)  <- Vmax1*V*TEM/(KM1 + TEM) + kp3*TEM + k23*TCM - k34*TEM - ke3*TEM # [cells/uL] Effector memory CAR-T cells
    d/dt(TEff) <- k34*TEM - ke4*TEff                                             # [cells/uL] Effector CAR-T cells
    d/dt(V)    <- k5*(1 - V/K0)*V - (Vm51*TN + Vmax52*TCM + Vm53*TEM + Vm54*TEff)*V/(KM5 + V) # [mL] Tumour
    TN(0)   <- X0
    TCM(0)  <- X0
    TEM(0)  <- X0
    TEff(0) <- X0
    V(0)    <- mtv_mL

    CAR <- TN + TCM + TEM + TEff # [cells/uL] CAR-T cells in blood

    TN   ~ lnorm(sd.TN)
    TCM  ~ lnorm(sd.TCM)
    TEM  ~ lnorm(sd.TEM)
    TEff ~ lnorm(sd.TEff)
    V    ~ lnorm(sd.V)
  })
}
`,
  reference: 'doi:10.3390/cancers13112782',
  citation: 'V. Mueller-Schoell et al., Cancers 13:2782, 2021',
  limits: [
    'Expansion goes on while there is tumour and does not saturate with antigen: low expanders may still rise on day 28.',
    'The class of low expansion is given, not foretold: 4 of 19 patients belong to it.',
    'It was made for the first 28 days; later courses are extrapolated.',
    'The CD4/CD8 ratio is that of day 7, known only a week after the infusion.',
    'The published medians of the class of low expansion, peak 5.2 on day 23.5, are met as 6.4 on day 24.8.',
  ],
  start: 0,
  horizon: 28,
  regimen: infusion,
  scenarios: muellerSchoellPatients.filter(({ id }) => id !== 2).map(scenario),
  parameters: parameterNotes([
    ['Patient', 'found', `${paper}; patient 2`, 'mtv_mL prior_asct cd4cd8_d7 low_expansion'],
    ['CAR-T cells', 'found', paper, 'Vref Vlow e_ASCT e_CD4CD8 KM1 k12 k23 k34 ke1 ke2 ke3 ke4 kp1 kp2 kp3 X0'],
    ['Tumour', 'found', paper, 'Vm51 Vm52 Vm53 Vm54 KM5 k5 K0'],
    ['Between patients', 'found', paper, 'eta.Vref eta.Vm52'],
    ['Residual error', 'found', paper, 'sd.TN sd.TCM sd.TEM sd.TEff sd.V'],
  ]),
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'Phenotypes', quantities: ['TN', 'TCM', 'TEM', 'TEff'], unit: 'cells/uL', scale: 'log' },
    { title: 'Tumour', quantities: ['V'], unit: 'mL', scale: 'log' },
  ],
  endpoints: [
    ...cellKinetics(),
    { name: 'V28', label: 'Tumour on day 28', unit: 'mL', quantity: 'V', kind: 'value', at: 28 },
    { name: 'V_nadir', label: 'Smallest tumour', unit: 'mL', quantity: 'V', kind: 'minimum' },
  ],
  observations: [
    {
      quantity: 'CAR',
      time: 12,
      value: 13.8,
      label: 'Median peak of the reference class, n = 15, as predicted in the paper',
      source: 'Mueller-Schoell 2021, Supplement, Table S2',
      trust: 'found',
    },
  ],
  targets: ['A14', 'A15', 'A16', 'A17'],
}
