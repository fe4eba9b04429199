import { CodeBody } from '@cartkin/numerics/wasm'
import { extensionLimit, hasFurtherStages, leastStiffnessGap, stiffnessPair, type Tableau } from 'ode-ts'
import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import type { ModelRoots } from '../../tape/model-roots.ts'
import type { ElementTemplate } from '../code/element-writer.ts'
import type { LaneCount } from '../code/memory-layout.ts'
import { NumberCode } from '../code/number-code.ts'
import { AttemptFlag, type Kernel } from '../kernel.ts'
import { KernelFrame } from '../kernel-frame.ts'
import { MarchWriter } from '../march/march-writer.ts'
import type { TangentRoots } from '../tangent-roots.ts'
import { canFuse } from './can-fuse.ts'
import { explicitRows } from './explicit-rows.ts'
import { ExplicitTangents } from './explicit-tangents.ts'
import { FusedStep } from './fused-step.ts'
import { StagedStep } from './staged-step.ts'

/**
 * The steps of any explicit Runge–Kutta method. A last stage that only serves the next step waits until the error is
 * known to be small enough, and stages of the continuous extension alone until that is asked for.
 *
 * The step of a small model is straight-line code, but for kernels with sensitivities, which go through its stages
 * again.
 */
export function explicitKernel(
  tableau: Tableau,
  roots: ModelRoots,
  model: Algebra,
  lanes: LaneCount,
  tangentRoots?: TangentRoots,
): Kernel {
  const last = tableau.b.length - 1
  const furtherCount = tableau.denseStages?.length ?? 0
  const lastWaits = tableau.firstSameAsLast && tableau.e[last] === 0 && (tableau.eLow?.[last] ?? 0) === 0
  const rows = explicitRows(tableau)
  const frame = new KernelFrame(roots, model, lanes, tableau.b.length + furtherCount, rows.length)
  const { graph, layout, module, k, dimension: n } = frame
  const error = layout.vector(n)
  const stiffnessSlot = layout.number()
  const Step = tangentRoots === undefined && canFuse(roots, tableau) ? FusedStep : StagedStep
  const values = new Step(frame, tableau, lastWaits, error)
  const tangents = tangentRoots && new ExplicitTangents(frame, tableau, model, tangentRoots)
  const march = tangentRoots === undefined ? new MarchWriter(frame) : undefined
  const prologueStores = graph.prologue()

  const writer = frame.blockWriter()
  const prologue = writer.write('prologue', prologueStores)
  const combinations = values instanceof StagedStep ? values.combinations() : []
  const step = values.write(writer, combinations)
  const first = k[0]!
  const accept = frame.accept([[frame.y1, frame.y0], ...(tableau.firstSameAsLast ? [[k[last]!, first] as const] : [])])

  const attempt = module.declare({ parameters: ['i32'], results: [] }, 'attempt')
  const body = new CodeBody(['i32'])
  const evaluates = tableau.firstSameAsLast ? AttemptFlag.evaluate : AttemptFlag.evaluate | AttemptFlag.accept
  body.localGet(0).i32Const(AttemptFlag.accept).i32And().if().call(accept)
  if (tangents !== undefined) body.call(tangents.accept())
  body.end()
  step.begin(body)
  body.localGet(0).i32Const(evaluates).i32And().if()
  step.first(body)
  body.end()
  step.rest(body)
  const code = new NumberCode(body, lanes)
  body.i32Const(0)
  step.error(body)
  frame.rootMeanSquare(body)
  if (step.lowError !== undefined) {
    const low = body.local(code.type)
    step.lowError(body)
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
    step.last(body)
    body.end()
  }
  if (hasFurtherStages(tableau)) limitExtension(frame, tableau, body, code)
  module.define(attempt, body)

  const dense = module.declare({ parameters: [], results: [] }, 'dense')
  const extension = new CodeBody([])
  step.dense(extension)
  module.define(dense, extension)
  module.export('prologue', prologue)
  module.export('attempt', attempt)
  module.export('dense', dense)
  frame.exportSlope((body) => {
    step.begin(body)
    step.first(body)
  })
  const stiffness = module.declare({ parameters: [], results: [] }, 'stiffness')
  module.define(stiffness, stiffnessBody(frame, tableau, stiffnessSlot))
  module.export('stiffness', stiffness)
  march?.write(attempt, dense, tableau.errorOrder, { index: stiffness, slot: stiffnessSlot })
  if (values instanceof StagedStep) tangents?.write(writer, combinations, values.times, rows)
  const evaluations = { attempt: lastWaits ? last - 1 : last, accept: lastWaits ? 1 : 0, dense: furtherCount }
  const slots = {
    error,
    slope: first,
    jacobian: [],
    stiffness: stiffnessSlot,
    ...(tangents !== undefined && { tangents: tangents.frame.slots(tableau.eLow !== undefined) }),
  }
  return frame.finishKernel(slots, march?.slots, evaluations)
}

