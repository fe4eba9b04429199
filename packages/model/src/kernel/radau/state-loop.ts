import { CodeBody, type FunctionIndex, type ModuleBuilder } from '@cartkin/numerics/wasm'
import type { MemoryLayout } from '../code/memory-layout.ts'
import type { Pair } from './radau-pairs.ts'

/** Slot of a constant pair, or a number that needs no multiplication. */
export type PairWeight = { readonly slot: number } | 0 | 1

/** Weights of constant pairs, laid down in the memory of a module. */
export class PairConstants {
  readonly #module: ModuleBuilder
  readonly #layout: MemoryLayout
  readonly #slots = new Map<string, number>()

  constructor(module: ModuleBuilder, layout: MemoryLayout) {
    this.#module = module
    this.#layout = layout
  }

  slot([first, second]: Pair): number {
    const key = `${first}/${second}`
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const slot = this.#layout.vector(2)
    this.#module.data(this.#layout.address(slot), new Uint8Array(Float64Array.of(first, second).buffer))
    this.#slots.set(key, slot)
    return slot
  }

  weight(pair: Pair): PairWeight {
    const [first, second] = pair
    if (first === second && (first === 0 || first === 1)) return first
    return { slot: this.slot(pair) }
  }
}

/**
 * A function of no parameters that goes through the states of a kernel of one lane: what is read and written is an
 * element of a vector of numbers or of pairs. Sums that it keeps in locals can be read at its end.
 */
export class StateLoop {
  readonly body = new CodeBody([])
  readonly #layout: MemoryLayout
  readonly #number: number
  readonly #pair: number

  constructor(layout: MemoryLayout) {
    this.#layout = layout
    this.#number = this.body.local('i32')
    this.#pair = this.body.local('i32')
    this.body.loop()
  }

  /** Pushes the element of a vector of pairs. */
  pair(slot: number): void {
    this.body.localGet(this.#pair).v128Load(this.#layout.address(slot))
  }

  /** Pushes one place of the element of a vector of pairs, into both. */
  spread(slot: number, place: number): void {
    this.body.localGet(this.#pair).v128Load64Splat(this.#layout.address(slot + place))
  }

  /** Pushes the element of a vector of numbers into both places, or into the first with 0 in the second. */
  both(slot: number): void {
    this.body.localGet(this.#number).v128Load64Splat(this.#layout.address(slot))
  }

  first(slot: number): void {
    this.body.localGet(this.#number).v128Load64Zero(this.#layout.address(slot))
  }

  /** Pushes an element of a vector of numbers, or one place of one of pairs, as one number. */
  number(slot: number): void {
    this.body.localGet(this.#number).f64Load(this.#layout.address(slot))
  }

  placeOf(slot: number, place: number): void {
    this.body.localGet(this.#pair).f64Load(this.#layout.address(slot + place))
  }

  /** Pushes a pair, or a number, that is the same for all states. */
  fixedPair(slot: number): void {
    this.body.i32Const(0).v128Load(this.#layout.address(slot))
  }

  fixedNumber(slot: number): void {
    this.body.i32Const(0).f64Load(this.#layout.address(slot))
  }

  /** Writes what `push` pushes. */
  storePair(slot: number, push: () => void): void {
    this.body.localGet(this.#pair)
    push()
    this.body.v128Store(this.#layout.address(slot))
  }

  storeNumber(slot: number, push: () => void): void {
    this.body.localGet(this.#number)
    push()
    this.body.f64Store(this.#layout.address(slot))
  }

  storePlace(slot: number, place: number, push: () => void): void {
    this.body.localGet(this.#pair)
    push()
    this.body.f64Store(this.#layout.address(slot + place))
  }

  /** Keeps what `push` pushes in a new local. */
  keep(type: 'v128' | 'f64', push: () => void): number {
    const local = this.body.local(type)
    push()
    this.body.localSet(local)
    return local
  }

  /** Pushes Σ weights[j]·locals[j] of pairs; 0 when all weights are 0. */
  sum(weights: readonly PairWeight[], locals: readonly number[]): void {
    let isEmpty = true
    weights.forEach((weight, j) => {
      if (weight === 0) return
      this.body.localGet(locals[j]!)
      if (weight !== 1) {
        this.fixedPair(weight.slot)
        this.body.f64x2Mul()
      }
      if (!isEmpty) this.body.f64x2Add()
      isEmpty = false
    })
    if (isEmpty) this.body.f64x2Const(0)
  }

  /** Ends the loop over `count` states; what follows comes once. */
  end(count: number): void {
    const { body } = this
    body.localGet(this.#number).i32Const(8).i32Add().localSet(this.#number)
    body.localGet(this.#pair).i32Const(16).i32Add().localTee(this.#pair)
    body
      .i32Const(16 * count)
      .i32LtU()
      .brIf(0)
      .end()
  }

  define(module: ModuleBuilder, name: string, results: readonly 'f64'[] = []): FunctionIndex {
    const index = module.declare({ parameters: [], results }, name)
    module.define(index, this.body)
    return index
  }
}
