import { FunctionBody } from '@cartkin/numerics/wasm'
import type { Tableau } from 'ode-ts'
import type { Algebra } from '../algebra.ts'
import type { Store } from './block-schedule.ts'
import type { ElementTemplate } from './element-writer.ts'
import { explicitRows } from './explicit-rows.ts'
import { ExplicitTangents } from './explicit-tangents.ts'
import { AttemptFlag, type Kernel } from './kernel.ts'
import { KernelFrame } from './kernel-frame.ts'
import type { KernelRoots } from './kernel-roots.ts'
import type { LaneCount } from './memory-layout.ts'
import { NumberCode } from './number-code.ts'
import type { TangentRoots } from './tangent-roots.ts'

/**
 * The steps of any explicit Runge–Kutta method: for each stage a function that combines the stages before it and one
 * that evaluates f. A last stage that only serves the next step waits until the error is known to be small enough, and
 * stages of the continuous extension alone until that is asked for.
 */
export function explicitKernel(
  tableau: Tableau,
  roots: KernelRoots,
  model: Algebra,
  lanes: LaneCount,
  tangentRoots?: TangentRoots,
): Kernel {
  const stages = tableau.b.length
  const last = stages - 1
  const further = tableau.denseStages ?? []
  const lastWaits = tableau.firstSameAsLast && tableau.e[last] === 0 && (tableau.eLow?.[last] ?? 0) === 0
  const rows = explicitRows(tableau)
  const frame = new KernelFrame(roots, model, lanes, stages + further.length, rows.length)
  const { graph, layout, module, k, u, t, end, dimension: n } = frame
  const { algebra } = graph
  const h = algebra.subtract(frame.slot(end), frame.slot(t))
  const times = frame.stageTimes([...tableau.c, ...further.map(({ c }) => c)], h)
  const beginStores: Store[] = [{ slot: frame.h, node: h }, ...times.stores]
  const stageStores = graph
    .translate(roots.derivatives, u)
    .map((f, i): Store => ({ node: algebra.add(f, frame.slot(frame.rates + i)), slot: i, relative: true }))
  const tangents = tangentRoots && new ExplicitTangents(frame, tableau, model, tangentRoots)
  const prologueStores = graph.prologue()

  const writer = frame.blockWriter()
  const prologue = writer.write('prologue', prologueStores)
  const begin = writer.write('begin', beginStores)
  const stage = writer.write('stage', stageStores)
  const combinations = [...tableau.a, ...further.map(({ a }) => a)].map((row, i) =>
    frame.elements(`combine${i}`, (template) => {
      const { algebra: a } = template
      const sum = i === 0 ? undefined : template.sum(layout, row, k)
      const start = template.vector(frame.y0)
      template.store(u, sum === undefined ? start : a.add(start, a.multiply(template.uniform(frame.h), sum)))
    }),
  )
  const error = layout.vector(n)
  const step = (template: ElementTemplate, weights: readonly number[]) => {
    const { algebra: a } = template
    const sum = template.sum(layout, weights, k)
    return sum === undefined ? a.zero : a.multiply(template.uniform(frame.h), sum)
  }
  const finish = frame.finish((template) => {
    const { algebra: a } = template
    const y1 = tableau.firstSameAsLast
      ? template.vector(u)
      : a.add(template.vector(frame.y0), step(template, tableau.b))
    const estimate = step(template, tableau.e)
    template.store(frame.y1, y1)
    template.store(error, estimate)
    return { y1, error: estimate }
  })
  const { eLow } = tableau
  const lowError = eLow && frame.finish((template) => ({ y1: template.vector(frame.y1), error: step(template, eLow) }))
  const writeRows = frame.dense(rows, frame.h)
  const first = k[0]!
  const accept = frame.accept([[frame.y1, frame.y0], ...(tableau.firstSameAsLast ? [[k[last]!, first] as const] : [])])

  const evaluate = (body: FunctionBody, i: number) => {
    const time = times.slots[i]
    if (time !== undefined) frame.copySlot(body, time, frame.time)
    body.i32Const(layout.address(k[i]!)).call(stage)
  }
  const attempt = module.declare({ parameters: ['i32'], results: [] }, 'attempt')
  const body = new FunctionBody(['i32'])
  const evaluates = tableau.firstSameAsLast ? AttemptFlag.evaluate : AttemptFlag.evaluate | AttemptFlag.accept
  body.localGet(0).i32Const(AttemptFlag.accept).i32And().if().call(accept)
  if (tangents !== undefined) body.call(tangents.accept())
  body.end()
  body.i32Const(0).call(begin)
  combinations.slice(0, stages).forEach((combine, i) => {
    if (i === 0) body.localGet(0).i32Const(evaluates).i32And().if()
    body.call(combine)
    if (i < last || !lastWaits) evaluate(body, i)
    if (i === 0) body.end()
  })
  const code = new NumberCode(body, lanes)
  body.i32Const(0).call(finish)
  frame.rootMeanSquare(body)
  if (lowError !== undefined) {
    const low = body.local(code.type)
    body.call(lowError)
    frame.rootMeanSquare(body)
    body.localSet(low)
    joinNorms(body, code, low)
  }
  code.store(layout.address(frame.norm))
  if (lastWaits) {
    body.i32Const(0)
    code.load(layout.address(frame.norm))
    code.constant(1)
    code.anyLessEqual()
    body.if()
    evaluate(body, last)
    body.end()
  }
  module.define(attempt, body)

  const dense = module.declare({ parameters: [], results: [] }, 'dense')
  const extension = new FunctionBody([])
  for (let i = stages; i < combinations.length; i++) {
    extension.call(combinations[i]!)
    evaluate(extension, i)
  }
  module.define(dense, extension.call(writeRows))
  module.export('prologue', prologue)
  module.export('attempt', attempt)
  module.export('dense', dense)
  tangents?.write(writer, combinations, times.slots, rows)
  const evaluations = { attempt: lastWaits ? last - 1 : last, accept: lastWaits ? 1 : 0, dense: further.length }
  const slots = {
    error,
    slope: first,
    jacobian: [],
    ...(tangents !== undefined && { tangents: tangents.frame.slots() }),
  }
  return frame.finishKernel(slots, evaluations)
}

/** [norm] → the norm of an error estimated twice, from it and that in the local `low`; `joinNorms` of ode-ts. */
function joinNorms(body: FunctionBody, code: NumberCode, low: number): void {
  const norm = body.local(code.type)
  body.localSet(norm)
  // norm/√(1 + (low/norm)²/100)
  body.localGet(norm)
  code.constant(1)
  code.constant(0.01)
  body.localGet(low).localGet(norm)
  code.divide()
  const ratio = body.local(code.type)
  body.localTee(ratio)
  code.multiply()
  body.localGet(ratio)
  code.multiply()
  code.add()
  code.squareRoot()
  code.divide()
  code.constant(0)
  body.localGet(norm)
  code.selectNonzero()
  // 0·∞ is NaN
  code.constant(0)
  body.localGet(low)
  code.multiply()
  code.add()
}
