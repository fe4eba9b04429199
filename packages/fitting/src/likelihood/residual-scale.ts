import { exp, expit, expm1, log, log1p, logit, normalCdf, normalQuantile, pow } from '@cartkin/numerics'

/**
 * The scale on which residuals are formed: of the value itself, of its logarithm, of the logit or the probit of its place between two
 * bounds, or by Yeo & Johnson (Biometrika 87:954, 2000) with λ from 0 to 2, for which every place on the scale is a value's.
 */
export type ResidualScale =
  | 'log'
  | 'linear'
  | { readonly kind: 'logit' | 'probit'; readonly low: number; readonly high: number }
  | { readonly kind: 'yeoJohnson'; readonly lambda: number }

/** A monotone scale h. */
export interface ScaleFunctions {
  /** h(y): −∞ and ∞ at the ends of the scale and beyond. */
  readonly place: (value: number) => number
  readonly value: (place: number) => number
  /** h′(y), within the scale. */
  readonly slope: (value: number) => number
  /** log h′(y), without overflow. */
  readonly logSlope: (value: number) => number
  /** Values between which it is finite, both left out. */
  readonly low: number
  readonly high: number
}

const logRootTwoPi = 0.9189385332046728

const linear: ScaleFunctions = {
  place: (value) => value,
  value: (place) => place,
  slope: () => 1,
  logSlope: () => 0,
  low: -Infinity,
  high: Infinity,
}

const logarithmic: ScaleFunctions = {
  place: (value) => (value > 0 ? log(value) : -Infinity),
  value: exp,
  slope: (value) => 1 / value,
  logSlope: (value) => -log(value),
  low: 0,
  high: Infinity,
}

/** Values between which residuals can be formed on a scale, both left out. */
export function scaleEnds(scale: ResidualScale): Pick<ScaleFunctions, 'low' | 'high'> {
  if (scale === 'log') return { low: 0, high: Infinity }
  return scale === 'linear' || scale.kind === 'yeoJohnson' ? { low: -Infinity, high: Infinity } : scale
}

/** A scale by its functions. */
export function scaleFunctions(scale: ResidualScale): ScaleFunctions {
  if (scale === 'linear') return linear
  if (scale === 'log') return logarithmic
  if (scale.kind === 'yeoJohnson') return yeoJohnson(scale.lambda)
  const { kind, low, high } = scale
  const width = high - low
  const share = (value: number) => (value - low) / width
  const [inner, outer] = kind === 'logit' ? [logit, expit] : [normalQuantile, normalCdf]
  const logSlope = (value: number) => {
    if (kind === 'logit') return log(width) - log(value - low) - log(high - value)
    const z = normalQuantile(share(value))
    return 0.5 * z * z + logRootTwoPi - log(width)
  }
  return {
    place: (value) => (value <= low ? -Infinity : value >= high ? Infinity : inner(share(value))),
    value: (place) => low + width * outer(place),
    slope: (value) => exp(logSlope(value)),
    logSlope,
    low,
    high,
  }
}

function yeoJohnson(lambda: number): ScaleFunctions {
  const power = (size: number, exponent: number) =>
    exponent === 0 ? log1p(size) : expm1(exponent * log1p(size)) / exponent
  const back = (place: number, exponent: number) =>
    exponent === 0 ? expm1(place) : pow(1 + exponent * place, 1 / exponent) - 1
  const logSlope = (value: number) => (value >= 0 ? (lambda - 1) * log1p(value) : (1 - lambda) * log1p(-value))
  return {
    place: (value) => (value >= 0 ? power(value, lambda) : -power(-value, 2 - lambda)),
    value: (place) => (place >= 0 ? back(place, lambda) : -back(-place, 2 - lambda)),
    slope: (value) => exp(logSlope(value)),
    logSlope,
    low: -Infinity,
    high: Infinity,
  }
}
