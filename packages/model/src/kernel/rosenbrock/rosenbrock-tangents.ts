import { CodeBody, type FunctionIndex } from '@cartkin/numerics/wasm'
import type { RosenbrockTableau } from 'ode-ts'
import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import type { Store } from '../code/block-schedule.ts'
import type { BlockWriter } from '../code/block-writer.ts'
import { continues, stepFrom } from '../code/element-writer.ts'
import { EntrySlots, entryValue } from '../code/entry-slots.ts'
import type { KernelFrame } from '../kernel-frame.ts'
import type { UnrolledSolver } from '../linear/unrolled-solver.ts'
import { TangentFrame } from '../tangent-frame.ts'
import type { TangentRoots } from '../tangent-roots.ts'

/** Slots and functions of the step that its sensitivities share. */
export interface RosenbrockStep {
  readonly frame: KernelFrame
  readonly tableau: RosenbrockTableau
  readonly inverseH: number
  /** Slots of hγ_i, or -1 where that does not matter. */
  readonly slopes: readonly number[]
  readonly times: readonly number[]
}

/**
 * The exact derivative of the step of a Rosenbrock method: W k_i' = ∂f/∂y(u_i) u_i' + ∂f/∂p(u_i) + Σ_j (C_ij/h) k_j' +
 * h γ_i (∂f/∂t)' + (∂J/∂y·s + ∂J/∂p) k_i with the decomposition at hand.
 */
export class RosenbrockTangents {
  readonly frame: TangentFrame
  readonly #step: RosenbrockStep
  readonly #secondStores: readonly Store[]
  readonly #stageStores: readonly Store[]
  readonly #solution: readonly Store[]
  /** hγ_i of the stage at hand. */
  readonly #slope: number

  constructor(step: RosenbrockStep, model: Algebra, roots: TangentRoots, solver: UnrolledSolver) {
    const { frame } = step
    const { graph, layout, dimension: n } = frame
    const { algebra } = graph
    const tangents = new TangentFrame(frame, model, roots)
    const second = new EntrySlots(model, graph, layout)
    const valueAt = (node: NodeId) => entryValue(algebra, second.entry(node), (slot) => graph.slot(slot))
    const k = (column: number) => algebra.parameter(column)
    this.frame = tangents
    this.#step = step
    this.#slope = layout.number()
    // entry (i, l) of Σ_c ∂²f_i/∂y_c∂y_l k_c + hγ ∂²f_i/∂t∂y_l, which multiplies the sensitivities at the start
    const matrix = new Map<number, NodeId>()
    const add = (row: number, column: number, node: NodeId): void => {
      const before = matrix.get(row * n + column)
      matrix.set(row * n + column, before === undefined ? node : algebra.add(before, node))
    }
    for (const { row, column, other, node } of roots.byStates) {
      const value = valueAt(node)
      add(row, other, algebra.multiply(value, k(column)))
      if (other !== column) add(row, column, algebra.multiply(value, k(other)))
    }
    for (const { row, column, parameter, node } of roots.byStateAndParameter) {
      tangents.force(row, parameter, algebra.multiply(valueAt(node), k(column)))
    }
    const slope = graph.slot(this.#slope)
    for (const { row, column, node } of roots.timeByState) add(row, column, algebra.multiply(slope, valueAt(node)))
    for (const { row, parameter, node } of roots.timeByParameter) {
      tangents.force(row, parameter, algebra.multiply(slope, valueAt(node)))
    }
    const matrixStores = [...matrix].map(([place, node]) => ({ place, node, slot: layout.number() }))
    this.#secondStores = second.stores(frame.y0)
    this.#stageStores = [...tangents.stageStores(), ...matrixStores]
    const { pair } = tangents
    const sums = tangents.product()
    for (const { place, slot } of matrixStores) {
      const row = Math.floor(place / n)
      sums[row] = pair.add(sums[row]!, pair.multiply(pair.parameter(slot), tangents.element(tangents.s0, place % n)))
    }
    this.#solution = solver
      .solution(pair, (slot) => pair.parameter(slot), sums)
      .map(({ node, slot }) => ({ node, slot: 2 * slot, relative: true }))
  }

  /** Writes the functions; `combinations` are those of the states. */
  write(writer: BlockWriter, combinations: readonly FunctionIndex[]): void {
    const { frame, tableau, inverseH, slopes, times } = this.#step
    const { module, layout, isTimed } = frame
    const tangents = this.frame
    const second = writer.write('second', this.#secondStores)
    const stage = writer.write('tangentMatrices', this.#stageStores)
    const pairs = tangents.writePairs(this.#solution)
    const start = frame.elements('startTangents', (template) => template.store(frame.u, template.vector(frame.y0)))
    const zero = layout.constant(0)
    const body = new CodeBody(['i32'])
    if (isTimed) frame.copySlot(body, frame.t, frame.time)
    body.i32Const(0).call(second)
    tableau.a.forEach((row, i) => {
      const before = i < 2 ? undefined : tableau.a[i - 1]
      const combine = tangents.elements(`combineTangents${i}`, (template) => {
        const { algebra } = template
        const s0 = template.vector(tangents.s0)
        const sum = template.sum(layout, row, tangents.k)
        const isNext = before !== undefined && continues(row, before)
        if (isNext)
          template.store(tangents.u, stepFrom(template, layout, tangents.u, row[i - 1] ?? 0, tangents.k[i - 1]!))
        else template.store(tangents.u, sum === undefined ? s0 : algebra.add(s0, sum))
        const known = tangents.known(template)
        const coupling = template.sum(layout, tableau.C[i] ?? [], tangents.k)
        template.store(
          tangents.c,
          coupling === undefined ? known : algebra.add(known, algebra.multiply(template.uniform(inverseH), coupling)),
        )
      })
      const time = times[i]
      if (time !== undefined) frame.copySlot(body, time, frame.time)
      if (isTimed) frame.copySlot(body, slopes[i]! < 0 ? zero : slopes[i]!, this.#slope)
      body.call(i === 0 ? start : combinations[i]!)
      body.i32Const(layout.address(frame.k[i]!)).call(stage)
      body.call(combine)
      body.i32Const(layout.address(tangents.k[i]!)).call(pairs)
    })
    const last = tableau.b.length - 1
    const finish = tangents.elements('finishTangents', (template) => {
      const sum = template.sum(layout, tableau.b, tangents.k)
      const s0 = template.vector(tangents.s0)
      const isNext = continues(tableau.b, tableau.a[last] ?? [])
      const whole = sum === undefined ? s0 : template.algebra.add(s0, sum)
      const node = isNext ? stepFrom(template, layout, tangents.u, tableau.b[last]!, tangents.k[last]!) : whole
      template.store(tangents.s1, node)
    })
    body.call(finish)
    const all = module.declare({ parameters: ['i32'], results: [] }, 'tangents')
    module.define(all, body)
    module.export('tangents', all)
    module.export('denseTangents', tangents.dense(tableau.dense, undefined))
    module.export('tangentError', tangents.error(tableau.e, undefined, undefined))
  }

  /** The function that makes the end of a step the new start. */
  accept(): FunctionIndex {
    const tangents = this.frame
    return tangents.elements('acceptTangents', (template) => template.store(tangents.s0, template.vector(tangents.s1)))
  }
}
