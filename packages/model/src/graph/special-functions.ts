import {
  acosh,
  asinh,
  atan2,
  atanh,
  besselIScaled,
  besselJ,
  besselKScaled,
  besselY,
  choose,
  cosPi,
  digamma,
  erf,
  erfc,
  erfInverse,
  gammaDensity,
  gammaFunction,
  gammaP,
  gammaPInverse,
  gammaPInverseA,
  gammaPSlope,
  gammaQ,
  gammaQInverse,
  gammaQInverseA,
  lbeta,
  lgamma,
  lgamma1p,
  log1pexp,
  log1pmx,
  modulo,
  normalCdf,
  normalQuantile,
  polygamma,
  sinPi,
  trigamma,
} from '@cartkin/numerics'
import type { MathName } from '@cartkin/numerics/wasm'

/** A function that the graph knows as one operation. */
export interface SpecialFunction {
  readonly name: string
  readonly arity: 1 | 2 | 3
  readonly value: (a: number, b: number, c: number) => number
  /** Its name in WebAssembly; a model whose text uses one without runs as tapes. */
  readonly kernel?: MathName
  /** That of its derivatives is lacking: only as a derivative itself it runs in WebAssembly. */
  readonly inDerivativesOnly?: true
}

function one(name: string, value: (a: number) => number, kernel?: MathName): SpecialFunction {
  return { name, arity: 1, value, ...(kernel === undefined ? {} : { kernel }) }
}

function two(name: string, value: (a: number, b: number) => number, kernel?: MathName): SpecialFunction {
  return { name, arity: 2, value, ...(kernel === undefined ? {} : { kernel }) }
}

/** Code of the first of `specialFunctions` among the operations; the others follow in order. */
export const firstSpecial = 44

/** The operations from `firstSpecial` on, in the order of their codes. */
export const specialFunctions: readonly SpecialFunction[] = [
  one('lgamma', lgamma, 'lgamma'),
  { ...one('digamma', digamma, 'digamma'), inDerivativesOnly: true },
  { ...one('trigamma', trigamma, 'trigamma'), inDerivativesOnly: true },
  one('gamma', gammaFunction, 'gammaFunction'),
  one('lgamma1p', lgamma1p, 'lgamma1p'),
  one('erf', erf, 'erf'),
  one('erfc', erfc, 'erfc'),
  one('normalCdf', normalCdf, 'normalCdf'),
  one('normalQuantile', normalQuantile, 'normalQuantile'),
  one('asinh', asinh, 'asinh'),
  one('acosh', acosh, 'acosh'),
  one('atanh', atanh, 'atanh'),
  one('sinPi', sinPi, 'sinPi'),
  one('cosPi', cosPi, 'cosPi'),
  one('log1pexp', log1pexp, 'log1pexp'),
  one('log1pmx', log1pmx, 'log1pmx'),
  two('atan2', atan2, 'atan2'),
  two('modulo', modulo, 'modulo'),
  two('polygamma', polygamma),
  one('erfInverse', erfInverse),
  two('lbeta', lbeta),
  two('choose', choose),
  two('gammaP', gammaP),
  two('gammaQ', gammaQ),
  two('gammaDensity', gammaDensity),
  { name: 'gammaPSlope', arity: 3, value: gammaPSlope },
  two('gammaPInverse', gammaPInverse),
  two('gammaQInverse', gammaQInverse),
  two('gammaPInverseA', gammaPInverseA),
  two('gammaQInverseA', gammaQInverseA),
  two('besselJ', besselJ),
  two('besselY', besselY),
  two('besselIScaled', besselIScaled),
  two('besselKScaled', besselKScaled),
]

/** The special function of an operation; undefined for every other operation. */
export function specialFunction(operation: number): SpecialFunction | undefined {
  return operation < firstSpecial ? undefined : specialFunctions[operation - firstSpecial]
}
