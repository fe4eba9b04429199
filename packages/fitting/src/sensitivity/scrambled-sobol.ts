import { randomStream, sobolPoint } from '@cartkin/numerics'

/** Coordinates of Sobol points after a scrambling, by the index of the point. */
export type ScrambledSobol = (index: number, out: Float64Array) => void

/**
 * Sobol points with a nested uniform (Owen) scrambling, one for each seed: any two blocks of 2^m points are nets again, and each
 * point is uniform in (0, 1) on its own. The scrambling is that of B. Burley, "Practical hash-based Owen scrambling", J. Comput.
 * Graph. Tech. 9(4), 1–20, 2020, after S. Laine, T. Karras, with one random word for each dimension.
 */
export function scrambledSobol(seed: number, dimensions: number): ScrambledSobol {
  const stream = randomStream({ seed, study: 'sensitivity, Sobol points' })
  const words = Int32Array.from({ length: dimensions }, (_, d) => Math.floor(stream.uniform(d) * 4294967296) | 0)
  return (index, out) => {
    sobolPoint(index, out)
    for (let d = 0; d < out.length; d++) {
      const word = reversed(permuted(reversed(out[d]! * 4294967296), words[d]!)) >>> 0
      out[d] = (word + 0.5) * 2.3283064365386963e-10
    }
  }
}

/** The permutation of Laine and Karras: each bit is changed by those below it alone. */
function permuted(bits: number, seed: number): number {
  let x = (bits + seed) | 0
  x ^= Math.imul(x, 0x6c50b47c)
  x ^= Math.imul(x, 0xb82f1e52)
  x ^= Math.imul(x, 0xc7afe638)
  x ^= Math.imul(x, 0x8d22f6e6)
  return x
}

/** The 32 bits of a word in reverse. */
function reversed(word: number): number {
  let x = word | 0
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1)
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2)
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4)
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8)
  return (x >>> 16) | (x << 16)
}
