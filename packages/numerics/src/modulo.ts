import { productError } from './two-words.ts'

/** Above, no digit of a remainder is known. */
const largestQuotient = 9007199254740992

/**
 * Remainder of a by b with the sign of b, as `%%` of R: a − ⌊a/b⌋ b without the rounding of the product, with the same
 * bits in every engine.
 *
 * NaN for b = 0, an infinite a, and where |a/b| is above 2^53.
 */
export function modulo(a: number, b: number): number {
  const along = b < 0 ? -a : a
  const size = Math.abs(b)
  const quotient = Math.floor(along / size)
  if (size === Infinity) return Math.abs(a) < Infinity ? (along < 0 ? b : a) : NaN
  if (!(Math.abs(quotient) <= largestQuotient)) return NaN
  const product = quotient * size
  const remainder = along - product - productError(quotient, size, product)
  const above = remainder < 0 ? remainder + size : remainder
  const value = above >= size ? above - size : above
  return b < 0 ? 0 - value : value
}
