import type { Bounds } from '../document/desk.ts'
import type { ParameterInfo } from './opened-model.ts'

/** Between a parameter's value and its slider's position from 0 to 1; logarithmic for positive values. */
export interface ParameterScale {
  readonly kind: 'linear' | 'log'
  readonly low: number
  readonly high: number
  position(value: number): number
  value(position: number): number
}

/** How far the slider of a logarithm goes to either side: a tenth to ten times; that of a logit: from odds e³ to 1 to 1 to e³. */
const logReach = Math.log(10)
const logitReach = 3
/** The same for a random effect, in standard deviations. */
const deviations = 3

/**
 * The slider of a parameter: between its bounds where it was given some, on a log scale where both are positive and the
 * parameter is an amount. Else a tenth to ten times its value on a log scale, within what the model allows; fractions stay
 * below 1; a value of 0 gets a linear scale to 1. Logarithms, logits and random effects have linear ones that reach as far
 * to either side. Wider when `present` lies outside.
 */
export function parameterScale(info: ParameterInfo, present: number, bounds?: Bounds): ParameterScale {
  const { low, high } = bounds ? { low: bounds.lower, high: bounds.upper } : usualRange(info)
  const wideLow = Math.min(low, present)
  const wideHigh = Math.max(high, present)
  return isLinear(info) || !(wideLow > 0) ? linearScale(wideLow, wideHigh) : logScale(wideLow, wideHigh)
}

/** Bounds of a parameter that was given none. */
export function usualBounds(info: ParameterInfo): Bounds {
  const { low, high } = usualRange(info)
  return { lower: low, upper: high }
}

function usualRange(info: ParameterInfo): { readonly low: number; readonly high: number } {
  const { value, unit, lowest, highest } = info
  const reach = linearReach(info)
  if (reach !== null) return { low: Math.max(lowest, value - reach), high: Math.min(highest, value + reach) }
  if (!(value > 0)) return { low: Math.max(lowest, Math.min(value * 2, 0)), high: Math.min(highest, 1) }
  const isFraction = (unit === '1' || unit === '') && value < 1
  return { low: Math.max(lowest, shortest(value / 10)), high: Math.min(highest, isFraction ? 1 : shortest(value * 10)) }
}

/** Whether a slider moves in equal steps of the value itself. */
function isLinear(info: ParameterInfo): boolean {
  return linearReach(info) !== null || !(info.value > 0)
}

/** How far a slider goes to either side of a value that is no amount; null for amounts. */
function linearReach({ transform, deviation }: ParameterInfo): number | null {
  if (deviation !== undefined) return deviations * (deviation || 1)
  if (transform.kind === 'identity') return null
  return transform.kind === 'log' ? logReach : logitReach
}

function linearScale(low: number, high: number): ParameterScale {
  return {
    kind: 'linear',
    low,
    high,
    position: (value) => (high > low ? clamp((value - low) / (high - low)) : 0),
    value: (position) => between(low, high, position, low + clamp(position) * (high - low)),
  }
}

function logScale(low: number, high: number): ParameterScale {
  const span = Math.log(high / low)
  return {
    kind: 'log',
    low,
    high,
    position: (value) => (high > low ? clamp(Math.log(value / low) / span) : 0),
    value: (position) => between(low, high, position, low * Math.exp(clamp(position) * span)),
  }
}

/** The ends as they are, and in between few digits, so that what the number box shows is what is simulated. */
function between(low: number, high: number, position: number, value: number): number {
  if (position <= 0) return low
  return position >= 1 ? high : Math.min(high, Math.max(low, rounded(value, high - low)))
}

function clamp(position: number): number {
  return Math.min(1, Math.max(0, position))
}

/** Four significant digits, or as many as tell thousandths of a narrow range apart. */
function rounded(value: number, range: number): number {
  const size = Math.abs(value)
  const digits = size > 0 && range > 0 ? Math.ceil(Math.log10(size / range)) + 4 : 4
  return Number(value.toPrecision(Math.min(12, Math.max(4, digits))))
}

/** Without the digits that a multiplication by ten has left: 0.30000000000000004. */
function shortest(value: number): number {
  return Number(value.toPrecision(12))
}
