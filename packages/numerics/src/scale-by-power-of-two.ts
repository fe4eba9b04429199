/** 2^-1074 … 2^1023, every power of two that is a double. */
const powersOfTwo = Float64Array.from({ length: 2098 }, (_, i) => {
  let power = 1
  for (let j = 1074; j < i; j++) power *= 2
  for (let j = i; j < 1074; j++) power *= 0.5
  return power
})

/** 2^n for an integer n in [-1074, 1023]. */
export function powerOfTwo(n: number): number {
  return powersOfTwo[n + 1074]!
}

/** m · 2^n for an integer n in [-2148, 2046], rounded once where m · 2^(n/2) is a normal number. */
export function scaleByPowerOfTwo(m: number, n: number): number {
  const half = n >> 1
  return m * powersOfTwo[half + 1074]! * powersOfTwo[n - half + 1074]!
}
