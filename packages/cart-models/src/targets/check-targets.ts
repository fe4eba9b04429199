import type { Trust } from '../library/library-model.ts'
import type { CalibrationTarget } from './calibration-targets.ts'
import type { Tuning } from './target-tuning.ts'

/** A target with our own value beside the published one. */
export interface TargetCheck {
  readonly id: string
  readonly quantity: string
  readonly value: number
  readonly lo: number
  readonly hi: number
  /** Our value; NaN where it is not defined. */
  readonly ours: number
  /** lo <= ours <= hi, limits included. */
  readonly pass: boolean
  readonly trust: Trust
  readonly source: string
  readonly population: string
  readonly unit: string
  /** What of the model was chosen with this target in view. */
  readonly tuning: Tuning
  readonly tuningReason: string
}

/** Key numbers by model, as the targets' metrics name them: `{ lupus: lupusKeyNumbers(…), stein: … }`. */
export type KeyNumbers = Readonly<Record<string, Readonly<Record<string, number>>>>

/**
 * Holds key numbers against the targets of their models, in the order of the targets; targets of models without key
 * numbers are left out. Throws an Error for a metric that a given model's key numbers lack.
 */
export function checkTargets(targets: readonly CalibrationTarget[], keyNumbers: KeyNumbers): readonly TargetCheck[] {
  return targets.flatMap(({ model: _, metric, ...target }) => {
    const dot = metric.indexOf('.')
    const numbers = keyNumbers[metric.slice(0, dot)]
    if (numbers === undefined) return []
    const ours = numbers[metric.slice(dot + 1)]
    if (ours === undefined)
      throw new Error(`target ${target.id} needs the key number ${metric}, which was not computed`)
    return [{ ...target, ours, pass: ours >= target.lo && ours <= target.hi }]
  })
}
