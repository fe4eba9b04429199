/** One administration after expansion: ADDL unrolled, state resolved; before bioavailability and lag. */
export interface Dose {
  readonly kind: 'dose'
  readonly time: number
  /** Index of the state dosed; undefined in a model without states. */
  readonly state: number | undefined
  readonly amount: number
  /** Covariates of its record, where they differ from those of its time. */
  readonly covariates?: Readonly<Record<string, number>>
  /** How its time moves with the parameters of the sensitivities, its lag apart; absent where it does not. */
  readonly moves?: Float64Array
  /** How its amount changes with the parameters of the sensitivities, its bioavailability apart; absent where it does not. */
  readonly changes?: Float64Array
  /** Time of the record whose covariates it has, where that is another time. */
  readonly initiated?: number
  /** How it is given; 'modelled-rate' and 'modelled-duration' take rate(x) and dur(x) of the text. */
  readonly course:
    | { readonly kind: 'bolus' }
    | { readonly kind: 'rate'; readonly rate: number }
    | { readonly kind: 'duration'; readonly duration: number }
    | { readonly kind: 'modelled-rate' }
    | { readonly kind: 'modelled-duration' }
    /** It counts, but nothing goes into the state. */
    | { readonly kind: 'phantom' }
    /** It takes the place of what is in the state, or multiplies it. */
    | { readonly kind: 'replace' }
    | { readonly kind: 'multiply' }
}

/** The system goes back to the state it began in, and infusions and doses that were still to come from earlier records end. */
export interface Reset {
  readonly kind: 'reset'
  readonly time: number
  /** How its time moves with the parameters of the sensitivities; absent where it does not. */
  readonly moves?: Float64Array
}

/** What was given at an interval for ever before `time`, or infused without a break, or nothing, has led to a steady state. */
export interface Steady {
  readonly kind: 'steady'
  readonly time: number
  /** What is given; where there is an interval, it is also given now, as an item of its own. */
  readonly dose: Dose
  /** Undefined: an infusion without a break that ends now, or nothing. */
  readonly interval: number | undefined
  /** The steady state is added to what is there; else it takes its place, and what was still to come ends. */
  readonly isAdded: boolean
}

/** A state is turned off: it is empty and stays so; or on again. */
export interface StateSwitch {
  readonly kind: 'on' | 'off'
  readonly time: number
  readonly state: number
  /** How its time moves with the parameters of the sensitivities; absent where it does not. */
  readonly moves?: Float64Array
}

/** A record at which the state is wanted in record order. */
export interface Capture {
  readonly kind: 'capture'
  readonly time: number
  /** Index of the record. */
  readonly record: number
}

export type Administration = Dose | Reset | Steady | StateSwitch | Capture
