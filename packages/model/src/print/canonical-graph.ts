import type { NodeId } from '../graph/graph.ts'
import { arity, Operation } from '../graph/operation.ts'
import type { Model, Parameter, TimeSwitch } from '../model.ts'
import type { ByteWriter } from './byte-writer.ts'

/** Operations whose operands may change places without a change of any bit. */
const commutative: ReadonlySet<Operation> = new Set([
  Operation.add,
  Operation.multiply,
  Operation.equal,
  Operation.notEqual,
  Operation.and,
  Operation.or,
])

/**
 * Writes the part of a model's graph that some roots need, in an order that depends on what the nodes compute and not
 * on where the text mentions them first.
 *
 * Each node has a 64-bit fingerprint of all below it; operands of commutative operations are visited in the order of
 * their fingerprints. Two nodes with one fingerprint would only keep the order of the text.
 */
export class CanonicalGraph {
  readonly #model: Model
  readonly #writer: ByteWriter
  /** Place of each parameter in the canonical order. */
  readonly #places: readonly number[]
  readonly #high: Uint32Array
  readonly #low: Uint32Array

  constructor(model: Model, ordered: readonly Parameter[], writer: ByteWriter) {
    this.#model = model
    this.#writer = writer
    const places = new Map(ordered.map(({ name }, place) => [name, place]))
    this.#places = model.parameters.map(({ name }) => places.get(name) ?? 0)
    this.#high = new Uint32Array(model.graph.size)
    this.#low = new Uint32Array(model.graph.size)
    for (let node = 0; node < model.graph.size; node++) this.#print(node)
  }

  /** The switches of the model, those at equal times in a fixed order. */
  orderedSwitches(): readonly TimeSwitch[] {
    return this.#model.switches.toSorted(
      (a, b) =>
        this.#compare(a.time, b.time) ||
        Number(a.holds === 'after') - Number(b.holds === 'after') ||
        Number(a.atTime) - Number(b.atTime),
    )
  }

  /** Writes all nodes below the roots, each once and after its operands; gives the numbers of the roots. */
  write(roots: readonly NodeId[]): number[] {
    const numbers = new Map<number, number>()
    const stack: number[] = []
    for (const root of roots) {
      stack.push(root)
      for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
        const missing = numbers.has(node) ? undefined : this.#operands(node).find((operand) => !numbers.has(operand))
        if (missing !== undefined) {
          stack.push(missing)
          continue
        }
        stack.pop()
        if (numbers.has(node)) continue
        this.#writeNode(node, numbers)
        numbers.set(node, numbers.size)
      }
    }
    return roots.map((root) => numbers.get(root) ?? 0)
  }

  #writeNode(node: number, numbers: ReadonlyMap<number, number>): void {
    const { graph, doseInputs, states } = this.#model
    const operation = graph.operations[node] as Operation
    const index = graph.first[node]!
    this.#writer.byte(operation)
    for (const operand of this.#operands(node)) this.#writer.count(numbers.get(operand) ?? 0)
    if (operation === Operation.constant) this.#writer.number(graph.constants[index]!)
    else if (operation === Operation.state) this.#writer.count(index)
    else if (operation === Operation.parameter) this.#writer.count(this.#places[index] ?? 0)
    else if (operation === Operation.switch) this.#writer.count(this.#switchKind(index))
    else if (operation === Operation.dose) {
      const dose = doseInputs[index]
      this.#writer.text(dose?.quantity ?? '')
      this.#writer.text(dose?.state === undefined ? '' : (states[dose.state]?.name ?? ''))
      this.#writer.number(dose?.before ?? Number.NaN)
      if (dose?.parameter !== undefined) this.#writer.count(this.#places[dose.parameter] ?? 0)
    }
  }

  /** The nodes a node is computed from, in canonical order; a switch from its time. */
  #operands(node: number): readonly number[] {
    const { graph, switches } = this.#model
    const operation = graph.operations[node] as Operation
    const first = graph.first[node]!
    if (operation === Operation.switch) return [switches[first]?.time ?? 0]
    const count = arity[operation] ?? 0
    if (count === 0) return []
    const second = graph.second[node]!
    if (count === 1) return [first]
    if (count === 3) return [first, second, graph.third[node]!]
    return commutative.has(operation) && this.#compare(first, second) > 0 ? [second, first] : [first, second]
  }

  /** Arguments precede their node, so their fingerprints are known. */
  #print(node: number): void {
    const { graph, doseInputs } = this.#model
    const operation = graph.operations[node] as Operation
    const index = graph.first[node]!
    let high = 0x9e3779b9 + operation
    let low = 0x85ebca6b ^ operation
    const stir = (a: number, b: number) => {
      high = mixed(high, a, 0x85ebca6b)
      low = mixed(low ^ high, b, 0xc2b2ae35)
    }
    for (const operand of this.#operands(node)) stir(this.#high[operand]!, this.#low[operand]!)
    if (operation === Operation.constant) {
      const bits = new DataView(new ArrayBuffer(8))
      const value = graph.constants[index]!
      bits.setFloat64(0, value)
      if (Number.isNaN(value)) stir(1, 1)
      else stir(bits.getUint32(0), bits.getUint32(4))
    } else if (operation === Operation.state) stir(index, 1)
    else if (operation === Operation.parameter) stir(this.#places[index] ?? 0, 2)
    else if (operation === Operation.switch) stir(this.#switchKind(index), 3)
    else if (operation === Operation.dose) {
      const dose = doseInputs[index]
      for (const character of dose?.quantity ?? '') stir(character.charCodeAt(0), 4)
      stir((dose?.state ?? -1) + 1, Number(Number.isNaN(dose?.before)))
      if (dose?.parameter !== undefined) stir(this.#places[dose.parameter] ?? 0, 5)
    }
    this.#high[node] = high
    this.#low[node] = low
  }

  #switchKind(index: number): number {
    const found = this.#model.switches[index]
    return (found?.holds === 'after' ? 1 : 0) + (found?.atTime ? 2 : 0)
  }

  #compare(a: number, b: number): number {
    return this.#high[a]! - this.#high[b]! || this.#low[a]! - this.#low[b]!
  }
}

/** One round of multiply and shift. */
function mixed(state: number, word: number, factor: number): number {
  const product = Math.imul(state ^ word ^ (word >>> 15), factor)
  return Math.imul(product ^ (product >>> 13), 0x27d4eb2f) ^ (product >>> 16)
}
