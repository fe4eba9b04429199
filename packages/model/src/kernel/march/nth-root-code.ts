import type { LaneAssembler, LaneNumber } from '@cartkin/numerics/wasm'

/** 2^52: added to a whole number below it, that number is in the low bits. */
const shifter = 4_503_599_627_370_496
const exponentOfOne = 0x3ff0_0000_0000_0000n

/** The q-th root of a normal number x > 0, with the bits of `nthRoot` in ode-ts. */
export function nthRootCode(lane: LaneAssembler, x: LaneNumber, q: number): LaneNumber {
  if (q % 2 === 0) return nthRootCode(lane, lane.squareRoot(x), q / 2)
  if (q === 1) return x
  const bits = lane.bitsOf(x)
  const fraction = lane.numberOf(lane.orBits(lane.andBits(bits, 0xf_ffff_ffff_ffffn), exponentOfOne))
  const biased = lane.subtract(lane.numberOf(lane.orBits(lane.shiftRight(bits, 52), 0x4330_0000_0000_0000n)), shifter)
  const exponent = lane.subtract(biased, 1023)
  const k = lane.floor(lane.divide(exponent, q))
  const rest = lane.subtract(exponent, lane.multiply(q, k))
  const m = lane.multiply(fraction, powerOfTwo(lane, rest))
  const above = lane.subtract(fraction, 1)
  const bend = lane.subtract(1.3465, lane.multiply(0.3465, above))
  const u = lane.divide(lane.add(rest, lane.multiply(above, bend)), q)
  let z = lane.add(1, lane.multiply(u, lane.add(0.6565, lane.multiply(0.3435, u))))
  for (let iteration = 0; iteration < 2; iteration++) {
    let power = z
    for (let j = 2; j < q; j++) power = lane.multiply(power, z)
    z = lane.subtract(z, lane.divide(lane.subtract(lane.multiply(z, power), m), lane.multiply(q, power)))
  }
  return lane.multiply(z, powerOfTwo(lane, k))
}

/** 2^k for a whole number k of a normal power. */
function powerOfTwo(lane: LaneAssembler, k: LaneNumber): LaneNumber {
  const biased = lane.andBits(lane.bitsOf(lane.add(k, shifter + 1023)), 0xfffn)
  return lane.numberOf(lane.shiftLeft(biased, 52))
}
