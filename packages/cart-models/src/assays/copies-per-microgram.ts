/** Blood in which transgene copies are counted per amount of genomic DNA. */
export interface BloodSample {
  /** CAR-T cells per uL. */
  readonly cells: number
  /** Nucleated cells per uL, CAR-T cells among them: those that the DNA comes from. */
  readonly leukocytes: number
  /** Vector copies per CAR-T cell. */
  readonly copiesPerCell: number
  /** DNA of one cell, pg: about 6.6 for a diploid human genome. */
  readonly picogramsPerCell: number
}

/** Copies per ug of genomic DNA for each CAR-T cell per uL: 0.002 per cell/L of Singh 2021 (CPT:PSP 10:362). */
export const singhCopies = 2000

/**
 * Transgene copies per ug of genomic DNA. A ug holds the DNA of 1e6/picograms nucleated cells, whichever they are, so that the
 * copies follow the share of CAR-T cells among all leukocytes and not their number: fewer leukocytes, more copies per ug.
 */
export function copiesPerMicrogram({ cells, leukocytes, copiesPerCell, picogramsPerCell }: BloodSample): number {
  return (1e6 * copiesPerCell * cells) / (picogramsPerCell * leukocytes)
}

/** Transgene copies per mL of blood, which no other cell changes. */
export function copiesPerMillilitre({ cells, copiesPerCell }: Pick<BloodSample, 'cells' | 'copiesPerCell'>): number {
  return 1000 * copiesPerCell * cells
}

/**
 * Leukocytes per uL at which `copiesPerMicrogram` is the fixed factor of Singh 2021: about 76 for each vector copy per cell,
 * deep lymphopenia and neutropenia. At 5000 leukocytes the same cells give 66 times fewer copies per ug.
 */
export function singhLeukocytes({
  copiesPerCell,
  picogramsPerCell,
}: Pick<BloodSample, 'copiesPerCell' | 'picogramsPerCell'>): number {
  return (1e6 * copiesPerCell) / (singhCopies * picogramsPerCell)
}
