import { nthRoot } from './nth-root.ts'

const safety = 0.9
const mostGrowth = 5
const mostShrinkage = 0.2
const notFiniteShrinkage = 0.25
/** Least root of an error norm to predict from, about that of 0.01: smaller errors say nothing about the next. */
const leastRoot = 0.4

/**
 * Chooses step lengths by Gustafsson's predictive controller (Hairer & Wanner II, IV.8): the error is assumed to go on
 * changing as it did over the last two accepted steps.
 *
 * A step grows at most fivefold, and not at all right after a rejection.
 */
export class StepController {
  private lastStep = 0
  private lastRoot = 0
  private afterRejection = false

  /** Forgets the past. */
  reset(): void {
    this.lastStep = 0
    this.afterRejection = false
  }

  /** Next step length after an accepted step of length `h` whose error norm is of order h^q. */
  accepted(h: number, norm: number, q: number): number {
    // A vanishing norm would make the ratio of two of them meaningless.
    const root = nthRoot(Math.max(norm, 1e-10), q)
    let factor = safety / root
    if (this.lastStep > 0) {
      const predicted = (safety * (h / this.lastStep) * this.lastRoot) / (root * root)
      if (predicted < factor) factor = predicted
    }
    factor = Math.min(this.afterRejection ? 1 : mostGrowth, Math.max(mostShrinkage, factor))
    this.afterRejection = false
    this.lastStep = h
    this.lastRoot = Math.max(root, leastRoot)
    return h * factor
  }

  /** Step length to try after a rejected attempt of length `h`; `norm` may be NaN or Infinity. */
  rejected(h: number, norm: number, q: number): number {
    this.afterRejection = true
    if (!(norm < Number.POSITIVE_INFINITY)) return h * notFiniteShrinkage
    return h * Math.min(safety, Math.max(mostShrinkage, safety / nthRoot(norm, q)))
  }
}
