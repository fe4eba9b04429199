import { CodeBody, type FunctionIndex } from '@cartkin/numerics/wasm'
import { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import type { Store } from './code/block-schedule.ts'
import { BlockWriter } from './code/block-writer.ts'
import { ElementTemplate, writeElements } from './code/element-writer.ts'
import { type Entry, EntrySlots, entryValue } from './code/entry-slots.ts'
import type { TangentSlots } from './kernel.ts'
import type { KernelFrame } from './kernel-frame.ts'
import type { TangentRoots } from './tangent-roots.ts'

/**
 * What the sensitivities of all methods have in common. Two parameters go together: a vector holds for each pair and
 * each state the numbers of both, so that a pair is two lanes of the same operations, and a combination of stages is one
 * of long vectors.
 */
export class TangentFrame {
  readonly roots: TangentRoots
  readonly length: number
  readonly s0: number
  readonly s1: number
  readonly rows: number
  readonly k: readonly number[]
  /** Sensitivities of the stage at hand, and what is added to their Jacobian's product. */
  readonly u: number
  readonly c: number
  /** What does not depend on the sensitivities: ∂f/∂p and, in Rosenbrock methods, second derivatives times a stage. */
  readonly q: number
  readonly rates: number
  /** The code of one pair: `state(k)` is element k of its part of the vector at slot k, `parameter(k)` the number of slot k. */
  readonly pair = new Algebra()
  readonly #frame: KernelFrame
  readonly #jacobian: EntrySlots
  readonly #jacobianEntries: readonly { readonly row: number; readonly column: number; readonly entry: Entry }[]
  readonly #forcing = new Map<number, NodeId>()

  constructor(frame: KernelFrame, model: Algebra, roots: TangentRoots) {
    const { layout, dimension: n } = frame
    const pairs = Math.ceil(roots.parameterCount / 2)
    this.#frame = frame
    this.roots = roots
    this.length = 2 * pairs * n
    this.s0 = layout.vector(this.length)
    this.s1 = layout.vector(this.length)
    const rows = Array.from({ length: frame.denseRows }, () => layout.vector(this.length))
    this.rows = rows[0] ?? this.s1
    this.k = Array.from({ length: frame.stages }, () => layout.vector(this.length))
    this.u = layout.vector(this.length)
    this.c = layout.vector(this.length)
    this.q = layout.vector(this.length)
    this.rates = layout.vector(this.length)
    this.#jacobian = new EntrySlots(model, frame.graph, layout)
    const { jacobian } = frame.roots
    this.#jacobianEntries = jacobian.nodes.map((node, e) => ({
      row: jacobian.rows[e]!,
      column: jacobian.columns[e]!,
      entry: this.#jacobian.entry(node),
    }))
    const translated = frame.graph.translate(
      roots.byParameter.map(({ node }) => node),
      frame.u,
    )
    roots.byParameter.forEach(({ row, parameter }, e) => {
      this.force(row, parameter, translated[e]!)
    })
  }

  /** Adds to what does not depend on the sensitivities. */
  force(row: number, parameter: number, node: NodeId): void {
    const { graph, dimension: n } = this.#frame
    const place = 2 * ((parameter >>> 1) * n + row) + (parameter % 2)
    const before = this.#forcing.get(place)
    this.#forcing.set(place, before === undefined ? node : graph.algebra.add(before, node))
  }

  /** Stores of the Jacobian and the forcing of the stage with state u; k of the stage is `parameter`. */
  stageStores(): Store[] {
    const forcing = [...this.#forcing].map(([place, node]) => ({ node, slot: this.q + place }))
    return [...this.#jacobian.stores(this.#frame.u), ...forcing]
  }

  /** Element `row` of a pair's part of a vector. */
  element(vector: number, row: number): NodeId {
    return this.pair.state(vector + 2 * row)
  }

  /** For each state: c + (∂f/∂y)·u of a pair. */
  product(): NodeId[] {
    const { pair } = this
    const sums = Array.from({ length: this.#frame.dimension }, (_, row) => this.element(this.c, row))
    for (const { row, column, entry } of this.#jacobianEntries) {
      const factor = entryValue(pair, entry, (slot) => pair.parameter(slot))
      sums[row] = pair.add(sums[row]!, pair.multiply(factor, this.element(this.u, column)))
    }
    return sums
  }

  /** A function of the address of a vector that computes it for all pairs, from the stores of one. */
  writePairs(stores: readonly Store[]): FunctionIndex {
    const { module, layout, dimension: n } = this.#frame
    const pair = new BlockWriter(module, layout, this.pair.builder, new Map(), 'pairs').write('pair', stores)
    const body = new CodeBody(['i32'])
    const at = body.local('i32')
    body.loop().localGet(at).localGet(at).localGet(0).i32Add().call(pair)
    body
      .localGet(at)
      .i32Const(16 * n)
      .i32Add()
      .localTee(at)
    body
      .i32Const(8 * this.length)
      .i32LtU()
      .brIf(0)
      .end()
    const all = module.declare({ parameters: ['i32'], results: [] }, 'pairs')
    module.define(all, body)
    return all
  }

  elements(name: string, fill: (template: ElementTemplate) => void): FunctionIndex {
    const template = new ElementTemplate()
    fill(template)
    return writeElements(this.#frame.module, this.#frame.layout, name, this.length, template)
  }

  /** A function that writes the rows of the continuous extension. */
  dense(weights: readonly (readonly number[])[], factor: number | undefined): FunctionIndex {
    return this.elements('tangentRows', (template) => {
      weights.forEach((row, r) => {
        const sum = template.sum(this.#frame.layout, row, this.k) ?? template.algebra.zero
        const node = factor === undefined ? sum : template.algebra.multiply(template.uniform(factor), sum)
        template.store(this.rows + r * this.length, node)
      })
    })
  }

  /** A function that writes the error of a step to `u`, and its second estimate to `c`; neither is needed any more then. */
  error(weights: readonly number[], low: readonly number[] | undefined, factor: number | undefined): FunctionIndex {
    return this.elements('tangentError', (template) => {
      const { algebra } = template
      const store = (target: number, row: readonly number[]) => {
        const sum = template.sum(this.#frame.layout, row, this.k) ?? algebra.zero
        template.store(target, factor === undefined ? sum : algebra.multiply(template.uniform(factor), sum))
      }
      store(this.u, weights)
      if (low !== undefined) store(this.c, low)
    })
  }

  /** What is known of c: the forcing and the infusions'. */
  known(template: ElementTemplate): NodeId {
    return template.algebra.add(template.vector(this.q), template.vector(this.rates))
  }

  slots(hasLow: boolean): TangentSlots {
    return {
      parameterCount: this.roots.parameterCount,
      s0: this.s0,
      s1: this.s1,
      rows: this.rows,
      rates: this.rates,
      first: this.u,
      second: this.c,
      hasLow,
    }
  }
}
