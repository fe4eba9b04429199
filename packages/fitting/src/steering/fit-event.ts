import type { FitOutcome } from '../fit-result.ts'
import type { FitCommand, SteeringCommand } from './steering-command.ts'

/** What a steered fit tells, in its order. */
export type FitEvent =
  | SteeredIteration
  /** A command took effect: what it did, in words, and the objective at the point from which the search goes on. */
  | {
      readonly kind: 'changed'
      readonly iteration: number
      readonly command: SteeringCommand
      readonly message: string
      readonly objective: number
      readonly parameters: readonly SteeredValue[]
    }
  /** A command that cannot be: nothing was changed. */
  | { readonly kind: 'refused'; readonly iteration: number; readonly command: FitCommand; readonly message: string }
  /** The search waits; `outcome` where it had come to its end and may be changed once more. */
  | { readonly kind: 'paused'; readonly iteration: number; readonly outcome: FitOutcome | null }
  | { readonly kind: 'resumed'; readonly iteration: number }
  | { readonly kind: 'ended'; readonly iteration: number; readonly outcome: FitOutcome }

/** An iteration of a steered fit. Everything but `elapsed` and `timeLeft` has the same bits wherever it runs. */
export interface SteeredIteration {
  readonly kind: 'iteration'
  /** Counted over all changes. */
  readonly iteration: number
  readonly evaluations: number
  /** At the point tried; NaN where it could not be evaluated. */
  readonly objective: number
  /** The lowest since the last change of the problem; that of `parameters`. */
  readonly best: number
  readonly accepted: boolean
  /** Largest component of the projected, scaled gradient; NaN in a search without derivatives. */
  readonly gradient: number
  /** What a Gauss–Newton step could still remove of the residuals, as a share, where the iteration began; NaN without derivatives. */
  readonly offset: number
  readonly stepSize: number
  /** All that were ever estimated in this fit, those held among them, at the best point. */
  readonly parameters: readonly SteeredValue[]
  /** Seconds of computation so far, without pauses. */
  readonly elapsed: number
  /** Null where nothing can be said. */
  readonly timeLeft: TimeLeft | null
}

export interface SteeredValue {
  readonly name: string
  readonly value: number
  readonly status: 'free' | 'at-lower' | 'at-upper' | 'fixed'
  /** Scaled derivative of the objective with respect to its coordinate, −1 to 1; NaN where held or without derivatives. */
  readonly gradient: number
}

/** An extrapolation: how long it takes if the offset goes on falling as it did in the last iterations. */
export interface TimeLeft {
  readonly seconds: number
  readonly iterations: number
  /** In words, what it rests on. */
  readonly basis: string
}
