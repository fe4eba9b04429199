import { CodeBody, type ConstantTable, type FunctionIndex, ModuleBuilder } from '@cartkin/numerics/wasm'
import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence, type GraphBuilder } from '../graph/graph-builder.ts'
import { Operation } from '../graph/operation.ts'
import type { ModelRoots } from '../tape/model-roots.ts'
import type { Store } from './code/block-schedule.ts'
import { BlockWriter } from './code/block-writer.ts'
import { ElementTemplate, writeElements } from './code/element-writer.ts'
import { addCalledFunctions } from './code/math-functions.ts'
import { type LaneCount, MemoryLayout } from './code/memory-layout.ts'
import { NumberCode } from './code/number-code.ts'
import { SlotGraph } from './code/slot-graph.ts'
import type { Kernel, KernelSlots } from './kernel.ts'
import { marchBuffers } from './march/march-buffers.ts'
import type { MarchSlots } from './march/march-slots.ts'

/** Constants of a method at most. */
const mostConstants = 4096

/** A module that knows how far its data reaches. */
class ExtentBuilder extends ModuleBuilder {
  extent = 0

  override data(offset: number, bytes: Uint8Array): void {
    this.extent = Math.max(this.extent, offset + bytes.length)
    super.data(offset, bytes)
  }
}

/** What the kernels of all methods have in common: memory, inputs, the ends of a step and its error norm. */
export class KernelFrame {
  readonly roots: ModelRoots
  readonly dimension: number
  readonly layout: MemoryLayout
  readonly graph: SlotGraph
  readonly module = new ExtentBuilder()
  readonly stages: number
  readonly denseRows: number
  readonly parameters: number
  readonly switches: number
  readonly doses: number
  readonly time: number
  readonly rates: number
  readonly atol: number
  readonly rtol: number
  readonly t: number
  readonly end: number
  readonly h: number
  readonly norm: number
  /** All bits of the lanes whose last attempt was accepted. */
  readonly accepted: number
  readonly y0: number
  readonly y1: number
  readonly rows: number
  /** State of the stage at hand. */
  readonly u: number
  /** Stage vectors. */
  readonly k: readonly number[]
  /** Whether f depends on time, if only by a condition or a step function: ∂f/∂t may be 0 nevertheless. */
  readonly isTimed: boolean
  /** Address of the tables of the called functions. */
  #tables = 0

  constructor(roots: ModelRoots, model: Algebra, lanes: LaneCount, stages: number, denseRows: number) {
    const n = roots.dimension
    const layout = new MemoryLayout(lanes)
    this.roots = roots
    this.dimension = n
    this.layout = layout
    this.stages = stages
    this.denseRows = denseRows
    this.time = layout.number()
    this.rtol = layout.number()
    this.t = layout.number()
    this.end = layout.number()
    this.h = layout.number()
    this.norm = layout.number()
    this.accepted = layout.number()
    this.parameters = layout.vector(roots.parameterCount)
    this.switches = layout.vector(roots.switchCount + roots.doseCount)
    this.doses = this.switches + roots.switchCount
    this.rates = layout.vector(n)
    this.atol = layout.vector(n)
    this.y0 = layout.vector(n)
    this.y1 = layout.vector(n)
    const rows = Array.from({ length: denseRows }, () => layout.vector(n))
    this.rows = rows[0] ?? this.y1
    this.u = layout.vector(n)
    this.k = Array.from({ length: stages }, () => layout.vector(n))
    this.isTimed = roots.derivatives.some((node) => model.builder.dependsOn(node, Dependence.time))
    this.graph = new SlotGraph(model.builder, layout, this)
  }

  slot(k: number): NodeId {
    return this.graph.slot(k)
  }

