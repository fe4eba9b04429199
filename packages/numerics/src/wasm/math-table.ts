import { expTable } from '../exp-table.ts'
import { logCoefficients } from '../log-coefficients.ts'

/**
 * - `exp`: rows of 16 bytes, the bits of 2^(i/128) less i · 2^45, so that adding (128 k + i) · 2^45 gives 2^(k + i/128); then its relative error.
 * - `log`: rows of 32 bytes, those of {@link logCoefficients} and 0.
 */
export type TableName = 'exp' | 'log'

const float = new Float64Array(1)
const pattern = new BigUint64Array(float.buffer)

/** The constants and tables of a set of functions, laid out in memory from an address on in the order of first use. */
export class MathTable {
  readonly #start: number
  readonly #words: bigint[] = []
  readonly #constants = new Map<bigint, number>()
  readonly #tables = new Map<TableName, number>()

  constructor(start: number) {
    this.#start = start
  }

  constantAddress(value: number | bigint): number {
    const bits = typeof value === 'bigint' ? value : bitsOf(value)
    let address = this.#constants.get(bits)
    if (address === undefined) {
      address = this.#append(bits, bits)
      this.#constants.set(bits, address)
    }
    return address
  }

  tableAddress(name: TableName): number {
    let address = this.#tables.get(name)
    if (address === undefined) {
      const rows = name === 'exp' ? expRows() : logRows()
      address = this.#append(...rows)
      this.#tables.set(name, address)
    }
    return address
  }

  /** The content; a multiple of 16 bytes. */
  bytes(): Uint8Array {
    return new Uint8Array(BigUint64Array.from(this.#words).buffer)
  }

  #append(...bits: readonly bigint[]): number {
    const address = this.#start + 8 * this.#words.length
    this.#words.push(...bits)
    return address
  }
}

function expRows(): bigint[] {
  return expTable.table.flatMap(([power, error], i) => [bitsOf(power) - (BigInt(i) << 45n), bitsOf(error)])
}

function logRows(): bigint[] {
  return logCoefficients.table.flatMap((row) => [...row, 0].map(bitsOf))
}

function bitsOf(value: number): bigint {
  float[0] = value
  return pattern[0]!
}