/** Rejects attempts whose continuous extension may be much worse than their error: `extensionLimit` of ode-ts. */
function limitExtension(frame: KernelFrame, tableau: Tableau, body: CodeBody, code: NumberCode): void {
  const { layout, norm, k } = frame
  const { most, least, leastSquare, rest, norm: rejected } = extensionLimit
  const { stability } = tableau
  const { stage, weights } = stiffnessPair(tableau)
  const rise = (template: ElementTemplate, weight: NodeId) => {
    const slope = template.algebra.subtract(template.vector(k[tableau.b.length - 1]!), template.vector(k[stage]!))
    return tolerances(frame, template, slope, weight)
  }
  const constant = (template: ElementTemplate, value: number) => template.uniform(layout.constant(value))
  const movedOf = (template: ElementTemplate, weight: NodeId, w: NodeId) => {
    const { algebra } = template
    const v = tolerances(frame, template, template.vector(k[0]!), weight)
    return algebra.max(algebra.subtract(w, algebra.multiply(constant(template, rest), v)), constant(template, 0))
  }
  const moves = frame.weightedSum('moves', (template, weight) => movedOf(template, weight, rise(template, weight)))
  const squares = frame.weightedSum('extension', (template, weight) => {
    const { algebra } = template
    const w = rise(template, weight)
    const u = tolerances(frame, template, template.sum(layout, weights, k) ?? algebra.zero, weight)
    const bound = algebra.multiply(constant(template, stability * stability), u)
    const above = algebra.max(algebra.subtract(w, bound), constant(template, 0))
    const excess = algebra.divide(above, algebra.add(u, constant(template, leastSquare)))
    return algebra.multiply(movedOf(template, weight, w), algebra.multiply(algebra.multiply(excess, excess), excess))
  })
  const loadNorm = () => {
    body.i32Const(0)
    code.load(layout.address(norm))
  }
  const moved = body.local(code.type)
  loadNorm()
  code.constant(1)
  code.anyLessEqual()
  body.if()
  code.constant(least)
  body.call(moves).localTee(moved)
  code.anyLessEqual()
  body.if().i32Const(0)
  code.constant(rejected)
  loadNorm()
  code.constant(most * most)
  body.call(squares)
  code.selectLessEqual()
  loadNorm()
  code.constant(least)
  body.localGet(moved)
  code.selectLessEqual()
  loadNorm()
  loadNorm()
  code.constant(1)
  code.selectLessEqual()
  code.store(layout.address(norm))
  body.end().end()
}

/** The square of h times a slope, in tolerances. */
function tolerances(frame: KernelFrame, template: ElementTemplate, slope: NodeId, weight: NodeId): NodeId {
  const { algebra } = template
  const distance = algebra.divide(algebra.multiply(template.uniform(frame.h), slope), weight)
  return algebra.multiply(distance, distance)
}

/** Estimates h·|λ| from two stages at the end of the last step: `stiffnessPair`. */
function stiffnessBody(frame: KernelFrame, tableau: Tableau, slot: number): CodeBody {
  const { layout, k } = frame
  const { stage, weights } = stiffnessPair(tableau)
  const last = k[tableau.b.length - 1]!
  const rise = frame.weightedSquares('rise', (template) =>
    template.algebra.subtract(template.vector(last), template.vector(k[stage]!)),
  )
  const run = frame.weightedSquares('run', (template) => template.sum(layout, weights, k) ?? template.algebra.zero)
  const body = new CodeBody([])
  const code = new NumberCode(body, layout.lanes)
  const gap = body.local(code.type)
  body.i32Const(0).call(rise).call(run).localTee(gap)
  code.divide()
  code.squareRoot()
  code.constant(Number.NaN)
  code.constant(frame.dimension * (leastStiffnessGap * leastStiffnessGap))
  body.localGet(gap)
  for (let factor = 0; factor < 2; factor++) {
    body.i32Const(0)
    code.load(layout.address(frame.h))
    code.multiply()
  }
  code.selectLessEqual()
  code.store(layout.address(slot))
  return body
}

/** [norm] → the norm of an error estimated twice, from it and that in the local `low`; `joinNorms` of ode-ts. */
function joinNorms(body: CodeBody, code: NumberCode, low: number): void {
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
