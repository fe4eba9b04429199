const scratch = new DataView(new ArrayBuffer(8))
const leastNormal = 2.225_073_858_507_201_4e-308
const twoTo64 = 18_446_744_073_709_552_000
/** Exponents up to this size have their power of two in a table. */
const tabulated = 64
const powers = Float64Array.from({ length: 2 * tabulated + 1 }, (_, i) => computedPowerOfTwo(i - tabulated))

/**
 * The q-th root of x > 0, q a small integer (≤ 16), to 1e-7 relative and better, enough for lengths of steps, with the same bits in every engine: x is
 * split exactly into m·2^(q·k), 1 ≤ m < 2^q, and Newton's iteration for z^q = m runs a fixed number of times. Even q take
 * square roots first, which are exact in every engine.
 *
 * 0 for 0, Infinity for Infinity, NaN for negative x and NaN.
 */
export function nthRoot(x: number, q: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 || x > 0 ? x : Number.NaN
  if (q % 2 === 0) return nthRoot(Math.sqrt(x), q / 2)
  if (q === 1) return x
  let value = x
  let shift = 0
  if (value < leastNormal) {
    value *= twoTo64
    shift = -64
  }
  scratch.setFloat64(0, value)
  const own = (scratch.getUint32(0) >>> 20) - 1023
  // In two factors, since 2^1023 has no reciprocal that is a normal number.
  const half = own >> 1
  const fraction = value * powerOfTwo(-half) * powerOfTwo(half - own)
  const exponent = own + shift
  const k = Math.floor(exponent / q)
  const rest = exponent - q * k
  const m = fraction * powerOfTwo(rest)
  // Parabolas for log2 and 2^u make a start within half a per cent of the root.
  const above = fraction - 1
  const u = (rest + above * (1.3465 - 0.3465 * above)) / q
  let z = 1 + u * (0.6565 + 0.3435 * u)
  for (let iteration = 0; iteration < 2; iteration++) {
    let power = 1
    for (let j = 1; j < q; j++) power *= z
    z -= (z * power - m) / (q * power)
  }
  return z * powerOfTwo(k)
}

/** 2^k exactly, for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  return k >= -tabulated && k <= tabulated ? powers[k + tabulated]! : computedPowerOfTwo(k)
}

function computedPowerOfTwo(k: number): number {
  scratch.setUint32(0, (k + 1023) << 20)
  scratch.setUint32(4, 0)
  return scratch.getFloat64(0)
}
