import { CodeBody, type FunctionIndex } from '@cartkin/numerics/wasm'
import { stiffnessPair, type Tableau } from 'ode-ts'
import type { Algebra } from '../../graph/algebra.ts'
import type { Store } from '../code/block-schedule.ts'
import type { BlockWriter } from '../code/block-writer.ts'
import type { KernelFrame } from '../kernel-frame.ts'
import { TangentFrame } from '../tangent-frame.ts'
import type { TangentRoots } from '../tangent-roots.ts'

/** The exact derivative of the step of an explicit method: k_i' = ∂f/∂y(u_i) u_i' + ∂f/∂p(u_i). */
export class ExplicitTangents {
  readonly frame: TangentFrame
  readonly #frame: KernelFrame
  readonly #tableau: Tableau
  readonly #stageStores: readonly Store[]

  constructor(frame: KernelFrame, tableau: Tableau, model: Algebra, roots: TangentRoots) {
    this.frame = new TangentFrame(frame, model, roots)
    this.#frame = frame
    this.#tableau = tableau
    this.#stageStores = this.frame.stageStores()
  }

  /** Writes the functions; `combinations` are those of the states, `rows` the weights of the continuous extension. */
  write(
    writer: BlockWriter,
    combinations: readonly FunctionIndex[],
    times: readonly number[],
    rows: readonly (readonly number[])[],
  ): void {
    const frame = this.#frame
    const tangents = this.frame
    const { a, b, firstSameAsLast, denseStages = [] } = this.#tableau
    const { module, layout } = frame
    const stage = writer.write('tangentMatrices', this.#stageStores)
    const pairs = tangents.writePairs(
      tangents.product().map((node, row): Store => ({ node, slot: 2 * row, relative: true })),
    )
    const combine = (name: string, weights: readonly number[], target: number, isStage: boolean) =>
      tangents.elements(name, (template) => {
        const { algebra } = template
        const sum = template.sum(layout, weights, tangents.k)
        const s0 = template.vector(tangents.s0)
        const scaled = sum && algebra.multiply(template.uniform(frame.h), sum)
        template.store(target, scaled === undefined ? s0 : algebra.add(s0, scaled))
        if (isStage) template.store(tangents.c, tangents.known(template))
      })
    const body = new CodeBody(['i32'])
    const last = a.length - 1
    a.forEach((row, i) => {
      const time = times[i]
      if (i === 0 && firstSameAsLast) {
        const move = tangents.elements('moveTangents', (template) =>
          template.store(tangents.k[0]!, template.vector(tangents.k[last]!)),
        )
        body.localGet(0).if()
        this.#stage(body, combinations[i]!, time, stage, combine('combineTangents0', row, tangents.u, true), pairs, i)
        body.else().call(move).end()
        return
      }
      this.#stage(body, combinations[i]!, time, stage, combine(`combineTangents${i}`, row, tangents.u, true), pairs, i)
    })
    body.call(
      firstSameAsLast
        ? tangents.elements('finishTangents', (template) => template.store(tangents.s1, template.vector(tangents.u)))
        : combine('finishTangents', b, tangents.s1, false),
    )
    const all = module.declare({ parameters: ['i32'], results: [] }, 'tangents')
    module.define(all, body)
    module.export('tangents', all)
    // the further stages of the states are at hand: `dense` went before
    const extension = new CodeBody([])
    denseStages.forEach((further, k) => {
      const i = a.length + k
      const own = combine(`combineTangents${i}`, further.a, tangents.u, true)
      this.#stage(extension, combinations[i]!, times[i], stage, own, pairs, i)
    })
    const dense = module.declare({ parameters: [], results: [] }, 'denseTangents')
    module.define(dense, extension.call(tangents.dense(rows, frame.h)))
    module.export('denseTangents', dense)
    module.export('tangentError', tangents.error(this.#tableau.e, this.#tableau.eLow, frame.h))
    const { stage: pairStage, weights } = stiffnessPair(this.#tableau)
    const apart = tangents.elements('tangentStiffness', (template) => {
      const { algebra } = template
      const one = template.vector(tangents.k[last]!)
      template.store(tangents.u, algebra.subtract(one, template.vector(tangents.k[pairStage]!)))
      template.store(tangents.c, template.sum(layout, weights, tangents.k) ?? algebra.zero)
    })
    module.export('tangentStiffness', apart)
  }

  /** The function that makes the end of a step the new start. */
  accept(): FunctionIndex {
    const tangents = this.frame
    return tangents.elements('acceptTangents', (template) => template.store(tangents.s0, template.vector(tangents.s1)))
  }

  #stage(
    body: CodeBody,
    states: FunctionIndex,
    time: number | undefined,
    stage: FunctionIndex,
    combine: FunctionIndex,
    pairs: FunctionIndex,
    i: number,
  ): void {
    if (time !== undefined) this.#frame.copySlot(body, time, this.#frame.time)
    body.call(states).i32Const(0).call(stage).call(combine)
    body.i32Const(this.#frame.layout.address(this.frame.k[i]!)).call(pairs)
  }
}
