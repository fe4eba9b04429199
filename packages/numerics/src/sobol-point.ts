import type { RandomStream } from './random-stream.ts'
import { sobolDirections } from './sobol-directions.ts'

/** The most dimensions a Sobol point can have. */
export const maxSobolDimensions: number = sobolDirections.length + 1

/** 32 direction words per dimension, the first the most significant bit. */
const directions = Uint32Array.from([
  ...Array.from({ length: 32 }, (_, k) => (1 << (31 - k)) >>> 0),
  ...sobolDirections.flatMap(([degree, coefficient, initial]) => {
    const words = initial.map((m, k) => m << (31 - k))
    for (let k = degree; k < 32; k++) {
      let word = words[k - degree]! ^ (words[k - degree]! >>> degree)
      for (let j = 1; j < degree; j++) if ((coefficient >>> (degree - 1 - j)) & 1) word ^= words[k - j]!
      words.push(word)
    }
    return words.map((word) => word >>> 0)
  }),
])

/**
 * Point number `index` of the Sobol sequence, in Gray-code order, one coordinate per element of `out`. Point 0 is the origin; every
 * block of 2^m points starting at a multiple of 2^m is a net, so use powers of two and do not skip points
 * (A. B. Owen, "On dropping the first Sobol' point", MCQMC 2020).
 *
 * @param index an integer in [0, 2^32).
 * @param out receives the coordinates; at most `maxSobolDimensions` (200) of them.
 * @param shift random words, one per dimension, from `digitalShift`: randomizes the net without harming it. Without it the
 *   coordinates are multiples of 2^-32 in [0, 1); with it odd multiples of 2^-33 in (0, 1), fit for normalQuantile.
 * @throws RangeError for an index or a number of dimensions out of range.
 */
export function sobolPoint(index: number, out: Float64Array, shift?: Uint32Array): void {
  if (!(Number.isInteger(index) && index >= 0 && index < 4294967296)) {
    throw new RangeError(`Sobol point: index must be an integer in [0, 2^32), got ${index}`)
  }
  if (out.length > maxSobolDimensions) {
    throw new RangeError(
      `Sobol point: at most ${maxSobolDimensions} dimensions have direction numbers, got ${out.length}`,
    )
  }
  if (shift !== undefined && shift.length < out.length) {
    throw new RangeError(`Sobol point: the shift has ${shift.length} words for ${out.length} dimensions`)
  }
  const gray = (index ^ (index >>> 1)) >>> 0
  for (let d = 0; d < out.length; d++) {
    let word = 0
    for (let k = 0, bits = gray; bits !== 0; k++, bits >>>= 1) if (bits & 1) word ^= directions[32 * d + k]!
    out[d] =
      shift === undefined
        ? (word >>> 0) * 2.3283064365386963e-10
        : (((word ^ shift[d]!) >>> 0) + 0.5) * 2.3283064365386963e-10
  }
}

/** Random words for `sobolPoint`, one per dimension, from draws 0 … dimensions − 1 of the stream. */
export function digitalShift(stream: RandomStream, dimensions: number): Uint32Array {
  return Uint32Array.from({ length: dimensions }, (_, d) => Math.floor(stream.uniform(d) * 4294967296))
}
