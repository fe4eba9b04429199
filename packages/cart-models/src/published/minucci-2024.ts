import { cellKinetics } from '../library/kinetic-endpoints.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { parameterNotes } from '../library/parameter-notes.ts'
import type { Scenario } from '../library/scenario.ts'
import { type MinucciPatient, minucciPatients } from './minucci-patients.ts'

const paper = 'Minucci 2024, Front Syst Biol 4:1380018'
/** Whose peak comes on the median day of the 13. */
const shown = 'F0121'

const infusion: Scenario['regimen'] = {
  name: 'IM19, 1e6 CAR-T cells/kg on day 0',
  doses: [
    { time: 0, cmt: 'Tinf8', amt: 'dose*BW_kg*fCD8_product', label: 'IM19, CD8 cells' },
    { time: 0, cmt: 'Tinf4', amt: 'dose*BW_kg*(1 - fCD8_product)', label: 'IM19, CD4 cells' },
  ],
}

const scenario = ({ id, ...parameters }: MinucciPatient): Scenario => ({
  id: id.toLowerCase(),
  title: `Patient ${id}`,
  regimen: infusion,
  parameters: { ...parameters },
  notes: Object.fromEntries(
    Object.keys(parameters).map((name) => [name, { trust: 'found', source: `${paper}; patient ${id}` }]),
  ),
})

/**
 * IM19 in non-Hodgkin lymphoma: CD8 and CD4 CAR-T cells, each infused, effector and memory, the antigen and the tumour of
 * 13 patients, reduced form. S. B. Minucci et al., Front. Syst. Biol. 4:1380018, 2024.
 */
