import { expTable } from '../exp-table.ts'
import { logCoefficients } from '../log-coefficients.ts'
import { ByteWriter } from './byte-writer.ts'

/**
 * - `exp`: rows of 16 bytes, the bits of 2^(i/128) less i · 2^45, so that adding (128 k + i) · 2^45 gives 2^(k + i/128); then its relative error.
 * - `log`: rows of 32 bytes, those of {@link logCoefficients} and 0.
 */
export type TableName = 'exp' | 'log'

/** The constants and tables of a set of functions, laid out in memory from an address on in the order of first use. */
export class MathTable {
  readonly #start: number
  readonly #writer = new ByteWriter()
  readonly #addresses = new Map<number | bigint | TableName, number>()

  /** @param start the first address, a multiple of 16. */
  constructor(start: number) {
    this.#start = start
  }

  /** Address of a number, or of a bit pattern given as a bigint: twice, so that it fills two lanes. */
  constantAddress(value: number | bigint): number {
    const known = this.#addresses.get(value)
    if (known !== undefined) return known
    const address = this.#begin(value)
    for (let lane = 0; lane < 2; lane++) {
      if (typeof value === 'number') this.#writer.float64(value)
      else this.#writer.bits64(value)
    }
    return address
  }

  tableAddress(name: TableName): number {
    const known = this.#addresses.get(name)
    if (known !== undefined) return known
    const address = this.#begin(name)
    if (name === 'exp') this.#writeExpRows()
    else this.#writeLogRows()
    return address
  }

  /** The content; a multiple of 16 bytes. */
  bytes(): Uint8Array {
    return this.#writer.content().slice()
  }

  #begin(key: number | bigint | TableName): number {
    const address = this.#start + this.#writer.length
    this.#addresses.set(key, address)
    return address
  }

  #writeExpRows(): void {
    const rows = Float64Array.from(expTable.table.flat())
    const words = new Uint32Array(rows.buffer)
    for (let i = 0; i < expTable.table.length; i++) words[4 * i + 1] = words[4 * i + 1]! - (i << 13)
    this.#writer.bytes(new Uint8Array(rows.buffer))
  }

  #writeLogRows(): void {
    const rows = new Float64Array(4 * logCoefficients.table.length)
    logCoefficients.table.forEach((row, i) => {
      rows.set(row, 4 * i)
    })
    this.#writer.bytes(new Uint8Array(rows.buffer))
  }
}
