import { maxSobolDimensions } from '@cartkin/numerics'
import type { ScrambledSobol } from './scrambled-sobol.ts'
import { scrambledSobol } from './scrambled-sobol.ts'
import { inputValue, type SensitivityInput } from './sensitivity-input.ts'

/**
 * Rows of Saltelli's scheme, sample by sample: each sample is a row of A, the same row of B, A with the column of each input
 * from B, and where second order is wanted B with the column of each input from A. A. Saltelli, Comput. Phys. Commun. 145,
 * 280–297, 2002.
 */
export class SobolDesign {
  readonly #inputs: readonly SensitivityInput[]
  readonly #points: ScrambledSobol
  readonly secondOrder: boolean

  /** Throws a RangeError for more inputs than there are dimensions for. */
  constructor(inputs: readonly SensitivityInput[], secondOrder: boolean, seed: number) {
    if (2 * inputs.length > maxSobolDimensions)
      throw new RangeError(
        `Sobol indices are for at most ${maxSobolDimensions / 2} inputs, got ${inputs.length}; screen them with Morris's method first`,
      )
    this.#inputs = inputs
    this.#points = scrambledSobol(seed, 2 * inputs.length)
    this.secondOrder = secondOrder
  }

  /** Runs of one sample. */
  get stride(): number {
    return (this.secondOrder ? 2 : 1) * this.#inputs.length + 2
  }

  /** Input values of the rows of samples `first` … `first + count − 1`. */
  rows(first: number, count: number): Float64Array {
    const k = this.#inputs.length
    const rows = new Float64Array(count * this.stride * k)
    const point = new Float64Array(2 * k)
    for (let sample = 0; sample < count; sample++) {
      this.#points(first + sample, point)
      for (let i = 0; i < 2 * k; i++) point[i] = inputValue(this.#inputs[i % k]!.distribution, point[i]!)
      const a = point.subarray(0, k)
      const b = point.subarray(k)
      const own = rows.subarray(sample * this.stride * k, (sample + 1) * this.stride * k)
      own.set(a, 0)
      own.set(b, k)
      for (let i = 0; i < k; i++) {
        own.set(a, (2 + i) * k)
        own[(2 + i) * k + i] = b[i]!
        if (!this.secondOrder) continue
        own.set(b, (2 + k + i) * k)
        own[(2 + k + i) * k + i] = a[i]!
      }
    }
    return rows
  }
}
