import type { CodeBody, FunctionIndex } from '@cartkin/numerics/wasm'
import type { CollocationTableau } from 'ode-ts'
import type { Algebra } from '../../graph/algebra.ts'
import type { ModelRoots } from '../../tape/model-roots.ts'
import type { Store } from '../code/block-schedule.ts'
import { EntrySlots, entryValue } from '../code/entry-slots.ts'
import type { Kernel } from '../kernel.ts'
import { KernelFrame } from '../kernel-frame.ts'
import { eliminationOf } from '../linear/elimination.ts'
import { MarchWriter } from '../march/march-writer.ts'
import { collocationRows } from './collocation-rows.ts'
import { PairGraph } from './pair-graph.ts'
import { writeRadauAttempt } from './radau-attempt.ts'
import { RadauLoops } from './radau-loops.ts'
import { type PlacedSystem, RadauSlots } from './radau-slots.ts'
import { canUnrollComplex, RadauSolver } from './radau-solver.ts'
import { beginStores, predictionStores } from './radau-step-values.ts'
import { PairConstants } from './state-loop.ts'

/**
 * The steps of any collocation method, by the iterations of the plain stepper. What a step does several times with
 * different numbers it does for two at once, as pairs: the stages' right-hand sides, and the complex linear systems with
 * their sparse LU decompositions, unrolled as those of Rosenbrock methods. Undefined when the matrix is too large for that.
 */
export function radauKernel(tableau: CollocationTableau, roots: ModelRoots, model: Algebra): Kernel | undefined {
  const n = roots.dimension
  const { jacobian } = roots
  const elimination = eliminationOf(n, jacobian.rows, jacobian.columns)
  if (!canUnrollComplex(elimination)) return undefined
  const stages = tableau.c.length
  const frame = new KernelFrame(roots, model, 1, stages, stages - 1)
  const { graph, layout, module } = frame
  const slots = new RadauSlots(frame, tableau)
  const march = new MarchWriter(frame)

  // f and J at the start
  const entrySlots = new EntrySlots(model, graph, layout)
  const entries = jacobian.nodes.map((node, e) => ({
    row: jacobian.rows[e]!,
    column: jacobian.columns[e]!,
    entry: entrySlots.entry(node),
  }))
  const { algebra } = graph
  const linearizeStores = [
    ...graph
      .translate(roots.derivatives, frame.y0)
      .map((f, i): Store => ({ node: algebra.add(f, frame.slot(frame.rates + i)), slot: slots.f0 + i })),
    ...entrySlots.stores(frame.y0),
  ]
  const stageNodes = graph
    .translate(roots.derivatives, frame.u)
    .map((f, i) => algebra.add(f, frame.slot(frame.rates + i)))
  const prologueStores = graph.prologue()

  // two stages, two systems
  const pairs = new PairGraph()
  const constants = new PairConstants(module, layout)
  const stageStores = pairs
    .translate(algebra.builder, stageNodes, (slot) => {
      if (slot >= frame.u && slot < frame.u + n) return slots.state(0) + 2 * (slot - frame.u)
      return slot === frame.time ? slots.time(0) : undefined
    })
    .map((node, i): Store => ({ node, slot: slots.derivative(0) + 2 * i, relative: true }))
  const values = new Map(
    entries.map(({ row, column, entry }) => [
      row * n + column,
      entryValue(pairs.algebra, entry, (slot) => pairs.algebra.parameter(slot)),
    ]),
  )
  const systems = placeSystems(slots, (isComplex) => {
    const entry = (row: number, column: number) => values.get(row * n + column)
    return new RadauSolver(pairs.algebra, layout, elimination, entry, isComplex)
  })
  const begin = beginStores(slots, systems, pairs, constants)
  const prediction = predictionStores(slots, pairs, constants)

  const writer = frame.blockWriter(pairs.algebra.builder.size)
  const pairWriter = frame.pairWriter(pairs.algebra.builder)
  const solvers = new Map([...new Set(systems.map(({ solver }) => solver))].map((one) => [one, one.write(pairWriter)]))
  const call = (write: (index: ReturnType<RadauSolver['write']>) => FunctionIndex, system: PlacedSystem) => {
    const base = layout.address(system.distance)
    const index = write(solvers.get(system.solver)!)
    return (body: CodeBody) => body.i32Const(base).i32Const(base).call(index)
  }
  const loops = new RadauLoops(slots, systems)
  const prologue = writer.write('prologue', prologueStores)
  const linearize = writer.write('linearize', linearizeStores)
  const stage = pairWriter.write('stages', stageStores)
  const beginStep = pairWriter.write('begin', begin)
  const weighPast = pairWriter.write('prediction', prediction.stores)
  const attempt = writeRadauAttempt(slots, systems, {
    loops,
    matrix: prediction.matrix,
    linearize: (body) => body.i32Const(0).call(linearize),
    begin: (body) => body.i32Const(0).i32Const(0).call(beginStep),
    weighPast: (body) => body.i32Const(0).i32Const(0).call(weighPast),
    evaluate: (body, a) => {
      const base = layout.address(a * slots.stride)
      return body.i32Const(base).i32Const(base).call(stage)
    },
    factorize: (body, system) => call(({ factorize }) => factorize, system)(body),
    solve: (body, system) => call(({ solve }) => solve, system)(body),
  })
  module.export('prologue', prologue)
  module.export('attempt', attempt)
  const dense = frame.dense(collocationRows(tableau), undefined)
  module.export('dense', dense)
  frame.exportSlope((body) => body.i32Const(0).call(linearize))
  march.write(attempt, dense, tableau.errorOrder)
  return frame.finishKernel(
    { error: slots.error, slope: slots.f0, jacobian: entries, evaluations: slots.evaluations },
    march.slots,
    {
      attempt: 0,
      accept: 0,
      dense: 0,
    },
  )
}

/** Lays out the pairs of systems; those that are alike share the code of the first. */
function placeSystems(slots: RadauSlots, make: (isComplex: boolean) => RadauSolver): readonly PlacedSystem[] {
  const { layout } = slots.frame
  let complex: RadauSolver | undefined
  return slots.systems.map((pair): PlacedSystem => {
    if (pair.im === undefined) return { ...pair, solver: make(false), distance: 0 }
    if (complex !== undefined)
      return { ...pair, solver: complex, distance: layout.vector(complex.length) - complex.first }
    complex = make(true)
    return { ...pair, solver: complex, distance: 0 }
  })
}
