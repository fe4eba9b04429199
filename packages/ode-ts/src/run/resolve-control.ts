import type { StepControl } from '../options.ts'

/** Step control with every default filled in and every value checked. */
export interface ResolvedControl {
  readonly rtol: number
  readonly atol: Float64Array
  /** NaN: to be chosen. */
  readonly initialStep: number
  readonly maxStep: number
  readonly maxSteps: number
}

/** Least absolute tolerance: keeps the weight of a state that is exactly zero above zero. */
const leastAtol = 1e-150

/** Checks step control for `n` states; throws a RangeError that names the option, its value and what is allowed. */
export function resolveControl(control: StepControl, n: number): ResolvedControl {
  const {
    rtol = 1e-6,
    atol = 1e-9,
    initialStep = Number.NaN,
    maxStep = Number.POSITIVE_INFINITY,
    maxSteps = 100_000,
  } = control
  if (!(rtol >= 0 && rtol < 1)) throw new RangeError(`rtol must be in [0, 1), got ${rtol}`)
  if (typeof atol !== 'number' && atol.length !== n) {
    throw new RangeError(
      `atol has ${atol.length} entries, but the system has ${n} states; give one number or one for each state`,
    )
  }
  const each = typeof atol === 'number' ? new Float64Array(n).fill(atol) : atol
  for (let i = 0; i < n; i++) {
    const value = each[i]!
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`atol${typeof atol === 'number' ? '' : `[${i}]`} must be a finite number ≥ 0, got ${value}`)
    }
    if (value === 0 && rtol === 0)
      throw new RangeError(`rtol and atol are both 0 for state ${i}; one of them must be positive`)
  }
  if (!(Number.isNaN(initialStep) ? control.initialStep === undefined : initialStep > 0)) {
    throw new RangeError(`initialStep must be positive, got ${initialStep}`)
  }
  if (!(maxStep > 0)) throw new RangeError(`maxStep must be positive, got ${maxStep}`)
  if (!(maxSteps >= 1)) throw new RangeError(`maxSteps must be at least 1, got ${maxSteps}`)
  return { rtol, atol: each.map((value) => Math.max(value, leastAtol)), initialStep, maxStep, maxSteps }
}
