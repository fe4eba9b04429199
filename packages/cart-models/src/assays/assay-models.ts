import { lupusQsp } from '../lupus/lupus-qsp.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { withAssays } from './with-assays.ts'

const missing =
  'Monocytes, NK cells and blasts are not in the model: true leukocytes are more and copies/ug fewer, most of all while neutrophils are low.'
const limit =
  'The limits of copies/mL and of flow cytometry follow from a fixed amount of DNA and a fixed number of cells acquired; they move with the leukocytes. Give those of your laboratory in the data (LLOQ).'

/** `lupus-qsp` as its CAR-T cells are measured. */
export const lupusAssays = withAssays(lupusQsp, {
  id: 'lupus-qsp-assays',
  title: 'CD19 CAR-T cells in lupus, as measured',
  summary:
    'The lupus model with transgene copies/ug of genomic DNA, copies/mL and flow cytometry in one model, each with its limit of quantification; copies/ug follow the leukocytes.',
  cells: 'Ctot',
  leukocytes: 'NC + TH + T8 + Btot + Ctot',
  limits: [missing, limit],
})

/** `oncology-qsp` as its CAR-T cells are measured. */
export const oncologyAssays = withAssays(oncologyQsp, {
  id: 'oncology-qsp-assays',
  title: 'CD19 CAR-T cells in lymphoma, as measured',
  summary:
    'The oncology model with transgene copies/ug of genomic DNA, copies/mL and flow cytometry in one model, each with its limit of quantification; copies/ug follow the leukocytes.',
  cells: 'Ctot',
  leukocytes: 'NC + TH + B + Ctot',
  limits: [missing, limit],
})
