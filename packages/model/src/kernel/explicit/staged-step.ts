import type { CodeBody, FunctionIndex } from '@cartkin/numerics/wasm'
import type { Tableau } from 'ode-ts'
import type { Store } from '../code/block-schedule.ts'
import type { BlockWriter } from '../code/block-writer.ts'
import type { ElementTemplate } from '../code/element-writer.ts'
import type { KernelFrame } from '../kernel-frame.ts'
import { explicitRows } from './explicit-rows.ts'
import type { ExplicitStep } from './explicit-step.ts'

/**
 * The step of an explicit method with, for each stage, a function that combines the stages before it and one that
 * evaluates f. To be made before the frame's block writer.
 */
export class StagedStep {
  /** Slots of the times of the stages; empty where f does not depend on time. */
  readonly times: readonly number[]
  readonly #frame: KernelFrame
  readonly #tableau: Tableau
  readonly #lastWaits: boolean
  readonly #error: number
  readonly #beginStores: readonly Store[]
  readonly #stageStores: readonly Store[]

  /** `lastWaits`: the error does not need the last stage. `error`: the slot of a vector for the error. */
  constructor(frame: KernelFrame, tableau: Tableau, lastWaits: boolean, error: number) {
    const { graph, roots } = frame
    const { algebra } = graph
    const h = algebra.subtract(frame.slot(frame.end), frame.slot(frame.t))
    const times = frame.stageTimes([...tableau.c, ...(tableau.denseStages ?? []).map(({ c }) => c)], h)
    this.#frame = frame
    this.#tableau = tableau
    this.#lastWaits = lastWaits
    this.#error = error
    this.times = times.slots
    this.#beginStores = [{ slot: frame.h, node: h }, ...times.stores]
    this.#stageStores = graph
      .translate(roots.derivatives, frame.u)
      .map((f, i): Store => ({ node: algebra.add(f, frame.slot(frame.rates + i)), slot: i, relative: true }))
  }

  /** Functions that write the state of each stage to `frame.u`, those of the continuous extension last. */
  combinations(): readonly FunctionIndex[] {
    const { denseStages = [], a: rows } = this.#tableau
    const frame = this.#frame
    return [...rows, ...denseStages.map(({ a }) => a)].map((row, i) =>
      frame.elements(`combine${i}`, (template) => {
        const { algebra } = template
        const sum = i === 0 ? undefined : template.sum(frame.layout, row, frame.k)
        const start = template.vector(frame.y0)
        template.store(
          frame.u,
          sum === undefined ? start : algebra.add(start, algebra.multiply(template.uniform(frame.h), sum)),
        )
      }),
    )
  }

  /** The functions of the step. */
  write(writer: BlockWriter, combinations: readonly FunctionIndex[]): ExplicitStep {
    const frame = this.#frame
    const tableau = this.#tableau
    const { layout, k, u } = frame
    const stages = tableau.b.length
    const begin = writer.write('begin', this.#beginStores)
    const stage = writer.write('stage', this.#stageStores)
    const step = (template: ElementTemplate, weights: readonly number[]) => {
      const { algebra } = template
      const sum = template.sum(layout, weights, k)
      return sum === undefined ? algebra.zero : algebra.multiply(template.uniform(frame.h), sum)
    }
    const finish = frame.finish((template) => {
      const { algebra } = template
      const y1 = tableau.firstSameAsLast
        ? template.vector(u)
        : algebra.add(template.vector(frame.y0), step(template, tableau.b))
      const error = step(template, tableau.e)
      template.store(frame.y1, y1)
      template.store(this.#error, error)
      return { y1, error }
    })
    const { eLow } = tableau
    const low = eLow && frame.finish((template) => ({ y1: template.vector(frame.y1), error: step(template, eLow) }))
    const rows = frame.dense(explicitRows(tableau), frame.h)
    const evaluate = (body: CodeBody, i: number) => {
      const time = this.times[i]
      if (time !== undefined) frame.copySlot(body, time, frame.time)
      body.i32Const(layout.address(k[i]!)).call(stage)
    }
    const complete = (body: CodeBody, i: number) => evaluate(body.call(combinations[i]!), i)
    return {
      begin: (body) => body.i32Const(0).call(begin),
      first: (body) => complete(body, 0),
      rest: (body) => {
        for (let i = 1; i < stages; i++) {
          if (i < stages - 1 || !this.#lastWaits) complete(body, i)
          else body.call(combinations[i]!)
        }
      },
      error: (body) => body.call(finish),
      lowError: low === undefined ? undefined : (body) => body.call(low),
      last: (body) => evaluate(body, stages - 1),
      dense: (body) => {
        for (let i = stages; i < combinations.length; i++) complete(body, i)
        body.call(rows)
      },
    }
  }
}
