import { logCoefficients } from '../log-coefficients.ts'

const float = new Float64Array(1)
const pattern = new BigUint64Array(float.buffer)

/** The constants and tables of a set of functions, laid out in memory from an address on in the order of first use. */
export class MathTable {
  readonly #start: number
  readonly #words: bigint[] = []
  readonly #constants = new Map<bigint, number>()
  #logTable: number | undefined

  constructor(start: number) {
    this.#start = start
  }

  constantAddress(value: number | bigint): number {
    const bits = typeof value === 'bigint' ? value : bitsOf(value)
    let address = this.#constants.get(bits)
    if (address === undefined) {
      address = this.#append(bits)
      this.#constants.set(bits, address)
    }
    return address
  }

  logTableAddress(): number {
    if (this.#logTable === undefined) {
      this.#logTable = this.#start + 8 * this.#words.length
      for (const row of logCoefficients.table) for (const value of [...row, 0]) this.#append(bitsOf(value))
    }
    return this.#logTable
  }

  /** The content; a multiple of 16 bytes. */
  bytes(): Uint8Array {
    const words = new BigUint64Array(2 * Math.ceil(this.#words.length / 2))
    words.set(this.#words)
    return new Uint8Array(words.buffer)
  }

  #append(bits: bigint): number {
    this.#words.push(bits)
    return this.#start + 8 * (this.#words.length - 1)
  }
}

function bitsOf(value: number): bigint {
  float[0] = value
  return pattern[0]!
}
