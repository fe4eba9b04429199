import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'

const paper = 'Singh 2021, CPT Pharmacometrics Syst Pharmacol 10:362, as encoded in nlmixr2lib'
const label = 'Abecma prescribing information (from memory, to be verified)'

const infusion = (cells: string): Scenario['regimen'] => ({
  name: `Ide-cel ${cells} cells`,
  doses: [{ time: 0, cmt: 'E_b', amt: 'dose', label: `Ide-cel ${cells} cells` }],
})

/**
 * Idecabtagene vicleucel in multiple myeloma: CAR binds BCMA, complexes drive expansion and killing in the marrow.
 * A. P. Singh et al., CPT Pharmacometrics Syst. Pharmacol. 10:362–376, 2021.
 */
export const singh2021: LibraryModel = {
  id: 'singh-2021',
  title: 'Idecabtagene vicleucel in multiple myeloma (Singh 2021)',
  summary:
    'From binding to response: CAR on T cells and BCMA on tumour cells bind in the marrow, complexes drive expansion and killing; transgene in blood, M-protein and soluble BCMA follow.',
  text: `# Idecabtagene vicleucel in multiple myeloma: from binding to response (Singh 2021)
ini({
  Kexp    <- 1.73          # [1/day] Fastest expansion
  EC50exp <- 10            # [molecules/cell] Complexes per CAR-T cell for half of it
  Kkill   <- 0.343         # [1/day] Fastest killing
  KC50    <- fix(2.24)     # [molecules/cell] Complexes per tumour cell for half of it
  Kg      <- fix(0.008)    # [1/day] Growth of the tumour
  K12     <- 1.71          # [1/day] Blood to marrow
  K21     <- 0.176         # [1/day] Marrow to blood
  Kel_e   <- 113           # [1/day] Loss of effector cells from blood
  Kel_m   <- 0.219         # [1/day] Loss of memory cells from blood
  Rm      <- 2e-5          # [1/day] Effector to memory cells
  kon     <- fix(7.103e4)  # [L/mol/s] Binding of CAR to BCMA
  koff    <- fix(2.385e-3) # [1/s] Release
  AgCAR   <- fix(15000)    # [molecules/cell] CAR per CAR-T cell
  AgTumor <- fix(12590)    # [molecules/cell] BCMA per tumour cell
  Vb      <- fix(5)        # [L] Blood
  Vbm     <- fix(3.65)     # [L] Marrow
  E0      <- fix(1e-6)     # [cells/L] Effector cells in marrow at the start
  Tu0     <- fix(2.5e9)    # [cells/L] Tumour cells in marrow at the start
  Pm      <- fix(12.1e-12) # [g/day/cell] M-protein made by a tumour cell
  Km      <- fix(0.117)    # [1/day] Loss of M-protein
  gamma_m <- 0.215         # [1] Exponent of tumour on M-protein
  Pb      <- fix(0.175e-6) # [ug/day/cell] Soluble BCMA made by a tumour cell
  Kb      <- fix(0.7)      # [1/day] Loss of soluble BCMA
  gamma_b <- fix(1)        # [1] Exponent of tumour on soluble BCMA
  TransC  <- fix(0.002)    # [copies/ug per cells/L] Transgene of a CAR-T cell
  NA_     <- fix(6.023e23) # [molecules/mol] Avogadro's number
  day     <- fix(86400)    # [s/day] Seconds in a day

  eta.Kexp    ~ 0.22^2      # [1] Between patients: expansion
  eta.Kkill   ~ 0.50^2      # [1] Between patients: killing
  eta.gamma_m ~ 0.21^2      # [1] Between patients: exponent of M-protein
  eta.gamma_b ~ 1.0^2       # [1] Between patients: exponent of soluble BCMA
  eta.K12     ~ fix(0.5^2)  # [1] Between patients: blood to marrow
  eta.K21     ~ fix(0.5^2)  # [1] Between patients: marrow to blood
  eta.Kel_e   ~ fix(0.5^2)  # [1] Between patients: loss of effector cells
  eta.Kel_m   ~ fix(0.5^2)  # [1] Between patients: loss of memory cells
})
model({
  dose <- 450e6 # [cells] CAR-T cells given

  k12  ~ K12*exp(eta.K12)
  k21  ~ K21*exp(eta.K21)
  kele ~ Kel_e*exp(eta.Kel_e)
  kelm ~ Kel_m*exp(eta.Kel_m)

  CART     ~ max((E_t + M_t)/Vbm, 1e-30) # [cells/L] CAR-T cells in marrow
  tumour   ~ max(Tu, 1e-30)              # [cells/L]
  car_free ~ CART*AgCAR - X              # [molecules/L] Free CAR
  ag_free  ~ Tu*AgTumor - X              # [molecules/L] Free BCMA
  cE       ~ X/CART                      # [molecules/cell] Complexes per CAR-T cell
  cT       ~ X/tumour                    # [molecules/cell] Complexes per tumour cell
  kexp     ~ Kexp*exp(eta.Kexp)*cE/(EC50exp + cE)
  kkill    ~ Kkill*exp(eta.Kkill)*cT/(KC50 + cT)

  d/dt(E_b) <- -k12*E_b + k21*E_t - kele*E_b             # [cells] Effector cells in blood
  d/dt(E_t) <- k12*E_b - k21*E_t + kexp*E_t - Rm*E_t     # [cells] Effector cells in marrow
  d/dt(M_b) <- -k12*M_b + k21*M_t - kelm*M_b             # [cells] Memory cells in blood
  d/dt(M_t) <- k12*M_b - k21*M_t + Rm*E_t                # [cells] Memory cells in marrow
  d/dt(X)   <- kon*day/NA_*car_free*ag_free - koff*day*X # [molecules/L] CAR bound to BCMA
  d/dt(Tu)  <- (Kg - kkill)*Tu                           # [cells/L] Tumour cells in marrow
  d/dt(Mprot) <- Pm*Tu0*(Tu/Tu0)^(gamma_m*exp(eta.gamma_m)) - Km*Mprot # [g/L] M-protein in serum
  d/dt(sBCMA) <- Pb*Tu0*(Tu/Tu0)^(gamma_b*exp(eta.gamma_b)) - Kb*sBCMA # [ug/L] Soluble BCMA in serum
  E_t(0)   <- E0*Vbm
  Tu(0)    <- Tu0
  Mprot(0) <- Pm*Tu0/Km
  sBCMA(0) <- Pb*Tu0/Kb

  transgene <- TransC*(E_b + M_b)/Vb       # [copies/ug] Transgene in blood
  MChange   <- 100*(Mprot*Km/(Pm*Tu0) - 1) # [%] Change of M-protein
})
`,
  reference: 'doi:10.1002/psp4.12598',
  citation: 'A. P. Singh et al., CPT Pharmacometrics Syst. Pharmacol. 10:362–376, 2021',
  limits: [
    'The peak hardly depends on the dose (50 to 800 million cells) and strongly on the tumour at infusion.',
    'Only effector cells expand and only in the marrow; memory cells arise from them and neither grow nor die there.',
    'The infused cells leave the blood within an hour, a spike that peak and exposure leave out: they begin on day 1.',
    'Variances of the transfer and loss rates are assumptions of the paper, not estimates.',
    'Its peak is that of the 33 patients of CRB-401; the label of the product gives a peak six times as high (from memory, to be verified).',
  ],
  start: 0,
  horizon: 200,
  regimen: infusion('450e6'),
  scenarios: [
    {
      id: 'dose-50m',
      title: '50 million cells',
      regimen: infusion('50e6'),
      parameters: { dose: 50e6 },
      notes: { dose: { trust: 'found', source: paper } },
    },
  ],
  parameters: parameterNotes([
    ['Dose', 'found', paper, 'dose'],
    ['CAR-T cells', 'found', paper, 'Kexp EC50exp K12 K21 Kel_e Kel_m Rm E0'],
    ['Tumour', 'found', paper, 'Kkill KC50 Kg Tu0'],
    ['Binding', 'found', paper, 'kon koff AgCAR AgTumor'],
    ['Biomarkers', 'found', paper, 'Pm Km gamma_m Pb Kb gamma_b TransC'],
    ['Patient', 'found', paper, 'Vb Vbm'],
    ['Constants', 'found', paper, 'NA_'],
    ['Constants', 'found', 'Definition', 'day'],
    ['Between patients', 'found', paper, 'eta.Kexp eta.Kkill eta.gamma_m eta.gamma_b'],
    ['Between patients', 'assumption', `Assumed in ${paper}`, 'eta.K12 eta.K21 eta.Kel_e eta.Kel_m'],
  ]),
  panels: [
    { title: 'CAR transgene', quantities: ['transgene'], unit: 'copies/ug', scale: 'log' },
    { title: 'CAR-T cells in marrow', quantities: ['E_t', 'M_t'], unit: 'cells', scale: 'log' },
    { title: 'Tumour', quantities: ['Tu'], unit: 'cells/L', scale: 'log' },
    { title: 'M-protein, change', quantities: ['MChange'], unit: '%', scale: 'linear' },
    { title: 'Soluble BCMA', quantities: ['sBCMA'], unit: 'ug/L', scale: 'log' },
  ],
  endpoints: [
    { name: 'Cmax', label: 'Peak transgene', unit: 'copies/ug', quantity: 'transgene', kind: 'maximum', from: 1 },
    { name: 'Tmax', label: 'Day of the peak', unit: 'day', quantity: 'transgene', kind: 'timeOfMaximum', from: 1 },
    {
      name: 'AUC1_28',
      label: 'Exposure, day 1 to 28',
      unit: 'copies*day/ug',
      quantity: 'transgene',
      kind: 'auc',
      from: 1,
      to: 28,
    },
    { name: 'C28', label: 'Transgene on day 28', unit: 'copies/ug', quantity: 'transgene', kind: 'value', at: 28 },
    { name: 'Tumour_nadir', label: 'Fewest tumour cells', unit: 'cells/L', quantity: 'Tu', kind: 'minimum' },
    { name: 'Mprot_nadir', label: 'Deepest fall of M-protein', unit: '%', quantity: 'MChange', kind: 'minimum' },
    { name: 'Mprot_nadir_day', label: 'Day of that fall', unit: 'day', quantity: 'MChange', kind: 'timeOfMinimum' },
  ],
  observations: [
    {
      quantity: 'transgene',
      time: 14,
      value: 35743,
      label: 'Typical peak after 450 million cells, as published',
      source: paper,
      trust: 'found',
    },
    {
      quantity: 'transgene',
      time: 11,
      value: 230000,
      label: 'Geometric mean peak, KarMMa, n = 127',
      source: label,
      trust: 'memory',
    },
  ],
  targets: ['A18', 'A19', 'A20', 'K13'],
}
