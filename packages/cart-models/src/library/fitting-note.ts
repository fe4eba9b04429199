/** How the parameters of a model are estimated from the data of one patient. */
export interface FittingNote {
  /** What is measured: a state or an output, with a log-normal error. */
  readonly quantity: string
  readonly estimated: readonly FittedParameter[]
  /** Residual standard deviation of the logarithm: where its estimate begins, and its value where data are too few for one. */
  readonly residual: { readonly sd: number; readonly source: string }
  /** Whether patients are fitted each alone unless the modeller says otherwise. */
  readonly individual: boolean
}

/** A parameter of a model that a patient's data may determine; estimated on the log scale. */
export interface FittedParameter {
  readonly name: string
  /** Bounds on the natural scale; of a 'peak', in parts of the largest value measured. */
  readonly lower: number
  readonly upper: number
  /** What of a patient's data its estimate begins with; absent: the value of the text. */
  readonly from?: 'peak' | 'time of peak' | 'early decline' | 'early half-life'
  /** Where the bounds come from. */
  readonly source: string
}
