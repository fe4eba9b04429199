import type { CodeBody } from '@cartkin/numerics/wasm'
import { stiffnessPair, type Tableau } from 'ode-ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import type { Store } from '../code/block-schedule.ts'
import type { BlockWriter } from '../code/block-writer.ts'
import { NumberCode } from '../code/number-code.ts'
import type { KernelFrame } from '../kernel-frame.ts'
import { explicitRows } from './explicit-rows.ts'
import type { ExplicitStep } from './explicit-step.ts'

/**
 * The step of an explicit method as straight-line code. Its values are nodes of the frame's graph: to be made before the
 * frame's block writer.
 */
export class FusedStep {
  readonly #frame: KernelFrame
  readonly #tableau: Tableau
  readonly #sum: number
  readonly #lowSum: number
  readonly #blocks: {
    readonly first: readonly Store[]
    readonly rest: readonly Store[]
    readonly last: readonly Store[]
    readonly extension: readonly Store[]
  }

  /** `lastWaits`: the error does not need the last stage. `error`: the slot of a vector for the error. */
  constructor(frame: KernelFrame, tableau: Tableau, lastWaits: boolean, error: number) {
    const { layout, k, y0, y1, t, end } = frame
    this.#frame = frame
    this.#tableau = tableau
    this.#sum = layout.number()
    this.#lowSum = layout.number()
    this.#blocks = {
      first: this.#stage(this.#vector(y0), frame.slot(t), k[0]!).stores,
      rest: this.#rest(lastWaits, error),
      last: this.#stage(this.#vector(y1), frame.slot(end), k[tableau.b.length - 1]!).stores,
      extension: this.#extension(),
    }
  }

  /** The functions of the step. */
  write(writer: BlockWriter): ExplicitStep {
    const { layout } = this.#frame
    const call = (name: 'first' | 'rest' | 'last' | 'extension') => {
      const block = writer.write(name, this.#blocks[name])
      return (body: CodeBody) => body.i32Const(0).call(block)
    }
    const load = (slot: number) => (body: CodeBody) => {
      body.i32Const(0)
      new NumberCode(body, layout.lanes).load(layout.address(slot))
    }
    return {
      begin: () => {},
      first: call('first'),
      rest: call('rest'),
      error: load(this.#sum),
      lowError: this.#tableau.eLow && load(this.#lowSum),
      last: call('last'),
      dense: call('extension'),
    }
  }

  /** The stages after the first, the end state and the error. */
  #rest(lastWaits: boolean, error: number): Store[] {
    const frame = this.#frame
    const { algebra } = frame.graph
    const { a, b, c, e, eLow, firstSameAsLast } = this.#tableau
    const h = algebra.subtract(frame.slot(frame.end), frame.slot(frame.t))
    const y0 = this.#vector(frame.y0)
    const k: (readonly NodeId[])[] = [this.#vector(frame.k[0]!)]
    const stores: Store[] = [{ node: h, slot: frame.h }]
    let u = y0
    for (let i = 1; i < a.length; i++) {
      u = this.#moved(y0, h, a[i]!, k)
      if (lastWaits && i === a.length - 1) break
      const stage = this.#stage(u, this.#time(c[i]!, h), frame.k[i]!)
      k.push(stage.values)
      if (this.#isReadLater(i)) stores.push(...stage.stores)
    }
    const y1 = firstSameAsLast ? u : this.#moved(y0, h, b, k)
    y1.forEach((node, i) => {
      stores.push({ node, slot: frame.y1 + i })
    })
    const weights = y1.map((end, i) => {
      const size = algebra.max(algebra.unary(Operation.abs, y0[i]!), algebra.unary(Operation.abs, end))
      const weight = algebra.add(frame.slot(frame.atol + i), algebra.multiply(frame.slot(frame.rtol), size))
      return algebra.divide(algebra.one, weight)
    })
    const squares = (errors: readonly NodeId[]) =>
      this.#sumOf(
        errors.map((node, i) => {
          const ratio = algebra.multiply(node, weights[i]!)
          // An infinite state has an infinite weight and would hide its error; 0·∞ is NaN.
          return algebra.add(algebra.multiply(ratio, ratio), algebra.multiply(y1[i]!, algebra.zero))
        }),
      )
    const errors = this.#moved(undefined, h, e, k)
    errors.forEach((node, i) => {
      stores.push({ node, slot: error + i })
    })
    stores.push({ node: squares(errors), slot: this.#sum })
    if (eLow !== undefined) stores.push({ node: squares(this.#moved(undefined, h, eLow, k)), slot: this.#lowSum })
    return stores
  }

  /** The stages of the continuous extension alone, and its rows. */
  #extension(): Store[] {
    const frame = this.#frame
    const tableau = this.#tableau
    const stages = tableau.b.length
    const h = frame.slot(frame.h)
    const y0 = this.#vector(frame.y0)
    const k: (readonly NodeId[])[] = frame.k.slice(0, stages).map((slot) => this.#vector(slot))
    for (const { a, c } of tableau.denseStages ?? []) {
      k.push(this.#stage(this.#moved(y0, h, a, k), this.#time(c, h), 0).values)
    }
    const width = frame.dimension + (frame.dimension % 2)
    return explicitRows(tableau).flatMap((row, r) =>
      this.#moved(undefined, h, row, k).map((node, i): Store => ({ node, slot: frame.rows + r * width + i })),
    )
  }

  /** Whether the continuous extension, the next step or the estimate of the stiffness reads stage i. */
  #isReadLater(i: number): boolean {
    const { b, dense, denseStages = [] } = this.#tableau
    const { stage, weights } = stiffnessPair(this.#tableau)
    const isInRow = (dense[i] ?? []).some((weight) => weight !== 0) || b[i] !== 0
    if (i === stage || weights[i] !== 0) return true
    return i === b.length - 1 || isInRow || denseStages.some(({ a }) => (a[i] ?? 0) !== 0)
  }

  #vector(slot: number): readonly NodeId[] {
    return Array.from({ length: this.#frame.dimension }, (_, i) => this.#frame.slot(slot + i))
  }

  /** f at `states`, and its stores. */
  #stage(
    states: readonly NodeId[],
    time: NodeId,
    slot: number,
  ): { readonly values: readonly NodeId[]; readonly stores: readonly Store[] } {
    const { graph, roots, rates } = this.#frame
    const values = graph
      .translate(roots.derivatives, states, time)
      .map((f, i) => graph.algebra.add(f, graph.slot(rates + i)))
    return { values, stores: values.map((node, i) => ({ node, slot: slot + i })) }
  }

  #time(share: number, h: NodeId): NodeId {
    const { graph, t, end } = this.#frame
    const { algebra } = graph
    return share === 1 ? graph.slot(end) : algebra.add(graph.slot(t), algebra.multiply(algebra.constant(share), h))
  }

  /** start + h·Σ weights[j]·k[j]; without a start it is 0. */
  #moved(
    start: readonly NodeId[] | undefined,
    h: NodeId,
    weights: readonly number[],
    k: readonly (readonly NodeId[])[],
  ): readonly NodeId[] {
    const { algebra } = this.#frame.graph
    return Array.from({ length: this.#frame.dimension }, (_, i) => {
      let sum: NodeId | undefined
      weights.forEach((weight, j) => {
        const value = k[j]?.[i]
        if (weight === 0 || value === undefined) return
        const term = algebra.multiply(algebra.constant(weight), value)
        sum = sum === undefined ? term : algebra.add(sum, term)
      })
      const step = sum === undefined ? algebra.zero : algebra.multiply(h, sum)
      return start === undefined ? step : algebra.add(start[i]!, step)
    })
  }

  #sumOf(terms: readonly NodeId[]): NodeId {
    const { algebra } = this.#frame.graph
    return terms.reduce((sum, term) => algebra.add(sum, term))
  }
}
