import type { LibraryModel } from '../library/library-model.ts'
import { lupusEndpoints } from './lupus-endpoints.ts'
import { lupusObservations } from './lupus-observations.ts'
import { lupusParameters } from './lupus-parameters.ts'
import { lupusPopulation } from './lupus-population.ts'
import { lupusRegimen, lupusScenarios } from './lupus-regimens.ts'

/**
 * CD19 CAR-T cells in systemic lupus erythematosus: lymphodepletion, CAR-T phenotypes, B-cell and plasma-cell pools,
 * anti-dsDNA, complement, proteinuria, SLEDAI-2K, cytokines, neutrophils and the drugs given against toxicity (41 states).
 */
export const lupusQsp: LibraryModel = {
  id: 'lupus-qsp',
  title: 'CD19 CAR-T cells in lupus',
  summary:
    'A typical patient with refractory systemic lupus erythematosus: CD19 CAR-T cells 1e6/kg after fludarabine and cyclophosphamide, from day -10 to two years.',
  text: `# CD19 CAR-T cells in systemic lupus erythematosus (41 states; day 0 is the infusion)

# Patient and cell dose
WT    = 70  # [kg] Body weight
Vb    = 5   # [L] Blood volume
dose  = 1e6 # [cells/kg] Dose of CAR-T cells
F_inf = 0.1 # [1] Fraction of the dose seen in blood after distribution

# Lymphodepletion; 1 = cyclophosphamide 1000 mg/m2 = fludarabine 100 mg/m2
kLD      = 1.39  # [1/day] Elimination of lymphodepleting drug
w_flu    = 0.25  # [1] Size of one fludarabine dose (25 mg/m2)
w_cy     = 1     # [1] Size of one cyclophosphamide dose (1000 mg/m2)
LDon     = 1     # [1] Lymphodepletion given (1) or not (0)
kLD_B    = 0.414 # [1/day] Effect of lymphodepletion on B cells
kLD_T    = 1.47  # [1/day] Effect of lymphodepletion on CD4 T cells
kLD_T8   = 3.29  # [1/day] Effect of lymphodepletion on CD8 T cells
kLD_car  = 0     # [1/day] Effect of lymphodepletion on CAR-T cells (not used)
kLD_Treg = 0.95  # [1/day] Effect of lymphodepletion on regulatory T cells
sN       = 3.53  # [1] Effect of lymphodepletion on neutrophil precursors

# CAR-T cells
k_dist     = 0.659   # [1/day] Loss of infused cells to tissue and death
a_I        = 0.809   # [1/day] Activation of infused cells by antigen
rho        = 1.6     # [1/day] Fastest CAR-T proliferation
K_A        = 0.032   # [1] Antigen for half of the fastest proliferation
K15        = 18      # [pg/mL] IL-15 for half of the fastest proliferation
d_E        = 0.222   # [1/day] Loss of effector CAR-T cells
m_EM       = 0.00886 # [1/day] Effector to memory CAR-T cells
x_EX       = 0.006   # [1/day] Exhaustion of effector CAR-T cells
d_M        = 0.0365  # [1/day] Loss of memory CAR-T cells
a_M        = 0.043   # [1/day] Reactivation of memory CAR-T cells
d_X        = 0.05    # [1/day] Loss of exhausted CAR-T cells
Cmax       = 3000    # [cells/uL] Most CAR-T cells that blood carries
f_mem_prod = 0.05    # [1] Memory share of the product

# Killing of B cells
kk   = 2.76  # [1/day] Fastest killing of B cells in blood
nK   = 2     # [1] Steepness of killing
KC   = 0.641 # [cells/uL] CAR-T cells for half of the fastest killing in blood
kkT  = 0.558 # [1/day] Fastest killing of B cells in tissue
KCT  = 1.19  # [cells/uL] CAR-T cells for half of the fastest killing in tissue
kapM = 0.3   # [1] Killing by a memory CAR-T cell relative to an effector
kapX = 0.1   # [1] Killing by an exhausted CAR-T cell relative to an effector
kkP  = 17    # [1/day] Fastest killing of B-cell precursors in marrow
KCP  = 1.04  # [cells/uL] CAR-T cells for half of the fastest killing in marrow
phi_PS = 0.3     # [1] Share of short-lived autoreactive plasma cells with CD19
wP     = 0.00846 # [1] Weight of marrow precursors as antigen
phi_PN = 0.15    # [1] Share of short-lived normal plasma cells with CD19

# B cells
BN0    = 90     # [cells/uL] Baseline naive B cells
BM0    = 28     # [cells/uL] Baseline memory B cells
BA0    = 18     # [cells/uL] Baseline autoreactive B cells
PA0    = 7      # [cells/uL] Baseline plasmablasts
k_prod = 1.58   # [cells/uL/day] Production of naive B cells
kT     = 0.03   # [1/day] Refill of the tissue B-cell pool
k_p    = 0.167  # [1/day] Regeneration of B-cell precursors
sig_M  = 0.0005 # [1/day] Naive to memory B cells
d_M_B  = 0.0016 # [1/day] Net loss of memory B cells
d_A    = 0.0266 # [1/day] Loss of autoreactive B cells
r_A    = 0.06   # [1/day] Interferon-driven growth of autoreactive B cells
K_IFN  = 5      # [pg/mL] Interferon-alpha for half of that growth
sigA_frac = 0.02 # [1] Share of autoreactive B cells made de novo
d_PA   = 0.23   # [1/day] Loss of plasmablasts
k_PS   = 0.1    # [1/day] Turnover of short-lived autoreactive plasma cells
k_PN   = 0.06   # [1/day] Turnover of short-lived normal plasma cells
k_PL   = 0.00018990333713971103 # [1/day] Turnover of long-lived plasma cells (half-life 10 years)

# Antibodies
A0    = 470   # [IU/mL] Baseline anti-dsDNA
kA    = 0.1   # [1/day] Turnover of anti-dsDNA
phiL  = 0.03  # [1] Share of anti-dsDNA from long-lived plasma cells
w_PA  = 0.5   # [1] Plasmablast share of the remaining anti-dsDNA
IGG0  = 13    # [g/L] Baseline IgG
kG    = 0.033007008598092635 # [1/day] Turnover of IgG (half-life 21 days)
phiLL = 0.761 # [1] Share of IgG from long-lived plasma cells

# Disease
C3n  = 1150 # [mg/L] Complement C3 in health
C30  = 555  # [mg/L] Baseline complement C3
kC   = 0.3  # [1/day] Turnover of complement C3
A50  = 470  # [IU/mL] Anti-dsDNA for half of the C3 consumption
IFN0 = 21   # [pg/mL] Baseline interferon-alpha
C3lo = 900  # [mg/L] Limit of low complement C3
kIFN = 1    # [1/day] Turnover of interferon-alpha
U0   = 3060 # [mg/g] Baseline proteinuria (protein/creatinine)
Un   = 120  # [mg/g] Proteinuria in health
kU   = 0.03 # [1/day] Renal healing
tauS = 7    # [day] Lag of the activity score

# Host T cells and IL-15
TH0    = 206  # [cells/uL] Baseline CD4 T cells
T80    = 353  # [cells/uL] Baseline CD8 T cells
TR0    = 12   # [cells/uL] Baseline regulatory T cells
kTH    = 0.02  # [1/day] Recovery of CD4 T cells
kT8    = 0.045 # [1/day] Recovery of CD8 T cells
kTR    = 0.03  # [1/day] Recovery of regulatory T cells
eTR    = 0.6   # [1] Gain of regulatory T cells in remission
IL15_0 = 5      # [pg/mL] Baseline IL-15
e15    = 12.7   # [1] Rise of IL-15 in lymphopenia
n15    = 3      # [1] Steepness of that rise
k15    = 0.7    # [1/day] Turnover of IL-15
c15    = 0.0005 # [uL/cell/day] Consumption of IL-15 by CAR-T cells

# Cytokines and acute phase
pG     = 3.88  # [pg/mL/day per cell/uL] Interferon-gamma made by engaged CAR-T cells
kIG    = 1.51  # [1/day] Elimination of interferon-gamma
IFNG0  = 3     # [pg/mL] Baseline interferon-gamma
KI     = 400   # [pg/mL] Interferon-gamma for half of the myeloid activation
nI     = 2     # [1] Steepness of myeloid activation
kMac   = 1.5   # [1/day] Rate of myeloid activation
p6     = 947   # [pg/mL/day] IL-6 made at full myeloid activation
k6     = 3.96  # [1/day] Elimination of IL-6
IL60   = 3     # [pg/mL] Baseline IL-6
p10    = 9     # [pg/mL/day per cell/uL] IL-10 made by engaged CAR-T cells
k10    = 4.68  # [1/day] Elimination of IL-10
IL100  = 5     # [pg/mL] Baseline IL-10
kCRP   = 0.876 # [1/day] Elimination of C-reactive protein
CRPb   = 5     # [mg/L] Baseline C-reactive protein
CRPmax = 350   # [mg/L] Largest rise of C-reactive protein
K6     = 60    # [pg/mL] IL-6 signal for half of that rise
kFer   = 0.2   # [1/day] Turnover of ferritin
Fer0   = 300   # [ng/mL] Baseline ferritin
eFer   = 25    # [1] Rise of ferritin at full myeloid activation
kZ     = 0.35  # [1/day] Rate of the neurotoxicity index

# Neutrophils
NC0 = 5617 # [cells/uL] Baseline neutrophils
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

# Rituximab
rk     = 0.034 # [1/day] Rituximab elimination
rV     = 4.5   # [L] Rituximab volume
rEmax  = 0.6   # [1/day] Fastest killing by rituximab
rEC50  = 6     # [ug/mL] Rituximab for half of that killing
rSanct = 0.22  # [1] Share of tissue B cells that rituximab does not reach

# Baselines that follow from the parameters
B0   ~ BN0 + BM0 + BA0 + PA0
Ly0  ~ TH0 + T80 + B0
Phi0 ~ IFN0^2/(K_IFN^2 + IFN0^2)
ym   ~ 1/(1 - (1 - sigA_frac)*d_A/(r_A*Phi0))
eps  ~ (C3n/C30 - 1)/(A0/(A50 + A0))
ktr  ~ 4/MTT
S0   ~ 2*A0^4/(100^4 + A0^4) + 2*(1 - C30^12/(850^12 + C30^12)) + 4*U0^4/(650^4 + U0^4) + 8*IFN0^2/(5^2 + IFN0^2)

# What other models may take the place of or add; see docs/composition.md
ld     ~ LD # [1] Lymphodepleting effect
nc     ~ NC # [cells/uL] Neutrophils
il1    ~ 0  # [1] Share of the IL-1 signal that is blocked
drive7 ~ 1  # [1] Factor on CAR-T proliferation
kRej   ~ 0  # [1/day] Rejection of CAR-T cells by the host
kAPC   ~ 0  # [1/day] Further killing of plasmablasts
kASC   ~ 0  # [1/day] Further killing of short-lived plasma cells
kALL   ~ 0  # [1/day] Further killing of long-lived plasma cells
kBAFF  ~ 0  # [1/day] Further loss of naive B cells
kBAFFM ~ 0  # [1/day] Further loss of memory B cells
kBAFFA ~ 0  # [1/day] Further loss of autoreactive B cells
newPL  ~ 0  # [1] New long-lived plasma cells (of baseline), with none of the old antibodies
kHost  ~ 0  # [1/day] Further loss of host T cells
rHost  ~ 1  # [1] Factor on the recovery of host T cells

# Drugs
Ct   ~ TC1/tV1
occ  ~ Ct/(Ct + tK)
occB ~ occ # [1] IL-6 receptors of the brain that are occupied, for other models
Cd   ~ 1000*DEX/dV
dex  ~ dImax*Cd/(dIC50 + Cd)
dexC ~ dImaxCAR*Cd/(dIC50 + Cd)
Cr   ~ RTX/rV
kr   ~ rEmax*Cr/(rEC50 + Cr)

# Antigen, killing; the floor 1e-30 keeps the power and its derivatives defined
Ctot ~ CI + CE + CM + CX
Btot ~ BN + BM + BA + PA
Ag   ~ (1 - wP)*T + wP*BP
fA   ~ Ag/(K_A + Ag)
h15  ~ IL15^2/(K15^2 + IL15^2)
Cn   ~ max(CE + kapM*CM + kapX*CX, 1e-30)^nK
kb   ~ kk*Cn/(KC^nK + Cn)
kt   ~ kkT*Cn/(KCT^nK + Cn)
kp   ~ kkP*Cn/(KCP^nK + Cn)

# Disease drive
Phi   ~ IFNA^2/(K_IFN^2 + IFNA^2)
renal ~ 0.5*AAB/A0 + 0.5*max(C3lo - C3, 0)/(C3lo - C30)
S     ~ 2*AAB^4/(100^4 + AAB^4) + 2*(1 - C3^12/(850^12 + C3^12)) + 4*UPCR^4/(650^4 + UPCR^4) + 8*IFNA^2/(5^2 + IFNA^2)

# Cytokine drive
lymphopenia ~ max(1 - (TH + T8 + Btot + Ctot)/Ly0, 1e-30)^n15
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

d/dt(T)  = kT*(Btot/B0 - T) - (kt + 0.5*kLD_B*ld)*T - kr*max(T - rSanct, 0) # [1] CD19+ cells in lymphoid tissue (of baseline)
d/dt(BP) = k_p*(1 - BP) - (kp + kLD_B*ld)*BP # [1] B-cell precursors in marrow (of baseline)
d/dt(BN) = k_prod*BP - k_prod/BN0*BN - (kb + kLD_B*ld + kr + kBAFF)*BN # [cells/uL] Naive and transitional B cells
d/dt(BM) = sig_M*BN - d_M_B*BM - (kb + kLD_B*ld + kr + kBAFFM)*BM # [cells/uL] Memory B cells
d/dt(BA) = sigA_frac*d_A*BA0*BN/BN0 + (r_A*Phi*(1 - BA/(BA0*ym)) - d_A)*BA - (kt + 0.5*kLD_B*ld + kBAFFA)*BA - kr*max(BA - rSanct*BA0, 0) # [cells/uL] Autoreactive B cells
d/dt(PA) = d_PA*PA0*BA/BA0 - d_PA*PA - (kb + 0.5*kLD_B*ld + kAPC)*PA # [cells/uL] Plasmablasts
d/dt(PS) = k_PS*(PA/PA0 - PS) - (phi_PS*kt + kASC)*PS # [1] Short-lived autoreactive plasma cells (of baseline)
d/dt(PN) = k_PN*(0.5*BN/BN0 + 0.5*BM/BM0 - PN) - (phi_PN*kt + kASC)*PN # [1] Short-lived normal plasma cells (of baseline)
d/dt(PL) = k_PL*(1 - PL) - kALL*PL # [1] Long-lived plasma cells (of baseline)

d/dt(AAB) = kA*(A0*((1 - phiL)*(w_PA*PA/PA0 + (1 - w_PA)*PS) + phiL*PL) - AAB) # [IU/mL] Anti-dsDNA antibodies
d/dt(IGG) = kG*(IGG0*(phiLL*(PL + newPL) + (1 - phiLL)*PN) - IGG) # [g/L] Total IgG
d/dt(VAX) = kG*(PL - VAX) # [1] Vaccine titre (of baseline)
d/dt(C3)  = kC*(C3n - C3*(1 + eps*AAB/(A50 + AAB))) # [mg/L] Complement C3
d/dt(IFNA) = kIFN*(IFN0*AAB/A0*(0.3 + 0.7*min(1, nc/NC0)) - IFNA) # [pg/mL] Interferon-alpha
d/dt(UPCR) = kU*(Un + (U0 - Un)*renal - UPCR) # [mg/g] Proteinuria (protein/creatinine)
d/dt(SLEDAI) = (S - SLEDAI)/tauS # [score] SLEDAI-2K

d/dt(TH) = rHost*kTH*(TH0 - TH) - (kLD_T*ld + kHost)*TH # [cells/uL] CD4 T cells
d/dt(T8) = rHost*kT8*(T80 - T8) - (kLD_T8*ld + kHost)*T8 # [cells/uL] CD8 T cells
d/dt(TR) = rHost*kTR*(TR0*(1 + eTR*(1 - AAB/A0)) - TR) - (kLD_Treg*ld + kHost)*TR # [cells/uL] Regulatory T cells
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
d/dt(RTX) = -rk*RTX # [mg] Rituximab

T(0) = 1
BP(0) = 1
BN(0) = BN0
BM(0) = BM0
BA(0) = BA0
PA(0) = PA0
PS(0) = 1
PN(0) = 1
PL(0) = 1
AAB(0) = A0
IGG(0) = IGG0
VAX(0) = 1
C3(0) = C30
IFNA(0) = IFN0
UPCR(0) = U0
SLEDAI(0) = S0
TH(0) = TH0
T8(0) = T80
TR(0) = TR0
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
B = Btot # [cells/uL] B cells in blood
Bnaive = BN/max(Btot, 1e-30) # [1] Naive share of B cells
TEMP = 36.7 + 3.2*s/(s + 12) # [degC] Body temperature
CRS = ifelse(TEMP < 38, 0, ifelse(s < 100, 1, ifelse(s < 300, 2, ifelse(s < 1000, 3, 4)))) # [grade] Cytokine release syndrome
ICANS = ifelse(Z < 0.35, 0, ifelse(Z < 0.5, 1, ifelse(Z < 0.65, 2, ifelse(Z < 0.8, 3, 4)))) # [grade] Neurotoxicity (ICANS)
TOCocc = occ # [1] IL-6 receptors occupied by tocilizumab
`,
  citation: 'cartkin, lupus-qsp, and the papers named with its parameters',
  limits: [
    'Over forty parameters against about thirty targets from 5 to 21 patients: a plausible point, not an estimate. kkP and KCP, kkT and K_A, a_I and F_inf, m_EM and d_M trade off.',
    'Remission at day 90 is too slow in the virtual population (SLEDAI-2K of 2 or less in 65 %), mostly by renal healing and the lag of the score.',
    'Magnitudes of IL-15 are from memory; only their direction was found.',
    'Grades of CRS and ICANS follow assumed thresholds of signals, not the clinical signs of the ASTCT consensus.',
  ],
  reference:
    'Equations and calibration: evidence/README.md; priors from Park 2025 (Clin Transl Sci 18:e70146) and the papers named with each parameter',
  start: -10,
  horizon: 730,
  regimen: lupusRegimen,
  scenarios: lupusScenarios,
  parameters: lupusParameters,
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR'], unit: 'cells/uL', scale: 'log' },
    { title: 'B cells', quantities: ['B'], unit: 'cells/uL', scale: 'log' },
    { title: 'Lupus activity (SLEDAI-2K)', quantities: ['SLEDAI'], unit: 'score', scale: 'linear' },
    { title: 'Cytokines and CRP', quantities: ['IL6', 'IFNG', 'CRP'], unit: 'pg/mL, CRP mg/L', scale: 'log' },
  ],
  endpoints: lupusEndpoints,
  observations: lupusObservations,
  population: lupusPopulation,
  populationNote: {
    trust: 'fitted',
    source: 'chosen to reproduce the cohort targets C01–C10 (a plausible point, not an estimate)',
  },
  targets: [
    ...Array.from({ length: 30 }, (_, i) => `B${String(i + 1).padStart(2, '0')}`),
    ...Array.from({ length: 10 }, (_, i) => `C${String(i + 1).padStart(2, '0')}`),
  ],
}
