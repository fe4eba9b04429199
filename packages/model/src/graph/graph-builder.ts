import { budget } from '../text/budget.ts'
import type { Graph, NodeId } from './graph.ts'
import { arity, Operation } from './operation.ts'

/** What the value of a node depends on, as bits. */
export const Dependence = { state: 1, time: 2, parameter: 4, switch: 8, dose: 16 } as const

/** The expression graph grew over its budget. */
export class GraphBudgetError extends RangeError {}

/** A growing graph: adds nodes, each once. Simplification is the business of `Algebra`. */
export class GraphBuilder {
  #size = 0
  #operations: Uint8Array<ArrayBuffer>
  #first: Int32Array<ArrayBuffer>
  #second: Int32Array<ArrayBuffer>
  #third: Int32Array<ArrayBuffer>
  /** `Dependence` bits of each node. */
  #dependence: Uint8Array<ArrayBuffer>
  readonly #constants: number[] = []
  readonly #constantIndex = new Map<number, number>()
  /** Open addressing: node + 1, or 0 where free. Length is a power of two, at most half full. */
  #table: Int32Array<ArrayBuffer>

  constructor(start?: Graph) {
    // little at first: a dose amount is an expression with a graph of its own
    const capacity = Math.max(16, 2 * (start?.size ?? 0))
    this.#operations = new Uint8Array(capacity)
    this.#first = new Int32Array(capacity)
    this.#second = new Int32Array(capacity)
    this.#third = new Int32Array(capacity)
    this.#dependence = new Uint8Array(capacity)
    this.#table = new Int32Array(tableSize(capacity))
    if (start === undefined) return
    for (const value of start.constants) this.#constant(value)
    for (let i = 0; i < start.size; i++) {
      this.node(start.operations[i] as Operation, start.first[i]!, start.second[i]!, start.third[i]!)
    }
  }

  get size(): number {
    return this.#size
  }

  /** The node of a constant, operation on nodes, or leaf with its index; the one that exists already where there is one. */
  node(operation: Operation, first = 0, second = 0, third = 0): NodeId {
    const operations = this.#operations
    const table = this.#table
    const mask = table.length - 1
    let slot = hash(operation, first, second, third) & mask
    for (let entry = table[slot]!; entry !== 0; entry = table[slot]!) {
      const id = entry - 1
      if (
        operations[id] === operation &&
        this.#first[id] === first &&
        this.#second[id] === second &&
        this.#third[id] === third
      ) {
        return id as NodeId
      }
      slot = (slot + 1) & mask
    }
    return this.#add(operation, first, second, third, slot)
  }

  constant(value: number): NodeId {
    return this.node(Operation.constant, this.#constant(value))
  }

  operation(node: NodeId): Operation {
    return this.#operations[node] as Operation
  }

  /** Argument `place` (0, 1 or 2) of a node. */
  argument(node: NodeId, place: 0 | 1 | 2): NodeId {
    const column = place === 0 ? this.#first : place === 1 ? this.#second : this.#third
    return column[node] as NodeId
  }

  /** The value of a constant node, undefined for every other. */
  valueOf(node: NodeId): number | undefined {
    return this.#operations[node] === Operation.constant ? this.#constants[this.#first[node]!] : undefined
  }

  dependsOn(node: NodeId, bits: number): boolean {
    return (this.#dependence[node]! & bits) !== 0
  }

  finish(): Graph {
    return {
      size: this.#size,
      operations: this.#operations.slice(0, this.#size),
      first: this.#first.slice(0, this.#size),
      second: this.#second.slice(0, this.#size),
      third: this.#third.slice(0, this.#size),
      constants: Float64Array.from(this.#constants),
    }
  }

  #constant(value: number): number {
    // a Map takes 0 and -0 for one key; 1/-0 is not 1/0
    if (Object.is(value, -0)) {
      const found = this.#constants.findIndex((constant) => Object.is(constant, -0))
      return found >= 0 ? found : this.#constants.push(value) - 1
    }
    const known = this.#constantIndex.get(value)
    if (known !== undefined) return known
    const index = this.#constants.push(value) - 1
    this.#constantIndex.set(value, index)
    return index
  }

  /** A new node, to be found from a free place of the table on. */
  #add(operation: Operation, first: number, second: number, third: number, slot: number): NodeId {
    if (this.#size >= budget.nodes) {
      throw new GraphBudgetError(
        `the model needs more than ${budget.nodes} operations; use fewer states or simpler expressions`,
      )
    }
    if (this.#size === this.#operations.length) this.#grow()
    const id = this.#size++
    this.#operations[id] = operation
    this.#first[id] = first
    this.#second[id] = second
    this.#third[id] = third
    this.#dependence[id] = this.#dependenceOf(operation, first, second, third)
    this.#table[slot] = id + 1
    if (2 * this.#size > this.#table.length) this.#rehash()
    return id as NodeId
  }

  #dependenceOf(operation: Operation, first: number, second: number, third: number): number {
    switch (operation) {
      case Operation.constant:
        return 0
      case Operation.time:
        return Dependence.time
      case Operation.state:
        return Dependence.state
      case Operation.parameter:
        return Dependence.parameter
      case Operation.switch:
        return Dependence.switch
      case Operation.dose:
        return Dependence.dose
      case Operation.select:
        return this.#dependence[first]! | this.#dependence[second]! | this.#dependence[third]!
      default:
        // the second argument of unary operations is node 0, which may depend on anything
        return this.#dependence[first]! | (arity[operation] === 1 ? 0 : this.#dependence[second]!)
    }
  }

  #grow(): void {
    const capacity = 2 * this.#operations.length
    this.#operations = extend(new Uint8Array(capacity), this.#operations)
    this.#first = extend(new Int32Array(capacity), this.#first)
    this.#second = extend(new Int32Array(capacity), this.#second)
    this.#third = extend(new Int32Array(capacity), this.#third)
    this.#dependence = extend(new Uint8Array(capacity), this.#dependence)
  }

  #rehash(): void {
    const table = new Int32Array(2 * this.#table.length)
    const mask = table.length - 1
    for (let i = 0; i < this.#size; i++) {
      let slot = hash(this.#operations[i]!, this.#first[i]!, this.#second[i]!, this.#third[i]!) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = i + 1
    }
    this.#table = table
  }
}

function extend<T extends Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(target: T, source: T): T {
  target.set(source)
  return target
}

function tableSize(nodes: number): number {
  let size = 32
  while (size < 2 * nodes) size *= 2
  return size
}

function hash(operation: number, first: number, second: number, third: number): number {
  let h = Math.imul(operation + 1, 0x9e3779b1)
  h = Math.imul(h ^ first, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15) ^ second, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 13) ^ third, 0x27d4eb2f)
  return h ^ (h >>> 16)
}
