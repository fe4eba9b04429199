import { nthRoot } from './nth-root.ts'

/** The numbers of step control; compiled steppers go by them, too. */
export const stepControl = {
  safety: 0.9,
  mostGrowth: 5,
  mostShrinkage: 0.2,
  notFiniteShrinkage: 0.25,
  /** A vanishing error norm would make the ratio of two of them meaningless. */
  leastNorm: 1e-10,
  /** Least root of an error norm to predict from, about that of 0.01: smaller errors say nothing about the next. */
  leastRoot: 0.4,
  /** Least step as a share of time: below it a step is lost in the rounding of t. */
  resolution: 16 * Number.EPSILON,
  /** A step that falls short of the target by less than this factor goes there. */
  stretch: 1.01,
} as const

const { safety, mostGrowth, mostShrinkage, notFiniteShrinkage, leastNorm, leastRoot } = stepControl

/**
 * Chooses step lengths by Gustafsson's predictive controller (Hairer & Wanner II, IV.8): the error is assumed to go on
 * changing as it did over the last two accepted steps.
 *
 * A step grows at most fivefold, and not at all right after a rejection.
 */
export class StepController {
  /** Length of the next step, as far as the error has a say. */
  step = Number.NaN
  /** Length of the last accepted step, 0 where there is none, and the root of its error norm. */
  lastStep = 0
  lastRoot = 0
  afterRejection = false
  /** Rejections in a row, counted by steppers. */
  rejections = 0

  /** Begins anew with a first step. */
  begin(step: number): void {
    this.step = step
    this.lastStep = 0
    this.lastRoot = 0
    this.afterRejection = false
    this.rejections = 0
  }

  /** Takes note of an accepted step of length `h` whose error norm is of order h^q; the next is at most `longest`. */
  accepted(h: number, norm: number, q: number, longest = Number.POSITIVE_INFINITY): void {
    const root = nthRoot(Math.max(norm, leastNorm), q)
    let factor = safety / root
    if (this.lastStep > 0) {
      const predicted = (safety * (h / this.lastStep) * this.lastRoot) / (root * root)
      if (predicted < factor) factor = predicted
    }
    factor = Math.min(this.afterRejection ? 1 : mostGrowth, Math.max(mostShrinkage, factor))
    this.afterRejection = false
    this.rejections = 0
    this.lastStep = h
    this.lastRoot = Math.max(root, leastRoot)
    this.step = h * factor
    if (longest < this.step) this.step = longest
  }

  /** Takes note of a rejected attempt of length `h`; `norm` may be NaN or Infinity. */
  rejected(h: number, norm: number, q: number): void {
    this.afterRejection = true
    this.rejections++
    this.step = h * (norm < Number.POSITIVE_INFINITY ? shrinkage(norm, q) : notFiniteShrinkage)
  }
}

function shrinkage(norm: number, q: number): number {
  return Math.min(safety, Math.max(mostShrinkage, safety / nthRoot(norm, q)))
}
