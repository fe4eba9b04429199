/**
 * A population of cells that chance rules once it is small: below the threshold it is a birth-death process, in which every
 * cell divides and dies on its own, at rates that follow the course. Nothing but division adds cells to it, and while it is
 * so small nothing else depends on it.
 */
export interface ExtinctionRule {
  /** The state that measures the cells, such as a tumour in mL. */
  readonly quantity: string
  /** Cells in one unit of it: 1e9 where a mL holds so many. */
  readonly cellsPerUnit: number
  /** Number of cells below which chance rules, a whole number. */
  readonly threshold: number
  /** Divisions of a cell per unit of time: the name of a parameter, state or output of the model. */
  readonly birth: string
  /** Deaths of a cell per unit of time, likewise. */
  readonly death: string
}

/** What came of an extinction rule in one course. */
export interface ExtinctionOutcome {
  /** When the cells became fewer than the threshold for the first time; NaN where they never did. */
  readonly entered: number
  /**
   * Probability, from then on, that they die out before they would be as many as the threshold again, or before the run
   * ends; 0 where they never were so few.
   */
  readonly probability: number
  /** What happened to this patient; absent where nothing was drawn. */
  readonly drawn?: DrawnExtinction
}

/** What chance did to the cells of one patient. */
export interface DrawnExtinction {
  readonly extinct: boolean
  /** When the last cell died; NaN where one is left. */
  readonly time: number
  /** When the cells were as many as the threshold again; NaN where they were not by the end of the (last) end phase. */
  readonly regrown: number
  /** Cells then, or at the end of that phase: the threshold, or more where growth began with more; 0 where none is left. */
  readonly cells: number
}
