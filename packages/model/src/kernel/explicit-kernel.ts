import { FunctionBody } from '@cartkin/numerics/wasm'
import type { Tableau } from 'ode-ts'
import type { Algebra } from '../algebra.ts'
import type { Store } from './block-schedule.ts'
import { explicitRows } from './explicit-rows.ts'
import { AttemptFlag, type Kernel } from './kernel.ts'
import { KernelFrame } from './kernel-frame.ts'
import type { KernelRoots } from './kernel-roots.ts'
import type { LaneCount } from './memory-layout.ts'
import { NumberCode } from './number-code.ts'

/**
 * The steps of any explicit Runge–Kutta method: for each stage a function that combines the stages before it and one
 * that evaluates f.
 */
export function explicitKernel(tableau: Tableau, roots: KernelRoots, model: Algebra, lanes: LaneCount): Kernel {
  const stages = tableau.b.length
  const rows = explicitRows(tableau)
  const frame = new KernelFrame(roots, model, lanes, stages, rows.length)
  const { graph, layout, module, k, u, t, end, dimension: n } = frame
  const { algebra } = graph
  const h = algebra.subtract(frame.slot(end), frame.slot(t))
  const times = frame.stageTimes(tableau.c, h)
  const beginStores: Store[] = [{ slot: frame.h, node: h }, ...times.stores]
  const stageStores = graph
    .translate(roots.derivatives, u)
    .map((f, i): Store => ({ node: algebra.add(f, frame.slot(frame.rates + i)), slot: i, relative: true }))
  const prologueStores = graph.prologue()

  const writer = frame.blockWriter()
  const prologue = writer.write('prologue', prologueStores)
  const begin = writer.write('begin', beginStores)
  const stage = writer.write('stage', stageStores)
  const combinations = tableau.a.map((row, i) =>
    frame.elements(`combine${i}`, (template) => {
      const { algebra: a } = template
      const sum = i === 0 ? undefined : template.sum(layout, row, k)
      const start = template.vector(frame.y0)
      template.store(u, sum === undefined ? start : a.add(start, a.multiply(template.uniform(frame.h), sum)))
    }),
  )
  const error = layout.vector(n)
  const finish = frame.finish((template) => {
    const { algebra: a } = template
    const step = (weights: readonly number[]) => {
      const sum = template.sum(layout, weights, k)
      return sum === undefined ? a.zero : a.multiply(template.uniform(frame.h), sum)
    }
    const y1 = tableau.firstSameAsLast ? template.vector(u) : a.add(template.vector(frame.y0), step(tableau.b))
    const estimate = step(tableau.e)
    template.store(frame.y1, y1)
    template.store(error, estimate)
    return { y1, error: estimate }
  })
  const dense = frame.dense(rows, frame.h)
  const first = k[0]!
  const accept = frame.accept([
    [frame.y1, frame.y0],
    ...(tableau.firstSameAsLast ? [[k[stages - 1]!, first] as const] : []),
  ])

  const attempt = module.declare({ parameters: ['i32'], results: [] }, 'attempt')
  const body = new FunctionBody(['i32'])
  const evaluates = tableau.firstSameAsLast ? AttemptFlag.evaluate : AttemptFlag.evaluate | AttemptFlag.accept
  body.localGet(0).i32Const(AttemptFlag.accept).i32And().if().call(accept).end()
  body.i32Const(0).call(begin)
  combinations.forEach((combine, i) => {
    if (i === 0) body.localGet(0).i32Const(evaluates).i32And().if()
    const time = times.slots[i]
    if (time !== undefined) frame.copySlot(body, time, frame.time)
    body.call(combine).i32Const(layout.address(k[i]!)).call(stage)
    if (i === 0) body.end()
  })
  body.i32Const(0).call(finish)
  frame.rootMeanSquare(body)
  new NumberCode(body, lanes).store(layout.address(frame.norm))
  module.define(attempt, body)
  module.export('prologue', prologue)
  module.export('attempt', attempt)
  module.export('dense', dense)
  return frame.finishKernel({ error, slope: first, jacobian: [] })
}
