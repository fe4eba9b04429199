/** A dose in the form people write: amounts are numbers or expressions over the model's parameters. */
export interface RegimenDose {
  readonly time: number
  readonly cmt: string
  readonly amt: number | string
  readonly rate?: number
  readonly duration?: number
  readonly ii?: number
  readonly addl?: number
  /** For timelines and reports: "Fludarabine 25 mg/m²". */
  readonly label?: string
}

/** A named list of doses; day 0 is the infusion of the cells. */
export interface Regimen {
  readonly name: string
  readonly doses: readonly RegimenDose[]
}
