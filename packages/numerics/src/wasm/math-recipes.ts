import type { LaneAssembler } from './lane-assembler.ts'
import type { LaneNumber } from './lane-value.ts'
import { erf, erfc } from './recipes/error-function-recipe.ts'
import { exp, expit, expWide } from './recipes/exp-recipe.ts'
import { digamma, gammaFunction, lgamma1p, trigamma } from './recipes/gamma-recipe.ts'
import { cosh, expm1, expm1Wide, sinh, tanh } from './recipes/hyperbolic-recipe.ts'
import { acosh, asinh, atan2, atanh } from './recipes/inverse-recipe.ts'
import { acos, asin, atan } from './recipes/inverse-trigonometric-recipe.ts'
import { lgamma } from './recipes/lgamma-recipe.ts'
import {
  log,
  log1p,
  log1pWide,
  log2,
  log2Wide,
  log10,
  log10Wide,
  logit,
  logitWide,
  logWide,
} from './recipes/log-recipe.ts'
import { log1pexp, log1pmx } from './recipes/log1p-recipe.ts'
import { modulo } from './recipes/modulo-recipe.ts'
import { normalCdf, normalQuantile } from './recipes/normal-recipe.ts'
import { pow, powWide } from './recipes/pow-recipe.ts'
import { cosPi, sinPi } from './recipes/sin-pi-recipe.ts'
import { cos, sin, tan } from './recipes/trigonometric-recipe.ts'

/** Writes the instructions of a function of numbers in lanes. */
export type Recipe =
  | { readonly arity: 1; readonly write: (lane: LaneAssembler, x: LaneNumber) => LaneNumber }
  | { readonly arity: 2; readonly write: (lane: LaneAssembler, x: LaneNumber, y: LaneNumber) => LaneNumber }

/** The functions that {@link addMathFunctions} knows; those of the same name in TypeScript have equal bits. */
export const mathNames = [
  'exp',
  'expm1',
  'expit',
  'log',
  'log1p',
  'log2',
  'log10',
  'logit',
  'pow',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'erf',
  'erfc',
  'lgamma',
  'normalCdf',
  'normalQuantile',
  'lgamma1p',
  'gammaFunction',
  'digamma',
  'trigamma',
  'asinh',
  'acosh',
  'atanh',
  'sinPi',
  'cosPi',
  'log1pexp',
  'log1pmx',
  'atan2',
  'modulo',
] as const

export type MathName = (typeof mathNames)[number]

type Unary = Extract<Recipe, { arity: 1 }>['write']

// beside the public functions those for arguments that are rare
const unary: Readonly<Record<string, Unary>> = {
  exp,
  expm1,
  expit,
  log,
  log1p,
  log2,
  log10,
  logit,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  erfc,
  lgamma,
  normalCdf,
  normalQuantile,
  lgamma1p,
  gammaFunction,
  digamma,
  trigamma,
  asinh,
  acosh,
  atanh,
  sinPi,
  cosPi,
  log1pexp,
  log1pmx,
  expWide,
  expm1Wide,
  logWide,
  log1pWide,
  log2Wide,
  log10Wide,
  logitWide,
}

/** Every recipe by name. */
export const recipes: ReadonlyMap<string, Recipe> = new Map<string, Recipe>([
  ...Object.entries(unary).map(([name, write]): [string, Recipe] => [name, { arity: 1, write }]),
  ['pow', { arity: 2, write: pow }],
  ['powWide', { arity: 2, write: powWide }],
  ['atan2', { arity: 2, write: atan2 }],
  ['modulo', { arity: 2, write: modulo }],
])
