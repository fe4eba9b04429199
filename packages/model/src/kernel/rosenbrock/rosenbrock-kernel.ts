import { CodeBody } from '@cartkin/numerics/wasm'
import type { RosenbrockTableau } from 'ode-ts'
import type { Algebra } from '../../graph/algebra.ts'
import type { ModelRoots } from '../../tape/model-roots.ts'
import type { Store } from '../code/block-schedule.ts'
import { continues, stepFrom } from '../code/element-writer.ts'
import { EntrySlots, entryValue } from '../code/entry-slots.ts'
import type { LaneCount } from '../code/memory-layout.ts'
import { NumberCode } from '../code/number-code.ts'
import { AttemptFlag, type Kernel } from '../kernel.ts'
import { KernelFrame } from '../kernel-frame.ts'
import { eliminationOf } from '../linear/elimination.ts'
import { LoopSolver } from '../linear/loop-solver.ts'
import { canUnroll, UnrolledSolver } from '../linear/unrolled-solver.ts'
import { MarchWriter } from '../march/march-writer.ts'
import type { TangentRoots } from '../tangent-roots.ts'
import { RosenbrockTangents } from './rosenbrock-tangents.ts'

/**
 * The steps of any Rosenbrock method: one evaluation of f, J and ∂f/∂t together, an unrolled sparse LU decomposition
 * of I/(hγ) − J, and for each stage a function that combines the stages before it and one that evaluates f and solves.
 * With `tangentRoots` it carries sensitivities; undefined when the matrix is too large for that.
 */