export const minucci2024: LibraryModel = {
  id: 'minucci-2024',
  title: 'IM19 in non-Hodgkin lymphoma (Minucci 2024)',
  summary:
    'Infused CD8 and CD4 CAR-T cells meet CD19, divide a number of times that belongs to the patient, contract and leave memory cells. The patient shown is F0121, whose peak comes on the median day of the 13; the others are scenarios.',
  text: `# IM19 in non-Hodgkin lymphoma: CD8 and CD4 CAR-T cells, antigen and tumour, reduced form (Minucci 2024); patient F0121

# The patient
BW_kg           <- 62       # [kg] Body weight
fCD8_product    <- 0.61     # [1] CD8 share of the product
N0_tumour_cells <- 3834397  # [cells] Tumour at infusion
ndiv            <- 18.06981 # [1] Divisions upon activation
fmem            <- 0.001182971 # [1] Share of contracting effector cells that become memory cells

# Common to the patients
dose  <- 1e6      # [cells/kg] CAR-T cells given
V     <- 5        # [L] Blood
CD19  <- 5000     # [molecules/cell] CD19 per tumour cell
NAn   <- 6.022e14 # [molecules/nmol] Avogadro's number
KA    <- 1        # [nmol/L] CD19 for half of the activation
tact8 <- 18       # [h] Time of a CD8 cell to its activation
tact4 <- 36       # [h] Time of a CD4 cell to its activation
day   <- 24       # [h/day] Hours in a day
tinf  <- 9.606881 # [day] Life of infused cells
teff  <- 3.101849 # [day] Life of effector cells
tmem8 <- 180      # [day] Life of CD8 memory cells
tmem4 <- 240      # [day] Life of CD4 memory cells
tdbl  <- 16       # [day] Doubling of the tumour
kkill <- 8.64e-5  # [1/day/cells] Killing by a CD8 effector cell
endo0 <- 5e8      # [cells/L] Endogenous T cells without lymphodepletion
tendo <- 30       # [day] Their recovery
fendo <- 0.1      # [1] Share of them left by lymphodepletion

antigen ~ CD19*Tu/(V*NAn)        # [nmol/L] CD19
fb      ~ antigen/(KA + antigen) # [1] Share of activation
kact8   ~ day/tact8              # [1/day] Activation of CD8 cells
kact4   ~ day/tact4              # [1/day] Activation of CD4 cells

d/dt(Tinf8) <- -(kact8*fb + 1/tinf)*Tinf8             # [cells] Infused CD8 cells
d/dt(Teff8) <- 2^ndiv*kact8*fb*Tinf8 - Teff8/teff     # [cells] Effector CD8 cells
d/dt(Tmem8) <- fmem*Teff8/teff - Tmem8/tmem8          # [cells] Memory CD8 cells
d/dt(Tinf4) <- -(kact4*fb + 1/tinf)*Tinf4             # [cells] Infused CD4 cells
d/dt(Teff4) <- 2^ndiv*kact4*fb*Tinf4 - Teff4/teff     # [cells] Effector CD4 cells
d/dt(Tmem4) <- fmem*Teff4/teff - Tmem4/tmem4          # [cells] Memory CD4 cells
d/dt(Tu)    <- log(2)/tdbl*Tu - kkill*fb*Teff8*Tu     # [cells] Tumour cells
d/dt(Endo)  <- (endo0*V - Endo)/tendo                 # [cells] Endogenous T cells
Tu(0)   <- N0_tumour_cells
Endo(0) <- fendo*endo0*V

CAR8 <- (Tinf8 + Teff8 + Tmem8)/(1e6*V) # [cells/uL] CD8 CAR-T cells in blood
CAR4 <- (Tinf4 + Teff4 + Tmem4)/(1e6*V) # [cells/uL] CD4 CAR-T cells in blood
CAR  <- CAR8 + CAR4                     # [cells/uL] CAR-T cells in blood
`,
  reference: 'doi:10.3389/fsysb.2024.1380018',
  citation: 'S. B. Minucci et al., Front. Syst. Biol. 4:1380018, 2024',
  limits: [
    'Peaks come too early (median day 4.3): the reduced form leaves out the time that activated cells take to divide.',
    'The tumour falls to a tenth at most, and not at all where it is small at infusion: killing needs much antigen.',
    'Each patient has parameters of his own; there is no variability between patients to draw others from.',
    'CD4 cells do not kill, and endogenous T cells influence nothing.',
    'All cells are counted in 5 L of blood; none are in tissue.',
  ],
  start: 0,
  horizon: 100,
  regimen: infusion,
  scenarios: minucciPatients.filter(({ id }) => id !== shown).map(scenario),
  parameters: parameterNotes([
    ['Patient', 'found', `${paper}; patient ${shown}`, 'BW_kg fCD8_product N0_tumour_cells ndiv fmem'],
    ['Dose', 'derived', `${paper}; from its patients`, 'dose'],
    ['CAR-T cells', 'found', paper, 'KA tact8 tact4 tinf teff tmem8 tmem4'],
    ['Tumour', 'found', paper, 'CD19 tdbl kkill'],
    ['Endogenous T cells', 'found', paper, 'endo0 tendo fendo'],
    ['Constants', 'found', paper, 'V NAn'],
    ['Constants', 'found', 'Definition', 'day'],
  ]),
  panels: [
    { title: 'CAR-T cells', quantities: ['CAR', 'CAR8', 'CAR4'], unit: 'cells/uL', scale: 'log' },
    { title: 'Phenotypes, CD8', quantities: ['Tinf8', 'Teff8', 'Tmem8'], unit: 'cells', scale: 'log' },
    { title: 'Phenotypes, CD4', quantities: ['Tinf4', 'Teff4', 'Tmem4'], unit: 'cells', scale: 'log' },
    { title: 'Tumour', quantities: ['Tu'], unit: 'cells', scale: 'log' },
  ],
  endpoints: [
    ...cellKinetics(),
    { name: 'Tumour_nadir', label: 'Fewest tumour cells', unit: 'cells', quantity: 'Tu', kind: 'minimum' },
  ],
  observations: [],
  targets: [],
}
