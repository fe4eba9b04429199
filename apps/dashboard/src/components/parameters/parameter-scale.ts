import type { ParameterInfo } from '../../state/opened-model.ts'

/** Between a parameter's value and its slider's position from 0 to 1; logarithmic for positive values. */
export interface ParameterScale {
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
 * The slider of a parameter: a tenth to ten times its value on a log scale, within what the model allows; fractions stay
 * below 1; a value of 0 gets a linear scale to 1. Logarithms, logits and random effects have linear ones that reach as far
 * to either side. Wider when `present` lies outside.
 */
export function parameterScale(info: ParameterInfo, present: number): ParameterScale {
  const { value, unit, lowest, highest } = info
  const reach = linearReach(info)
  if (reach !== null) {
    const low = Math.max(lowest, Math.min(value - reach, present))
    return linearScale(low, Math.min(highest, Math.max(value + reach, present)))
  }
  if (!(value > 0)) {
    const low = Math.max(lowest, Math.min(value * 2, present, 0))
    return linearScale(low, Math.min(highest, Math.max(1, present)))
  }
  const isFraction = (unit === '1' || unit === '') && value < 1
  const most = Math.min(highest, isFraction ? 1 : value * 10)
  const low = Math.max(lowest, value / 10)
  if (!(low > 0)) return linearScale(low, Math.max(most, present))
  return logScale(present > 0 ? Math.min(low, present) : low, Math.max(most, present))
}

/** How far a slider goes to either side of a value that is no amount; null for amounts. */
function linearReach({ transform, deviation }: ParameterInfo): number | null {
  if (deviation !== undefined) return deviations * (deviation || 1)
  if (transform.kind === 'identity') return null
  return transform.kind === 'log' ? logReach : logitReach
}

function linearScale(low: number, high: number): ParameterScale {
  return {
    low,
    high,
    position: (value) => clamp((value - low) / (high - low)),
    value: (position) => rounded(low + clamp(position) * (high - low)),
  }
}

function logScale(low: number, high: number): ParameterScale {
  const span = Math.log(high / low)
  return {
    low,
    high,
    position: (value) => clamp(Math.log(value / low) / span),
    value: (position) => {
      if (position <= 0) return low
      return position >= 1 ? high : rounded(low * Math.exp(position * span))
    },
  }
}

function clamp(position: number): number {
  return Math.min(1, Math.max(0, position))
}

/** Four significant digits, so that what the number box shows is what is simulated. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
