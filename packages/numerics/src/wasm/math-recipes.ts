import { exp, expWide } from './exp-recipe.ts'
import type { LaneAssembler, LaneNumber } from './lane-assembler.ts'
import { log, logWide } from './log-recipe.ts'
import { pow, powWide } from './pow-recipe.ts'

/** Writes the instructions of a function of numbers in lanes. */
export type Recipe =
  | { readonly arity: 1; readonly write: (lane: LaneAssembler, x: LaneNumber) => LaneNumber }
  | { readonly arity: 2; readonly write: (lane: LaneAssembler, x: LaneNumber, y: LaneNumber) => LaneNumber }

/** The functions that {@link addMathFunctions} knows; those of the same name in TypeScript have equal bits. */
export const mathNames = ['exp', 'log', 'pow'] as const

export type MathName = (typeof mathNames)[number]

type Unary = Extract<Recipe, { arity: 1 }>['write']

// beside the public functions those for arguments that are rare
const unary: Readonly<Record<string, Unary>> = { exp, expWide, log, logWide }

/** Every recipe by name. */
export const recipes: ReadonlyMap<string, Recipe> = new Map<string, Recipe>([
  ...Object.entries(unary).map(([name, write]): [string, Recipe] => [name, { arity: 1, write }]),
  ['pow', { arity: 2, write: pow }],
  ['powWide', { arity: 2, write: powWide }],
])
