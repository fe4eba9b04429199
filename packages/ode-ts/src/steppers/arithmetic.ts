/**
 * How the squares of a weighted error are added up:
 *
 * - 'halves': error/weight; those of even index in their order, those of odd index in theirs, then both sums;
 * - 'reciprocals': error·(1/weight), in order of index.
 */
export type ErrorSum = 'halves' | 'reciprocals'

/**
 * The order of operations that a plain stepper is to keep, where there is a choice: so that its results have the bits of
 * another implementation of the same formulas.
 */
export interface Arithmetic {
  readonly errorSum: ErrorSum
}

export const plainArithmetic: Arithmetic = { errorSum: 'halves' }
