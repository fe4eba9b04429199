/** One figure of an analysis; NaN with the reason where it is not defined. A defined one may have a remark in `note`. */
export interface Figure {
  readonly name: string
  readonly label: string
  /** Empty where the figure has none, or a unit it is made from is not known. */
  readonly unit: string
  readonly value: number
  readonly note: string
}
