/** A patient of Minucci 2024: what was measured, and what was estimated for the reduced model. */
export interface MinucciPatient {
  readonly id: string
  /** Body weight, kg. */
  readonly BW_kg: number
  /** CD8 share of the product. */
  readonly fCD8_product: number
  /** Tumour at infusion, cells. */
  readonly N0_tumour_cells: number
  /** Divisions upon activation. */
  readonly ndiv: number
  /** Share of contracting effector cells that become memory cells. */
  readonly fmem: number
}

const patient = (
  id: string,
  BW_kg: number,
  fCD8_product: number,
  N0_tumour_cells: number,
  ndiv: number,
  fmem: number,
): MinucciPatient => ({ id, BW_kg, fCD8_product, N0_tumour_cells, ndiv, fmem })

/** The 13 patients with non-Hodgkin lymphoma: S. B. Minucci et al., Front. Syst. Biol. 4:1380018, 2024. */
export const minucciPatients: readonly MinucciPatient[] = [
  patient('F0104', 73, 0.333, 10000000, 21.41559, 0.002514715),
  patient('F0106', 57, 0.446, 10000000, 22.21255, 0.002367866),
  patient('F0107', 48, 0.461, 10000000, 21.15557, 0.01336295),
  patient('F0109', 88, 0.833, 100000, 27.70301, 0.002076709),
  patient('F0110', 67, 0.82, 100000, 19.58777, 0.1),
  patient('F0111', 76, 0.943, 100000, 22.85367, 0.1),
  patient('F0118', 80, 0.29, 10000000, 15.88462, 0.002267028),
  patient('F0119', 62, 0.633, 10000000, 21.48104, 2.91e-10),
  patient('F0121', 62, 0.61, 3834397, 18.06981, 0.001182971),
  patient('F0122', 62, 0.546, 1162658, 19.63343, 0.007041995),
  patient('F0123', 63, 0.725, 100000, 21.63407, 0.1),
  patient('F0125', 71, 0.376, 1613397, 18.05807, 1.48e-7),
  patient('F0126', 68, 0.372, 279892.4, 22.42293, 4.57e-7),
]
