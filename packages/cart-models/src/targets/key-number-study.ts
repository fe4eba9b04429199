import type { ColumnTable, Regimen } from '@cartkin/simulation'

/** One course behind key numbers: a patient, a dose, a scenario. */
export interface StudyCourse {
  /** What it is, for messages: 'patient 3', '450e6 cells'. */
  readonly name: string
  /** Parameter values that differ from the model's. */
  readonly parameters: Readonly<Record<string, number>>
  /** Absent: the model's own. */
  readonly regimen?: Regimen
}

/** A course that was run. */
export interface RunCourse extends StudyCourse {
  /** Columns `time`, states and outputs; rows before and after each dose (`twoSidedGridTable`). */
  readonly table: ColumnTable
  /** Value of a parameter in this run; throws a RangeError for a name that the model lacks. */
  readonly value: (parameter: string) => number
}

/** Runs of a library model, and the figures read from them that are held against published ones. */
export interface KeyNumberStudy {
  /** What the metrics of its targets begin with: 'singh_450M' in `singh_450M.transgene_peak`. */
  readonly name: string
  /** Library model. */
  readonly model: string
  /** At least one. */
  readonly courses: readonly StudyCourse[]
  /** How many of the courses, from the first on, stand for all of them in figures; all where absent. */
  readonly shown?: number
  /** Ascending times of the rows, from the start of the model on. */
  readonly times: () => Float64Array
  /** Tolerances where 1e-8 and 1e-10 do not suit the scale of the states. */
  readonly rtol?: number
  readonly atol?: number
  /** The figures by the rest of their metric, dots included: `C.7`, `ref.Cmax`; in the order of `courses`. */
  readonly numbers: (courses: readonly RunCourse[]) => Readonly<Record<string, number>>
}
