import {
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  expit,
  expm1,
  log,
  log1p,
  log2,
  log10,
  logit,
  pow,
  sin,
  sinh,
  tan,
  tanh,
} from '@cartkin/numerics'
import { specialFunction, specialFunctions } from './special-functions.ts'

/**
 * What a node of the graph computes. Codes are stable: the tape evaluator and later the code generator switch on them.
 *
 * Leaves come first; their one argument is an index (of the constant, state, parameter or switch), not a node.
 */
export const Operation = {
  constant: 0,
  time: 1,
  state: 2,
  parameter: 3,
  switch: 4,
  add: 5,
  subtract: 6,
  multiply: 7,
  divide: 8,
  negate: 9,
  power: 10,
  exp: 11,
  log: 12,
  sqrt: 13,
  abs: 14,
  min: 15,
  max: 16,
  floor: 17,
  ceil: 18,
  trunc: 19,
  less: 20,
  lessEqual: 21,
  equal: 22,
  notEqual: 23,
  and: 24,
  or: 25,
  not: 26,
  /** Third argument where the first is 0, else the second; the value not chosen has no influence, NaN or not. */
  select: 27,
  log10: 28,
  log2: 29,
  log1p: 30,
  expm1: 31,
  sin: 32,
  cos: 33,
  tan: 34,
  sinh: 35,
  cosh: 36,
  tanh: 37,
  asin: 38,
  acos: 39,
  atan: 40,
  expit: 41,
  logit: 42,
  /** A leaf: its argument is the index of a dose input. */
  dose: 43,
  // those of `specialFunctions`, in its order
  lgamma: 44,
  digamma: 45,
  trigamma: 46,
  gamma: 47,
  lgamma1p: 48,
  erf: 49,
  erfc: 50,
  normalCdf: 51,
  normalQuantile: 52,
  asinh: 53,
  acosh: 54,
  atanh: 55,
  sinPi: 56,
  cosPi: 57,
  log1pexp: 58,
  log1pmx: 59,
  atan2: 60,
  modulo: 61,
  polygamma: 62,
  erfInverse: 63,
  lbeta: 64,
  choose: 65,
  gammaP: 66,
  gammaQ: 67,
  gammaDensity: 68,
  gammaPSlope: 69,
  gammaPInverse: 70,
  gammaQInverse: 71,
  gammaPInverseA: 72,
  gammaQInverseA: 73,
  besselJ: 74,
  besselY: 75,
  besselIScaled: 76,
  besselKScaled: 77,
} as const

export type Operation = (typeof Operation)[keyof typeof Operation]

/** Number of node arguments by code. */
export const arity: readonly number[] = [
  0,
  0,
  0,
  0,
  0,
  2,
  2,
  2,
  2,
  1,
  2,
  1,
  1,
  1,
  1,
  2,
  2,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  2,
  2,
  1,
  3,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  0,
  ...specialFunctions.map(({ arity }) => arity),
]

/** Value of one operation on numbers; what constant folding and the tests use, equal to the tape evaluator bit for bit. */
export function operate(operation: Operation, a: number, b: number, c: number): number {
  switch (operation) {
    case Operation.add:
      return a + b
    case Operation.subtract:
      return a - b
    case Operation.multiply:
      return a * b
    case Operation.divide:
      return a / b
    case Operation.negate:
      return -a
    case Operation.power:
      return pow(a, b)
    case Operation.exp:
      return exp(a)
    case Operation.log:
      return log(a)
    case Operation.sqrt:
      return Math.sqrt(a)
    case Operation.abs:
      return Math.abs(a)
    case Operation.min:
      return Math.min(a, b)
    case Operation.max:
      return Math.max(a, b)
    case Operation.floor:
      return Math.floor(a)
    case Operation.ceil:
      return Math.ceil(a)
    case Operation.trunc:
      return Math.trunc(a)
    case Operation.less:
      return a < b ? 1 : 0
    case Operation.lessEqual:
      return a <= b ? 1 : 0
    case Operation.equal:
      return a === b ? 1 : 0
    case Operation.notEqual:
      return a !== b ? 1 : 0
    case Operation.and:
      return a !== 0 && b !== 0 ? 1 : 0
    case Operation.or:
      return a !== 0 || b !== 0 ? 1 : 0
    case Operation.not:
      return a === 0 ? 1 : 0
    case Operation.select:
      return a !== 0 ? b : c
    case Operation.log10:
      return log10(a)
    case Operation.log2:
      return log2(a)
    case Operation.log1p:
      return log1p(a)
    case Operation.expm1:
      return expm1(a)
    case Operation.sin:
      return sin(a)
    case Operation.cos:
      return cos(a)
    case Operation.tan:
      return tan(a)
    case Operation.sinh:
      return sinh(a)
    case Operation.cosh:
      return cosh(a)
    case Operation.tanh:
      return tanh(a)
    case Operation.asin:
      return asin(a)
    case Operation.acos:
      return acos(a)
    case Operation.atan:
      return atan(a)
    case Operation.expit:
      return expit(a)
    case Operation.logit:
      return logit(a)
    default:
      return specialFunction(operation)?.value(a, b, c) ?? Number.NaN
  }
}
