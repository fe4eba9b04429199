/** Veltkamp's constant 2^27 + 1: splits a double into two halves whose products are exact. */
const veltkamp = 134217729

/** The upper half of x, |x| < 2^996: x − upperHalf(x) and products of halves are exact (T. J. Dekker, Numer. Math. 18, 224, 1971). */
export function upperHalf(x: number): number {
  const scaled = veltkamp * x
  return scaled - (scaled - x)
}

/** a·b − product exactly, where product is the rounded a·b and nothing over- or underflows. */
export function productError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a)
  const bHigh = upperHalf(b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}

/** (a + aLow) / (b + bLow) for low words far below their high words, rounded almost correctly. */
export function divideTwoWords(a: number, aLow: number, b: number, bLow: number): number {
  const quotient = a / b
  const product = quotient * b
  const remainder = a - product - productError(quotient, b, product) + (aLow - quotient * bLow)
  return quotient + remainder / b
}
