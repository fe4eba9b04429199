import type { ErrorTransform } from '@cartkin/model'
import { exp, expit, expm1, log, log1p, logit, normalCdf, normalQuantile, pow } from '@cartkin/numerics'

/** The scale on which a residual is added, and the way back. */
export interface Scale {
  /** NaN where the value has no place on the scale. */
  readonly to: (value: number) => number
  readonly from: (place: number) => number
}

/** The scale of a residual error; `lambda` of Box-Cox and Yeo-Johnson, which others do not need. */
export function scaleOf(transform: ErrorTransform, lambda: number): Scale {
  switch (transform.kind) {
    case 'identity':
      return { to: (value) => value, from: (place) => place }
    case 'log':
      return { to: (value) => (value > 0 ? log(value) : Number.NaN), from: exp }
    case 'logit':
    case 'probit': {
      const { low, high } = transform
      const width = high - low
      const [inner, outer] = transform.kind === 'logit' ? [logit, expit] : [normalQuantile, normalCdf]
      return {
        to: (value) => (value > low && value < high ? inner((value - low) / width) : Number.NaN),
        from: (place) => low + width * outer(place),
      }
    }
    case 'boxCox':
      return { to: (value) => boxCox(value, lambda), from: (place) => fromBoxCox(place, lambda) }
    case 'yeoJohnson':
      return { to: (value) => yeoJohnson(value, lambda), from: (place) => fromYeoJohnson(place, lambda) }
  }
}

/** Box & Cox, J. R. Statist. Soc. B 26:211, 1964. */
function boxCox(value: number, lambda: number): number {
  if (!(value > 0)) return Number.NaN
  return lambda === 0 ? log(value) : expm1(lambda * log(value)) / lambda
}

/** A place below the scale's end, which a normal residual may reach, is the value at that end. */
function fromBoxCox(place: number, lambda: number): number {
  if (lambda === 0) return exp(place)
  const power = 1 + lambda * place
  return power > 0 ? pow(power, 1 / lambda) : lambda > 0 ? 0 : power <= 0 ? Number.POSITIVE_INFINITY : Number.NaN
}

/** Yeo & Johnson, Biometrika 87:954, 2000. */
function yeoJohnson(value: number, lambda: number): number {
  if (value >= 0) return lambda === 0 ? log1p(value) : expm1(lambda * log1p(value)) / lambda
  return lambda === 2 ? -log1p(-value) : -expm1((2 - lambda) * log1p(-value)) / (2 - lambda)
}

function fromYeoJohnson(place: number, lambda: number): number {
  if (place >= 0) return lambda === 0 ? expm1(place) : shifted(1 + lambda * place, 1 / lambda)
  return lambda === 2 ? -expm1(-place) : -shifted(1 - (2 - lambda) * place, 1 / (2 - lambda))
}

/** power^exponent − 1, with the end of the scale where the power is not positive. */
function shifted(power: number, exponent: number): number {
  return power > 0 ? pow(power, exponent) - 1 : exponent > 0 ? -1 : Number.POSITIVE_INFINITY
}
