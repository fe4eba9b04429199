import type { Jet } from './termed-dual.ts'

const root = (u: number): number => Math.sqrt(1 - u * u)
const logistic = (u: number): number => 1 / (1 + Math.exp(-u))

/** Functions of the language with their first two derivatives, by name; written down here once more. */
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

/** Functions that are constant between their jumps. */
export const stepFunctions: Readonly<Record<string, (u: number) => number>> = {
  floor: Math.floor,
  ceiling: Math.ceil,
  trunc: Math.trunc,
}