export function rosenbrockKernel(
  tableau: RosenbrockTableau,
  roots: ModelRoots,
  model: Algebra,
  lanes: LaneCount,
  tangentRoots?: TangentRoots,
): Kernel | undefined {
  const stages = tableau.b.length
  const n = roots.dimension
  const frame = new KernelFrame(roots, model, lanes, stages, tableau.dense.length)
  const { graph, layout, module, k, u, isTimed } = frame
  const { algebra } = graph
  const inverseH = layout.number()
  const diagonal = layout.number()
  const stable = layout.number()
  const c = layout.vector(n)
  const f0 = layout.vector(n)
  const ft = isTimed ? layout.vector(n) : -1

  // times and factors of the attempt
  const { t, end } = frame
  // Between events closer than this nothing happens, and 1/h would overflow.
  const h = algebra.max(algebra.subtract(frame.slot(end), frame.slot(t)), algebra.constant(1e-300))
  const times = frame.stageTimes(tableau.alpha, h)
  const slopes = tableau.gammaSum.map((gamma) => (isTimed && gamma !== 0 ? layout.number() : -1))
  const beginStores: Store[] = [
    { slot: frame.h, node: h },
    { slot: inverseH, node: algebra.divide(algebra.one, h) },
    { slot: diagonal, node: algebra.divide(algebra.one, algebra.multiply(h, algebra.constant(tableau.gamma))) },
    ...times.stores,
  ]
  tableau.gammaSum.forEach((gamma, i) => {
    const slot = slopes[i]!
    if (slot >= 0) beginStores.push({ slot, node: algebra.multiply(h, algebra.constant(gamma)) })
  })

  // f, J and ∂f/∂t at the start
  const { jacobian, timeDerivative } = roots
  const slots = new EntrySlots(model, graph, layout)
  const entries = jacobian.nodes.map((node, e) => ({
    row: jacobian.rows[e]!,
    column: jacobian.columns[e]!,
    entry: slots.entry(node),
  }))
  const nodes = new Map(
    entries.map(({ row, column, entry }) => [row * n + column, entryValue(algebra, entry, (slot) => frame.slot(slot))]),
  )
  const linearizeStores = [
    ...graph.translate(roots.derivatives, frame.y0).map((node, i): Store => ({ node, slot: f0 + i })),
    ...slots.stores(frame.y0),
    ...graph
      .translate(timeDerivative.nodes, frame.y0)
      .map((node, e): Store => ({ node, slot: ft + timeDerivative.rows[e]! })),
  ]

  const elimination = eliminationOf(n, jacobian.rows, jacobian.columns)
  const derivatives = graph.translate(roots.derivatives, u)
  const inputs = {
    entry: (row: number, column: number) => nodes.get(row * n + column),
    diagonal,
    stable,
    c,
    derivatives,
  }
  const solver = canUnroll(elimination)
    ? new UnrolledSolver(algebra, layout, elimination, inputs)
    : new LoopSolver(algebra, layout, module, elimination, inputs)
  if (tangentRoots !== undefined && !(solver instanceof UnrolledSolver)) return undefined
  const step = { frame, tableau, inverseH, slopes, times: times.slots }
  const tangents =
    tangentRoots !== undefined && solver instanceof UnrolledSolver
      ? new RosenbrockTangents(step, model, tangentRoots, solver)
      : undefined
  const march = tangentRoots === undefined ? new MarchWriter(frame) : undefined
  const prologueStores = graph.prologue()

  const writer = frame.blockWriter()
  const prologue = writer.write('prologue', prologueStores)
  const begin = writer.write('begin', beginStores)
  const linearize = writer.write('linearize', linearizeStores)
  const { factorize, solve, stage } = solver.write(writer)

  const combinations = tableau.a.map((row, i) =>
    frame.elements(`combine${i}`, (template) => {
      const { algebra: a } = template
      const rate = template.vector(frame.rates)
      const slope = slopes[i]!
      const known = slope < 0 ? rate : a.add(rate, a.multiply(template.uniform(slope), template.vector(ft)))
      if (i === 0) return template.store(c, a.add(template.vector(f0), known))
      const before = i === 1 ? undefined : tableau.a[i - 1]
      const sum = template.sum(layout, row, k)
      if (before !== undefined && continues(row, before)) {
        template.store(u, stepFrom(template, layout, u, row[i - 1] ?? 0, k[i - 1]!))
      } else template.store(u, sum === undefined ? template.vector(frame.y0) : a.add(template.vector(frame.y0), sum))
      const coupling = template.sum(layout, tableau.C[i] ?? [], k)
      template.store(c, coupling === undefined ? known : a.add(known, a.multiply(template.uniform(inverseH), coupling)))
    }),
  )
  const errorWeights = tableau.e
  const lastOnly = errorWeights.findIndex((weight) => weight !== 0)
  const isOneStage = errorWeights.filter((weight) => weight !== 0).length === 1 && errorWeights[lastOnly] === 1
  const error = isOneStage ? k[lastOnly]! : layout.vector(n)
  const finish = frame.finish((template) => {
    const { algebra: a } = template
    const lastRow = tableau.a[stages - 1] ?? []
    const weight = tableau.b[stages - 1] ?? 0
    const sum = template.sum(layout, tableau.b, k)
    const y1 = continues(tableau.b, lastRow)
      ? stepFrom(template, layout, u, weight, k[stages - 1]!)
      : sum === undefined
        ? template.vector(frame.y0)
        : a.add(template.vector(frame.y0), sum)
    template.store(frame.y1, y1)
    const estimate = template.sum(layout, errorWeights, k) ?? a.zero
    if (!isOneStage) template.store(error, estimate)
    return { y1, error: estimate }
  })
  const dense = frame.dense(tableau.dense, undefined)
  const accept = frame.accept([[frame.y1, frame.y0]])

  const attempt = module.declare({ parameters: ['i32'], results: [] }, 'attempt')
  const body = new CodeBody(['i32'])
  body.localGet(0).i32Const(AttemptFlag.accept).i32And().if().call(accept)
  if (tangents !== undefined) body.call(tangents.accept())
  body.end()
  body.i32Const(0).call(begin)
  body
    .localGet(0)
    .i32Const(AttemptFlag.accept | AttemptFlag.evaluate)
    .i32And()
    .if()
  if (isTimed) frame.copySlot(body, t, frame.time)
  body.i32Const(0).call(linearize).end()
  body.i32Const(0).call(factorize)
  combinations.forEach((combine, i) => {
    const time = times.slots[i]
    if (i > 0 && time !== undefined) frame.copySlot(body, time, frame.time)
    body
      .call(combine)
      .i32Const(layout.address(k[i]!))
      .call(i === 0 ? solve : stage)
  })
  // the error norm, or -1 where the factors are not to be trusted
  const code = new NumberCode(body, lanes)
  body.i32Const(0).call(finish)
  frame.rootMeanSquare(body)
  code.constant(-1)
  body.i32Const(0)
  code.load(layout.address(stable))
  code.selectNonzero()
  code.store(layout.address(frame.norm))
  module.define(attempt, body)
  module.export('prologue', prologue)
  module.export('attempt', attempt)
  module.export('dense', dense)
  frame.exportSlope((body) => body.i32Const(0).call(linearize))
  march?.write(attempt, dense, tableau.errorOrder)
  tangents?.write(writer, combinations)
  const kernelSlots = {
    error,
    slope: f0,
    jacobian: entries,
    ...(tangents !== undefined && { tangents: tangents.frame.slots(false) }),
  }
  return frame.finishKernel(kernelSlots, march?.slots, undefined, true)
}
