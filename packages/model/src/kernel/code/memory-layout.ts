/** Number of subjects a kernel carries: with two, each slot holds one number of each. */
export type LaneCount = 1 | 2

/**
 * The memory of a kernel in the making: slots of one number for each lane, from address 0.
 *
 * Vectors begin at even slots and take an even number of them, so that two neighbours can be loaded at once; the slot
 * that is left over stays 0.
 */
export class MemoryLayout {
  readonly lanes: LaneCount
  #slots = 0
  readonly #constants = new Map<string, { readonly slot: number; readonly value: number }>()

  constructor(lanes: LaneCount) {
    this.lanes = lanes
  }

  /** The slot of one number. */
  number(): number {
    return this.#slots++
  }

  /** First slot of a vector of `length` numbers. */
  vector(length: number): number {
    const first = this.slots
    this.#slots = first + length + (length % 2)
    return first
  }

  /** The slot that holds a constant. */
  constant(value: number): number {
    const key = Object.is(value, -0) ? '-0' : String(value)
    const known = this.#constants.get(key)
    if (known !== undefined) return known.slot
    const slot = this.#slots++
    this.#constants.set(key, { slot, value })
    return slot
  }

  /** Byte address of a slot. */
  address(slot: number): number {
    return 8 * this.lanes * slot
  }

  /** Slots taken so far, rounded up to an even number. */
  get slots(): number {
    return this.#slots + (this.#slots % 2)
  }

  /** Bytes taken so far. */
  get byteLength(): number {
    return this.address(this.slots)
  }

  /** Writes the constants where the kernel expects them, neighbours at once. */
  constants(write: (address: number, bytes: Uint8Array) => void): void {
    const { lanes } = this
    let run: number[] = []
    let first = 0
    const end = () => {
      if (run.length > 0) write(this.address(first), new Uint8Array(Float64Array.from(run).buffer))
      run = []
    }
    // in the order of their slots
    for (const { slot, value } of this.#constants.values()) {
      if (slot !== first + run.length / lanes) {
        end()
        first = slot
      }
      for (let lane = 0; lane < lanes; lane++) run.push(value)
    }
    end()
  }
}
