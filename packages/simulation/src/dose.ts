/** One administration after expansion: ADDL unrolled, state resolved; before bioavailability and lag. */
export interface Dose {
  readonly kind: 'dose'
  readonly time: number
  /** Index of the state dosed; undefined in a model without states. */
  readonly state: number | undefined
  readonly amount: number
  /** Covariates of its record, where they differ from those of its time. */
  readonly covariates?: Readonly<Record<string, number>>
  /** How it is given; 'modelled-rate' and 'modelled-duration' take rate(x) and dur(x) of the text. */
  readonly course:
    | { readonly kind: 'bolus' }
    | { readonly kind: 'rate'; readonly rate: number }
    | { readonly kind: 'duration'; readonly duration: number }
    | { readonly kind: 'modelled-rate' }
    | { readonly kind: 'modelled-duration' }
    /** It counts, but nothing goes into the state. */
    | { readonly kind: 'phantom' }
}

/** The system goes back to the state of its start, and infusions and doses that were still to come from earlier records end. */
export interface Reset {
  readonly kind: 'reset'
  readonly time: number
}

/** A record at which the state is wanted in record order: only those that share their time with something given. */
export interface Capture {
  readonly kind: 'capture'
  readonly time: number
  /** Index of the record. */
  readonly record: number
}

export type Administration = Dose | Reset | Capture
