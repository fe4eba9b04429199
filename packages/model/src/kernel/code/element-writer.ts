import { CodeBody, type FunctionIndex, type ModuleBuilder } from '@cartkin/numerics/wasm'
import { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { arity, Operation } from '../../graph/operation.ts'
import { type BlockSchedule, type Store, scheduleBlock } from './block-schedule.ts'
import type { MemoryLayout } from './memory-layout.ts'

/** Elements (pairs of them, for one lane) that are written out; a loop goes through more, and costs no more. */
const mostUnrolled = 4
/** Uniform numbers held in registers through a loop; engines have 16. */
const mostHeld = 12

const instructions = new Map<
  Operation,
  'f64x2Add' | 'f64x2Sub' | 'f64x2Mul' | 'f64x2Div' | 'f64x2Neg' | 'f64x2Abs' | 'f64x2Pmax'
>([
  [Operation.add, 'f64x2Add'],
  [Operation.subtract, 'f64x2Sub'],
  [Operation.multiply, 'f64x2Mul'],
  [Operation.divide, 'f64x2Div'],
  [Operation.negate, 'f64x2Neg'],
  [Operation.abs, 'f64x2Abs'],
  [Operation.max, 'f64x2Pmax'],
])

/**
 * One operation sequence for every element of vectors: `state(k)` is an element of the vector that begins at slot k,
 * `parameter(k)` the one number of slot k. `max(a, b)` is a where b is NaN: one instruction. The condition of a select is
 * bits: all ones or zeros.
 */
export class ElementTemplate {
  readonly algebra = new Algebra()
  readonly stores: Store[] = []

  vector(slot: number): NodeId {
    return this.algebra.state(slot)
  }

  uniform(slot: number): NodeId {
    return this.algebra.parameter(slot)
  }

  /** Element l of the vector at `slot` becomes the value of the node. */
  store(slot: number, node: NodeId): void {
    this.stores.push({ slot, node })
  }

  /** Σ weights[j] · vectors[j] in that order; terms of weight 0 are left out, and undefined is the empty sum. */
  sum(layout: MemoryLayout, weights: readonly number[], vectors: readonly number[]): NodeId | undefined {
    const { algebra } = this
    let sum: NodeId | undefined
    weights.forEach((weight, j) => {
      const vector = vectors[j]
      if (weight === 0 || vector === undefined) return
      const term =
        weight === 1
          ? this.vector(vector)
          : algebra.multiply(this.uniform(layout.constant(weight)), this.vector(vector))
      sum = sum === undefined ? term : algebra.add(sum, term)
    })
    return sum
  }
}

/** Whether a row of weights is the one before it with one more entry, so that its sum is that sum and one term. */
export function continues(row: readonly number[], before: readonly number[]): boolean {
  return before.length > 0 && before.every((weight, j) => weight === row[j])
}

/** vector + weight·k. */
export function stepFrom(
  template: ElementTemplate,
  layout: MemoryLayout,
  vector: number,
  weight: number,
  k: number,
): NodeId {
  return template.algebra.add(template.vector(vector), template.sum(layout, [weight], [k]) ?? template.algebra.zero)
}

/** What a template adds up over the elements, and the function that takes the sum. */
export interface Reduction {
  readonly node: NodeId
}

/**
 * Writes a template for vectors of `length` elements as a function of no parameters: two elements at a time for one
 * lane, each element in both lanes for two. With a reduction it returns the sum: that of the elements of even index
 * plus that of the odd ones, each in order of index.
 */
export function writeElements(
  module: ModuleBuilder,
  layout: MemoryLayout,
  name: string,
  length: number,
  template: ElementTemplate,
  reduction?: Reduction,
): FunctionIndex {
  return new ElementWriter(module, layout, template, length, reduction).write(name)
}

class ElementWriter {
  readonly #module: ModuleBuilder
  readonly #layout: MemoryLayout
  readonly #template: ElementTemplate
  readonly #reduction: Reduction | undefined
  readonly #count: number
  readonly #body = new CodeBody([])
  readonly #stores: readonly Store[]
  readonly #schedule: BlockSchedule
  readonly #sums: number[] = []
  readonly #scratchLocals: number[] = []
  /** Locals of the uniform numbers that are held, by slot. */
  readonly #held = new Map<number, number>()
  /** Local with the byte offset of the present element, when in a loop. */
  #at: number | undefined

  constructor(
    module: ModuleBuilder,
    layout: MemoryLayout,
    template: ElementTemplate,
    length: number,
    reduction: Reduction | undefined,
  ) {
    this.#module = module
    this.#layout = layout
    this.#template = template
    this.#reduction = reduction
    this.#stores = reduction === undefined ? template.stores : [...template.stores, { slot: -1, node: reduction.node }]
    this.#schedule = scheduleBlock(template.algebra.builder, this.#stores)
    this.#count = layout.lanes === 2 ? length : (length + 1) >>> 1
  }

  write(name: string): FunctionIndex {
    const body = this.#body
    const { lanes } = this.#layout
    if (this.#reduction !== undefined) for (let k = 0; k < lanes; k++) this.#sums.push(body.local('v128'))
    if (this.#count <= mostUnrolled) {
      for (let element = 0; element < this.#count; element++) this.#element(element, element % lanes)
    } else {
      // the slot left over at the end of a vector of odd length holds 0 and adds 0
      const rounds = this.#count + (lanes === 2 ? this.#count % 2 : 0)
      const at = body.local('i32')
      this.#at = at
      this.#holdUniforms()
      body.loop()
      for (let k = 0; k < lanes; k++) this.#element(k, k)
      body
        .localGet(at)
        .i32Const(16 * lanes)
        .i32Add()
        .localTee(at)
      body
        .i32Const(16 * rounds)
        .i32LtU()
        .brIf(0)
        .end()
    }
    const index = this.#module.declare({ parameters: [], results: this.#result() }, name)
    this.#module.define(index, body)
    return index
  }

  #result(): ('f64' | 'v128')[] {
    const [even, odd] = this.#sums
    if (even === undefined) return []
    const body = this.#body
    if (odd !== undefined) {
      body.localGet(even).localGet(odd).f64x2Add()
      return ['v128']
    }
    body.localGet(even).f64x2ExtractLane(0).localGet(even).f64x2ExtractLane(1).f64Add()
    return ['f64']
  }

  #element(element: number, sum: number): void {
    const body = this.#body
    const locals = new Map<number, number>()
    const push = (node: NodeId): void => {
      const local = locals.get(node)
      if (local !== undefined) body.localGet(local)
      else this.#make(node, element, push)
    }
    for (const statement of this.#schedule.statements) {
      if (statement >= 0) {
        this.#make(statement as NodeId, element, push)
        const local = this.#scratch(locals.size)
        body.localSet(local)
        locals.set(statement, local)
        continue
      }
      const { slot, node } = this.#stores[-1 - statement]!
      if (slot >= 0) {
        this.#address()
        push(node)
        body.v128Store(this.#offset(slot, element))
      } else {
        const total = this.#sums[sum]!
        body.localGet(total)
        push(node)
        body.f64x2Add().localSet(total)
      }
    }
  }

  #scratch(k: number): number {
    const known = this.#scratchLocals[k]
    if (known !== undefined) return known
    const local = this.#body.local('v128')
    this.#scratchLocals.push(local)
    return local
  }

  #address(): void {
    if (this.#at === undefined) this.#body.i32Const(0)
    else this.#body.localGet(this.#at)
  }

  #offset(slot: number, element: number): number {
    return this.#layout.address(slot) + 16 * element
  }

  /** Loads uniform numbers before a loop. */
  #holdUniforms(): void {
    const { builder } = this.#template.algebra
    this.#schedule.uses.forEach((uses, node) => {
      const isUniform = uses > 0 && builder.operation(node as NodeId) === Operation.parameter
      if (!isUniform || this.#held.size === mostHeld) return
      const slot = builder.argument(node as NodeId, 0)
      const local = this.#body.local('v128')
      this.#uniform(slot)
      this.#body.localSet(local)
      this.#held.set(slot, local)
    })
  }

  #uniform(slot: number): void {
    const held = this.#held.get(slot)
    if (held !== undefined) {
      this.#body.localGet(held)
      return
    }
    const address = this.#layout.address(slot)
    this.#body.i32Const(0)
    if (this.#layout.lanes === 2) this.#body.v128Load(address)
    else this.#body.v128Load64Splat(address)
  }

  #make(node: NodeId, element: number, push: (node: NodeId) => void): void {
    const { builder } = this.#template.algebra
    const body = this.#body
    const operation = builder.operation(node)
    switch (operation) {
      case Operation.constant: {
        const value = builder.valueOf(node) ?? 0
        if (value === 0) body.f64x2Const(0)
        else this.#uniform(this.#layout.constant(value))
        return
      }
      case Operation.parameter:
        this.#uniform(builder.argument(node, 0))
        return
      case Operation.state:
        this.#address()
        body.v128Load(this.#offset(builder.argument(node, 0), element))
        return
      default:
    }
    if (operation === Operation.select) {
      push(builder.argument(node, 1))
      push(builder.argument(node, 2))
      push(builder.argument(node, 0))
      body.v128Bitselect()
      return
    }
    const operands = arity[operation]!
    for (let place = 0; place < operands; place++) push(builder.argument(node, place as 0 | 1 | 2))
    const instruction = instructions.get(operation)
    if (instruction === undefined) throw new Error(`no operation ${operation} in an element`)
    body[instruction]()
  }
}
