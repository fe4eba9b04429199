import {
  digamma,
  erf,
  erfc,
  erfInverse,
  gammaFunction,
  lgamma,
  normalCdf,
  polygamma,
  trigamma,
} from '@cartkin/numerics'
import type { Jet } from './termed-dual.ts'

const root = (u: number): number => Math.sqrt(1 - u * u)
const logistic = (u: number): number => 1 / (1 + Math.exp(-u))

const bell = (u: number): number => Math.exp(-u * u)
const density = (u: number): number => Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI)
const perErf = 2 / Math.sqrt(Math.PI)

/**
 * Functions of the language with their first two derivatives, by name; written down here once more. Values of special functions are
 * those of numerics, which have tests of their own.
 */
export const functionJets: Readonly<Record<string, (u: number) => Jet>> = {
  exp: (u) => [Math.exp(u), Math.exp(u), Math.exp(u)],
  log: (u) => [Math.log(u), 1 / u, -1 / (u * u)],
  log10: (u) => [Math.log10(u), 1 / (u * Math.LN10), -1 / (u * u * Math.LN10)],
  log2: (u) => [Math.log2(u), 1 / (u * Math.LN2), -1 / (u * u * Math.LN2)],
  log1p: (u) => [Math.log1p(u), 1 / (1 + u), -1 / (1 + u) ** 2],
  expm1: (u) => [Math.expm1(u), Math.exp(u), Math.exp(u)],
  sqrt: (u) => [Math.sqrt(u), 0.5 / Math.sqrt(u), -0.25 / (u * Math.sqrt(u))],
  sin: (u) => [Math.sin(u), Math.cos(u), -Math.sin(u)],
  cos: (u) => [Math.cos(u), -Math.sin(u), -Math.cos(u)],
  tan: (u) => [Math.tan(u), 1 / Math.cos(u) ** 2, (2 * Math.tan(u)) / Math.cos(u) ** 2],
  sinh: (u) => [Math.sinh(u), Math.cosh(u), Math.sinh(u)],
  cosh: (u) => [Math.cosh(u), Math.sinh(u), Math.cosh(u)],
  tanh: (u) => [Math.tanh(u), 1 / Math.cosh(u) ** 2, (-2 * Math.tanh(u)) / Math.cosh(u) ** 2],
  asin: (u) => [Math.asin(u), 1 / root(u), u / root(u) ** 3],
  acos: (u) => [Math.acos(u), -1 / root(u), -u / root(u) ** 3],
  atan: (u) => [Math.atan(u), 1 / (1 + u * u), (-2 * u) / (1 + u * u) ** 2],
  expit: (u) => {
    const p = logistic(u)
    const q = logistic(-u)
    return [p, p * q, p * q * (q - p)]
  },
  logit: (u) => [Math.log(u / (1 - u)), 1 / (u * (1 - u)), (2 * u - 1) / (u * (1 - u)) ** 2],
}

/** Special functions, likewise. */
export const specialJets: Readonly<Record<string, (u: number) => Jet>> = {
  asinh: (u) => [Math.asinh(u), 1 / Math.sqrt(1 + u * u), -u / (1 + u * u) ** 1.5],
  acosh: (u) => [Math.acosh(u), 1 / Math.sqrt(u * u - 1), -u / (u * u - 1) ** 1.5],
  atanh: (u) => [Math.atanh(u), 1 / (1 - u * u), (2 * u) / (1 - u * u) ** 2],
  log1pexp: (u) => [Math.log1p(Math.exp(u)), logistic(u), logistic(u) * logistic(-u)],
  sinpi: (u) => [Math.sin(Math.PI * u), Math.PI * Math.cos(Math.PI * u), -(Math.PI ** 2) * Math.sin(Math.PI * u)],
  cospi: (u) => [Math.cos(Math.PI * u), -Math.PI * Math.sin(Math.PI * u), -(Math.PI ** 2) * Math.cos(Math.PI * u)],
  erf: (u) => [erf(u), perErf * bell(u), -2 * u * perErf * bell(u)],
  erfc: (u) => [erfc(u), -perErf * bell(u), 2 * u * perErf * bell(u)],
  phi: (u) => [normalCdf(u), density(u), -u * density(u)],
  erfinv: (u) => {
    const x = erfInverse(u)
    const slope = 1 / (perErf * bell(x))
    return [x, slope, 2 * x * slope * slope]
  },
  lgamma: (u) => [lgamma(u), digamma(u), trigamma(u)],
  digamma: (u) => [digamma(u), trigamma(u), polygamma(2, u)],
  gamma: (u) => {
    const [value, rate] = [gammaFunction(u), digamma(u)]
    return [value, value * rate, value * (rate * rate + trigamma(u))]
  },
  GELU: (u) => [u * normalCdf(u), normalCdf(u) + u * density(u), (2 - u * u) * density(u)],
  Swish: (u) => {
    const [p, q] = [logistic(u), logistic(-u)]
    return [u * p, p + u * p * q, p * q * (2 + u * (q - p))]
  },
}

/** Functions that are constant between their jumps. */
export const stepFunctions: Readonly<Record<string, (u: number) => number>> = {
  floor: Math.floor,
  ceiling: Math.ceil,
  trunc: Math.trunc,
}
