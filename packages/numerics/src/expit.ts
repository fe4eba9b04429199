import { exp } from './exp.ts'

/** Logistic function 1 / (1 + e^(−x)), the inverse of logit, with the same bits in every engine; error below 2 units in the last place. */
export function expit(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x))
  const odds = exp(x)
  return odds / (1 + odds)
}
