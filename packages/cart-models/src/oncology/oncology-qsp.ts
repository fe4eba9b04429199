import type { LibraryModel } from '../library/library-model.ts'
import { relapses } from './antigen-loss.ts'
import { oncologyEndpoints } from './oncology-endpoints.ts'
import { oncologyObservations } from './oncology-observations.ts'
import { oncologyParameters } from './oncology-parameters.ts'
import { oncologyRegimen, oncologyScenarios } from './oncology-regimens.ts'
import { productLevers } from './product-levers.ts'

/**
 * CD19 CAR-T cells (like axicabtagene ciloleucel) in large B-cell lymphoma: lymphodepletion, CAR-T phenotypes, tumour,
 * normal B cells, cytokines, neutrophils and the drugs given against toxicity (26 states).
 */
export const oncologyQsp: LibraryModel = {
  id: 'oncology-qsp',
  title: 'CD19 CAR-T cells in lymphoma',
  summary:
    'A typical patient with large B-cell lymphoma: CD19 CAR-T cells 2e6/kg after fludarabine and cyclophosphamide, from day -7 to half a year.',
  text: `# CD19 CAR-T cells in large B-cell lymphoma (26 states; day 0 is the infusion)

# Patient and cell dose
WT    = 80     # [kg] Body weight
Vb    = 5      # [L] Blood volume
dose  = 2e6    # [cells/kg] Dose of CAR-T cells
F_inf = 0.0876 # [1] Fraction of the dose seen in blood after distribution

# Lymphodepletion; 1 = cyclophosphamide 1000 mg/m2 = fludarabine 100 mg/m2
kLD     = 1.39 # [1/day] Elimination of lymphodepleting drug
w_flu   = 0.3  # [1] Size of one fludarabine dose (30 mg/m2)
w_cy    = 0.5  # [1] Size of one cyclophosphamide dose (500 mg/m2)
LDon    = 1    # [1] Lymphodepletion given (1) or not (0)
kLD_B   = 0.41 # [1/day] Effect of lymphodepletion on B cells
kLD_T   = 2.35 # [1/day] Effect of lymphodepletion on host T cells
kLD_tum = 0.05 # [1/day] Effect of lymphodepletion on tumour
sN      = 2.42 # [1] Effect of lymphodepletion on neutrophil precursors

# CAR-T cells
k_dist     = 0.66   # [1/day] Loss of infused cells to tissue and death
a_I        = 1.92   # [1/day] Activation of infused cells by antigen
rho        = 1.72   # [1/day] Fastest CAR-T proliferation
K_A        = 0.146  # [1] Antigen for half of the fastest proliferation
K15        = 18     # [pg/mL] IL-15 for half of the fastest proliferation
d_E        = 0.232  # [1/day] Loss of effector CAR-T cells
m_EM       = 0.0164 # [1/day] Effector to memory CAR-T cells
x_EX       = 0.0159 # [1/day] Exhaustion of effector CAR-T cells
d_M        = 0.0442 # [1/day] Loss of memory CAR-T cells
a_M        = 0.02   # [1/day] Reactivation of memory CAR-T cells
d_X        = 0.251  # [1/day] Loss of exhausted CAR-T cells
Cmax       = 3000   # [cells/uL] Most CAR-T cells that blood carries
f_mem_prod = 0.05   # [1] Memory share of the product
kapM       = 0.3    # [1] Killing by a memory CAR-T cell relative to an effector
kapX       = 0.1    # [1] Killing by an exhausted CAR-T cell relative to an effector

# Tumour
kT    = 1.35 # [1/day] Fastest killing of tumour
KT    = 15.3 # [cells/uL] CAR-T cells for half of the fastest killing of tumour
gT    = 0.01 # [1/day] Growth of tumour
TS0   = 95   # [mL] Baseline tumour with CD19
TSmax = 5000 # [mL] Largest tumour
TN0   = 0    # [mL] Baseline tumour without CD19
TSref = 95   # [mL] Tumour that counts as one unit of antigen
mu    = 0    # [1/day] Loss of CD19 by tumour cells
wB    = 0.1  # [1] Weight of normal B cells as antigen

# Normal B cells
kk  = 2.76   # [1/day] Fastest killing of B cells in blood
KC  = 0.64   # [cells/uL] CAR-T cells for half of the fastest killing in blood
kkP = 3      # [1/day] Fastest killing of B-cell precursors in marrow
KCP = 1      # [cells/uL] CAR-T cells for half of the fastest killing in marrow
B0  = 60     # [cells/uL] Baseline B cells
k_p = 0.15   # [1/day] Regeneration of B-cell precursors
kB  = 0.0176 # [1/day] Turnover of B cells

# Host T cells and IL-15
TH0    = 500    # [cells/uL] Baseline host T cells
kTH    = 0.03   # [1/day] Recovery of host T cells
IL15_0 = 5      # [pg/mL] Baseline IL-15
e15    = 7.82   # [1] Rise of IL-15 in lymphopenia
n15    = 3      # [1] Steepness of that rise
k15    = 0.7    # [1/day] Turnover of IL-15
c15    = 0.0005 # [uL/cell/day] Consumption of IL-15 by CAR-T cells

# Cytokines and acute phase
pG     = 52.1  # [pg/mL/day per cell/uL] Interferon-gamma made by engaged CAR-T cells
kIG    = 1.51  # [1/day] Elimination of interferon-gamma
IFNG0  = 5     # [pg/mL] Baseline interferon-gamma
KI     = 328   # [pg/mL] Interferon-gamma for half of the myeloid activation
nI     = 2     # [1] Steepness of myeloid activation
kMac   = 1.5   # [1/day] Rate of myeloid activation
p6     = 1760  # [pg/mL/day] IL-6 made at full myeloid activation
k6     = 3.96  # [1/day] Elimination of IL-6
IL60   = 5     # [pg/mL] Baseline IL-6
p10    = 30    # [pg/mL/day per cell/uL] IL-10 made by engaged CAR-T cells
k10    = 4.68  # [1/day] Elimination of IL-10
IL100  = 5     # [pg/mL] Baseline IL-10
kCRP   = 0.876 # [1/day] Elimination of C-reactive protein
CRPb   = 20    # [mg/L] Baseline C-reactive protein
CRPmax = 173   # [mg/L] Largest rise of C-reactive protein
K6     = 60    # [pg/mL] IL-6 signal for half of that rise
kFer   = 0.25  # [1/day] Turnover of ferritin
Fer0   = 600   # [ng/mL] Baseline ferritin
eFer   = 6.83  # [1] Rise of ferritin at full myeloid activation
kZ     = 0.532 # [1/day] Rate of the neurotoxicity index

# Neutrophils
NC0 = 4000 # [cells/uL] Baseline neutrophils
MTT = 4.35 # [day] Maturation time of neutrophils
gam = 0.17 # [1] Strength of neutrophil feedback

# Tocilizumab
tCL = 0.3 # [L/day] Tocilizumab clearance
tV1 = 3.5 # [L] Tocilizumab central volume
tQ  = 0.2 # [L/day] Tocilizumab distribution clearance
tV2 = 2.9 # [L] Tocilizumab peripheral volume
tVm = 7.5 # [mg/day] Tocilizumab saturable elimination, most
tKm = 2.7 # [ug/mL] Tocilizumab saturable elimination, half at
tK  = 0.5 # [ug/mL] Tocilizumab for half of the IL-6 receptors
blkClr = 0.7 # [1] Share of IL-6 elimination through its receptor

# Dexamethasone
dCL   = 223  # [L/day] Dexamethasone clearance
dV    = 51.3 # [L] Dexamethasone volume
dIC50 = 15   # [ng/mL] Dexamethasone for half of its effect
dImax = 0.85 # [1] Largest effect on myeloid cells and IL-6
dImaxCAR = 0.25 # [1] Largest effect on CAR-T proliferation

# What other models may take the place of or add; see docs/composition.md
ld     ~ LD # [1] Lymphodepleting effect
nc     ~ NC # [cells/uL] Neutrophils
il1    ~ 0  # [1] Share of the IL-1 signal that is blocked
drive7 ~ 1  # [1] Factor on CAR-T proliferation
kRej   ~ 0  # [1/day] Rejection of CAR-T cells by the host
grows  ~ 1  # [1] Share of tumour growth that takes place
kHost  ~ 0  # [1/day] Further loss of host T cells
rHost  ~ 1  # [1] Factor on the recovery of host T cells

# Drugs
ktr  ~ 4/MTT
Ct   ~ TC1/tV1
occ  ~ Ct/(Ct + tK)
occB ~ occ # [1] IL-6 receptors of the brain that are occupied, for other models
Cd   ~ 1000*DEX/dV
dex  ~ dImax*Cd/(dIC50 + Cd)
dexC ~ dImaxCAR*Cd/(dIC50 + Cd)

# Antigen, killing
Ctot ~ CI + CE + CM + CX
Ag   ~ TS/TSref + wB*(0.5*B/B0 + 0.5*BP)
fA   ~ Ag/(K_A + Ag)
h15  ~ IL15^2/(K15^2 + IL15^2)
Cs   ~ CE + kapM*CM + kapX*CX
kb   ~ kk*Cs^2/(KC^2 + Cs^2)
kp   ~ kkP*Cs^2/(KCP^2 + Cs^2)
free ~ 1 - (TS + TN)/TSmax

# Cytokine drive; the floor 1e-30 keeps powers and their derivatives defined
lymphopenia ~ max(1 - (TH + B + Ctot)/(TH0 + B0), 1e-30)^n15
Q    ~ fA*CE
Gn   ~ max(IFNG, 1e-30)^nI
myel ~ Gn/(KI^nI + Gn)*(1 - dex)*(1 - il1)
s    ~ max(IL6 - IL60, 0)*(1 - occ)
sB   ~ max(IL6 - IL60, 0)*(1 - occB)

d/dt(LD) = -kLD*LD # [1] Lymphodepleting drug (1 = cyclophosphamide 1000 mg/m2)

d/dt(CI) = -(k_dist + a_I*fA + kRej)*CI # [cells/uL] Infused CAR-T cells
d/dt(CE) = a_I*fA*CI + rho*drive7*fA*h15*(1 - dexC)*(1 - Ctot/Cmax)*CE + a_M*fA*CM - (d_E + m_EM + x_EX*fA + kRej)*CE # [cells/uL] Effector CAR-T cells
d/dt(CM) = f_mem_prod*k_dist*CI + m_EM*CE - (a_M*fA + d_M + kRej)*CM # [cells/uL] Memory CAR-T cells
d/dt(CX) = x_EX*fA*CE - (d_X + kRej)*CX # [cells/uL] Exhausted CAR-T cells

d/dt(TS) = grows*gT*TS*free - kT*Cs/(KT + Cs)*TS - kLD_tum*ld*TS - mu*TS # [mL] Tumour with CD19
d/dt(TN) = grows*gT*TN*free + mu*TS # [mL] Tumour without CD19
d/dt(BP) = k_p*(1 - BP) - (kp + kLD_B*ld)*BP # [1] B-cell precursors in marrow (of baseline)
d/dt(B)  = kB*B0*BP - (kB + kb + kLD_B*ld)*B # [cells/uL] B cells in blood

d/dt(TH)   = rHost*kTH*(TH0 - TH) - (kLD_T*ld + kHost)*TH # [cells/uL] Host T cells
d/dt(IL15) = k15*(IL15_0*(1 + e15*lymphopenia) - IL15) - c15*Ctot*IL15 # [pg/mL] IL-15

d/dt(IFNG) = pG*Q*(1 - 0.5*dex) - kIG*(IFNG - IFNG0) # [pg/mL] Interferon-gamma
d/dt(MAC)  = kMac*(myel - MAC) # [1] Myeloid activation (0 to 1)
d/dt(IL6)  = p6*MAC*(1 - dex) - k6*(1 - blkClr*occ)*(IL6 - IL60) # [pg/mL] IL-6
d/dt(IL10) = p10*Q - k10*(IL10 - IL100) # [pg/mL] IL-10
d/dt(CRP)  = kCRP*(CRPb + CRPmax*s/(s + K6) - CRP) # [mg/L] C-reactive protein
d/dt(FER)  = kFer*(Fer0*(1 + eFer*MAC) - FER) # [ng/mL] Ferritin
d/dt(Z)    = kZ*(0.5*sB/(sB + 150) + 0.5*IFNG/(IFNG + 500) - Z) # [1] Neurotoxicity index

d/dt(NP) = ktr*NP*(1 - sN*ld)*(NC0/max(NC, 1))^gam - ktr*NP # [cells/uL] Neutrophil precursors
d/dt(N1) = ktr*(NP - N1) # [cells/uL] Maturing neutrophils, stage 1
d/dt(N2) = ktr*(N1 - N2) # [cells/uL] Maturing neutrophils, stage 2
d/dt(N3) = ktr*(N2 - N3) # [cells/uL] Maturing neutrophils, stage 3
d/dt(NC) = ktr*(N3 - NC) # [cells/uL] Neutrophils

d/dt(TC1) = -(tCL + tQ)*Ct + tQ*TC2/tV2 - tVm*Ct/(tKm + Ct) # [mg] Tocilizumab in blood
d/dt(TC2) = tQ*(Ct - TC2/tV2) # [mg] Tocilizumab in tissue
d/dt(DEX) = -dCL/dV*DEX # [mg] Dexamethasone

TS(0) = TS0
TN(0) = TN0
BP(0) = 1
B(0) = B0
TH(0) = TH0
IL15(0) = IL15_0
IFNG(0) = IFNG0
IL6(0) = IL60
IL10(0) = IL100
CRP(0) = CRPb
FER(0) = Fer0
NP(0) = NC0
N1(0) = NC0
N2(0) = NC0
N3(0) = NC0
NC(0) = NC0

f(LD) = LDon
f(CI) = F_inf*dose*WT/(Vb*1e6)

CAR = Ctot # [cells/uL] CAR-T cells in blood
TUM = TS + TN # [mL] Tumour
divTS = grows*gT*free # [1/day] Division of tumour cells with CD19
lossTS = kT*Cs/(KT + Cs) + kLD_tum*ld + mu # [1/day] Death of tumour cells with CD19, and their loss of it
logTS = log(max(TS, 1e-12)/TS0)/log(10) # [log10] Change of tumour with CD19
TEMP = 36.8 + 3*s/(s + 15) # [degC] Body temperature
CRS = ifelse(TEMP < 38, 0, ifelse(s < 100, 1, ifelse(s < 300, 2, ifelse(s < 1000, 3, 4)))) # [grade] Cytokine release syndrome
ICANS = ifelse(Z < 0.35, 0, ifelse(Z < 0.5, 1, ifelse(Z < 0.65, 2, ifelse(Z < 0.8, 3, 4)))) # [grade] Neurotoxicity (ICANS)
TOCocc = occ # [1] IL-6 receptors occupied by tocilizumab
`,
  citation: 'cartkin, oncology-qsp, and the papers named with its parameters',
  limits: [
    'Calibrated to targets D01–D17, which are therefore no validation; the peak of CRP comes 0.75 day late (D10).',
    'The peak on day 5.5 is early against labels (7 to 14 days), whose first sample is on day 7.',
    'Tumour antigen is set against TSref, which makes expansion insensitive to dose.',
    'In the typical run no antigen-negative cells arise, and the tumour is never small enough to die out by chance: it grows again from about 1e-3 mL.',
    'Products with 4-1BB and the loss of antigen are scenarios whose values are assumptions; only their directions are known.',
    'Grades of CRS and ICANS follow assumed thresholds of signals, not the clinical signs of the ASTCT consensus.',
  ],
  reference: 'Equations and calibration: evidence/README.md; priors from the papers named with each parameter',
  start: -7,
  horizon: 180,
  regimen: oncologyRegimen,
  scenarios: [...oncologyScenarios, ...productLevers, ...relapses],
  extinction: { quantity: 'TS', cellsPerUnit: 1e9, threshold: 100, birth: 'divTS', death: 'lossTS' },
  parameters: oncologyParameters,
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'B cells', quantities: ['B'], unit: 'cells/uL', scale: 'log' },
    { title: 'Tumour', quantities: ['TS'], unit: 'mL', scale: 'log' },
    {
      title: 'IL-6, CRP and ferritin',
      quantities: ['IL6', 'CRP', 'FER'],
      unit: 'pg/mL, mg/L, ng/mL',
      scale: 'log',
    },
  ],
  endpoints: oncologyEndpoints,
  observations: oncologyObservations,
  targets: Array.from({ length: 17 }, (_, i) => `D${String(i + 1).padStart(2, '0')}`),
}