  /** Stores of the times of the stages, t + c_i h, into slots; none when f does not depend on time. */
  stageTimes(
    c: readonly number[],
    h: NodeId,
  ): { readonly slots: readonly number[]; readonly stores: readonly Store[] } {
    if (!this.isTimed) return { slots: [], stores: [] }
    const { algebra } = this.graph
    const slots = c.map(() => this.layout.number())
    const stores = c.map((share, i) => ({
      slot: slots[i]!,
      node:
        share === 1
          ? this.slot(this.end)
          : share === 0
            ? this.slot(this.t)
            : algebra.add(this.slot(this.t), algebra.multiply(algebra.constant(share), h)),
    }))
    return { slots, stores }
  }

  /** The writer of blocks; ends the graph. `further`: nodes of the graphs for which `pairWriter` makes writers. */
  blockWriter(further = 0): BlockWriter {
    const graph = this.graph.algebra.builder
    // what is still to come are constants, and values that one function of a block leaves to another
    this.#tables = this.layout.address(this.layout.slots + 2 * graph.size + 4 * further + mostConstants)
    const functions = addCalledFunctions(this.module, this.layout.lanes, graph, this.#tables)
    return new BlockWriter(this.module, this.layout, graph, functions)
  }

  /** The writer of blocks on pairs, with a graph of its own, which this ends; comes after `blockWriter`. */
  pairWriter(graph: GraphBuilder): BlockWriter {
    const tables = 16 * Math.ceil(Math.max(this.#tables, this.module.extent) / 16)
    return new BlockWriter(this.module, this.layout, graph, addCalledFunctions(this.module, 2, graph, tables), 'pairs')
  }

  elements(name: string, fill: (template: ElementTemplate) => void): FunctionIndex {
    const template = new ElementTemplate()
    fill(template)
    return writeElements(this.module, this.layout, name, this.dimension, template)
  }

  /** A function that makes the end of a step the new start: copies vectors, with two lanes in those that `accepted` tells. */
  accept(pairs: readonly (readonly [from: number, to: number])[]): FunctionIndex {
    return this.elements('accept', (template) => {
      for (const [from, to] of pairs) {
        const end = template.vector(from)
        const isMasked = this.layout.lanes === 2
        const mask = template.uniform(this.accepted)
        template.store(to, isMasked ? template.algebra.select(mask, end, template.vector(to)) : end)
      }
    })
  }

  /** A function that writes the rows of the continuous extension, factor·Σ_j weights[r][j]·k_j. */
  dense(weights: readonly (readonly number[])[], factor: number | undefined): FunctionIndex {
    return this.elements('dense', (template) => {
      weights.forEach((row, r) => {
        const sum = template.sum(this.layout, row, this.k) ?? template.algebra.zero
        const node = factor === undefined ? sum : template.algebra.multiply(template.uniform(factor), sum)
        template.store(this.rows + r * (this.dimension + (this.dimension % 2)), node)
      })
    })
  }

  /**
   * A function that completes the step (`fill` stores y1 and gives the error) and returns the sum of the squares of
   * error / (atol + rtol·max(|y0|, |y1|)).
   */
  finish(fill: (template: ElementTemplate) => { readonly y1: NodeId; readonly error: NodeId }): FunctionIndex {
    const template = new ElementTemplate()
    const { algebra } = template
    const { y1, error } = fill(template)
    const size = algebra.max(absolute(algebra, template.vector(this.y0)), absolute(algebra, y1))
    const weight = algebra.add(template.vector(this.atol), algebra.multiply(template.uniform(this.rtol), size))
    const ratio = algebra.divide(error, weight)
    // An infinite state has an infinite weight and would hide its error; 0·∞ is NaN.
    const node = algebra.add(algebra.multiply(ratio, ratio), algebra.multiply(y1, algebra.zero))
    return writeElements(this.module, this.layout, 'finish', this.dimension, template, { node })
  }

  /** A function that returns the sum of the squares of what `fill` gives, divided by atol + rtol·|y0|. */
  weightedSquares(name: string, fill: (template: ElementTemplate) => NodeId): FunctionIndex {
    return this.weightedSum(name, (template, weight) => {
      const ratio = template.algebra.divide(fill(template), weight)
      return template.algebra.multiply(ratio, ratio)
    })
  }

  /** A function that returns the sum of what `fill` gives; `weight` is atol + rtol·|y0|. */
  weightedSum(name: string, fill: (template: ElementTemplate, weight: NodeId) => NodeId): FunctionIndex {
    const template = new ElementTemplate()
    const { algebra } = template
    const size = absolute(algebra, template.vector(this.y0))
    const weight = algebra.add(template.vector(this.atol), algebra.multiply(template.uniform(this.rtol), size))
    return writeElements(this.module, this.layout, name, this.dimension, template, { node: fill(template, weight) })
  }

  /** Pushes the square root of (the sum on the stack)/n. */
  rootMeanSquare(body: CodeBody): void {
    const code = new NumberCode(body, this.layout.lanes)
    body.i32Const(0)
    code.load(this.layout.address(this.layout.constant(this.dimension)))
    code.divide()
    code.squareRoot()
  }

  /** Copies one slot to another. */
  copySlot(body: CodeBody, from: number, to: number): void {
    const code = new NumberCode(body, this.layout.lanes)
    body.i32Const(0).i32Const(0)
    code.load(this.layout.address(from))
    code.store(this.layout.address(to))
  }

  /** Exports `slope`, which computes f at t and y0 as `write` says. */
  exportSlope(write: (body: CodeBody) => void): void {
    const slope = this.module.declare({ parameters: [], results: [] }, 'slope')
    const body = new CodeBody([])
    if (this.isTimed) this.copySlot(body, this.t, this.time)
    write(body)
    this.module.define(slope, body)
    this.module.export('slope', slope)
  }

  /** The constants of the kernel for code written with a `LaneAssembler`. */
  constantTable(): ConstantTable {
    const { layout } = this
    const pattern = new DataView(new ArrayBuffer(8))
    return {
      constantAddress: (value) => {
        if (typeof value === 'number') return layout.address(layout.constant(value))
        pattern.setBigUint64(0, value)
        return layout.address(layout.constant(pattern.getFloat64(0)))
      },
      tableAddress: (name) => {
        throw new Error(`a kernel has no table ${name} of its own`)
      },
    }
  }

  /** The module, when its functions are written. */
  finishKernel(
    slots: Pick<KernelSlots, 'error' | 'slope' | 'jacobian' | 'stiffness' | 'evaluations' | 'tangents'>,
    march: MarchSlots | undefined,
    evaluations: Kernel['evaluations'] = { attempt: this.stages - 1, accept: 0, dense: 0 },
    bareSlope = false,
  ): Kernel {
    const { layout, module } = this
    layout.constants((address, bytes) => module.data(address, bytes))
    if (layout.byteLength > this.#tables) throw new Error('the memory of a kernel grew into its tables')
    const extent = Math.max(layout.byteLength, module.extent)
    const buffers = march && marchBuffers(extent, layout.lanes, this.dimension, this.denseRows)
    module.memory(Math.ceil((buffers?.end ?? extent) / 65536), 'memory')
    return {
      bytes: module.build(),
      lanes: layout.lanes,
      dimension: this.dimension,
      slots: {
        parameters: this.parameters,
        switches: this.switches,
        rates: this.rates,
        rtol: this.rtol,
        atol: this.atol,
        t: this.t,
        end: this.end,
        y0: this.y0,
        y1: this.y1,
        rows: this.rows,
        norm: this.norm,
        accepted: this.accepted,
        ...slots,
      },
      denseRows: this.denseRows,
      byteLength: layout.byteLength,
      evaluations,
      bareSlope,
      ...(march !== undefined && buffers !== undefined && { march: { slots: march, buffers } }),
    }
  }
}

function absolute(algebra: Algebra, node: NodeId): NodeId {
  return algebra.unary(Operation.abs, node)
}
