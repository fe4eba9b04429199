import { CodeBody, type FunctionIndex } from '@cartkin/numerics/wasm'
import { newtonControl } from 'ode-ts'
import { Operation } from '../../graph/operation.ts'
import { AttemptFlag } from '../kernel.ts'
import type { RadauLoops } from './radau-loops.ts'
import { type PlacedSystem, type RadauSlots, realSystem } from './radau-slots.ts'

/** Parts of an attempt, each appended to a body. */
export interface RadauParts {
  readonly loops: RadauLoops
  readonly matrix: readonly (readonly number[])[]
  linearize(body: CodeBody): CodeBody
  begin(body: CodeBody): CodeBody
  /** The matrix of the prediction. */
  weighPast(body: CodeBody): CodeBody
  /** f of a pair of stages. */
  evaluate(body: CodeBody, pair: number): CodeBody
  factorize(body: CodeBody, system: PlacedSystem): CodeBody
  solve(body: CodeBody, system: PlacedSystem): CodeBody
}

/** The function `attempt` of a kernel; see `Kernel`. */
export function writeRadauAttempt(
  slots: RadauSlots,
  systems: readonly PlacedSystem[],
  parts: RadauParts,
): FunctionIndex {
  return new AttemptWriter(slots, systems, parts).write()
}

class AttemptWriter {
  readonly #slots: RadauSlots
  readonly #systems: readonly PlacedSystem[]
  readonly #parts: RadauParts
  readonly #body = new CodeBody(['i32'])
  /** 0 where the iterations converged, else the norm that says why not. */
  readonly #failure = this.#body.local('f64')
  readonly #errorRight: FunctionIndex
  readonly #takeError: FunctionIndex
  readonly #finish: FunctionIndex

  constructor(slots: RadauSlots, systems: readonly PlacedSystem[], parts: RadauParts) {
    const { frame, error } = slots
    this.#slots = slots
    this.#systems = systems
    this.#parts = parts
    this.#errorRight = parts.loops.errorRight(false)
    this.#takeError = parts.loops.takeError()
    this.#finish = frame.finish((template) => ({ y1: template.vector(frame.y1), error: template.vector(error) }))
  }

  write(): FunctionIndex {
    const { frame, h, length, lastStep } = this.#slots
    const body = this.#body
    const parts = this.#parts
    const { loops } = parts
    body.localGet(0).i32Const(AttemptFlag.accept).i32And().if()
    this.#store(lastStep, () => this.#load(length))
    body.call(this.#accept()).end()
    body.localGet(0).i32Const(AttemptFlag.evaluate).i32And().if()
    this.#store(lastStep, () => body.f64Const(0))
    this.#store(this.#slots.contraction, () => body.f64Const(1))
    body.end()
    body
      .localGet(0)
      .i32Const(AttemptFlag.accept | AttemptFlag.evaluate)
      .i32And()
      .if()
    if (frame.isTimed) this.#copy(frame.t, frame.time)
    parts.linearize(body)
    body.call(this.#weights()).end()
    this.#store(length, () => body.f64Const(0))
    parts.begin(body)
    for (const system of this.#systems) parts.factorize(body, system)
    this.#store(frame.norm, () => body.f64Const(-1))
    for (const { solver, distance } of this.#systems) {
      for (const place of [0, 1]) {
        this.#load(solver.stable + distance + place)
        body.f64Const(0).f64Eq().if().return().end()
      }
    }
    this.#load(lastStep)
    body.f64Const(0).f64Gt().if()
    parts.weighPast(body)
    body.call(loops.predict(parts.matrix)).else().call(loops.reset()).end()
    this.#iterate()
    body.call(loops.complete())
    this.#estimate(this.#errorRight)
    this.#conclude()
    this.#store(length, () => this.#load(h))
    const index = frame.module.declare({ parameters: ['i32'], results: [] }, 'attempt')
    frame.module.define(index, body)
    return index
  }

  /** The end of the step becomes the start. */
  #accept(): FunctionIndex {
    const { frame, past } = this.#slots
    return frame.accept([[frame.y1, frame.y0], ...past.map((slot, i) => [frame.k[i]!, slot] as const)])
  }

  #weights(): FunctionIndex {
    const { frame, weights } = this.#slots
    return frame.elements('weights', (template) => {
      const { algebra } = template
      const size = algebra.unary(Operation.abs, template.vector(frame.y0))
      const weight = algebra.add(template.vector(frame.atol), algebra.multiply(template.uniform(frame.rtol), size))
      template.store(weights, algebra.divide(template.uniform(frame.layout.constant(1)), weight))
    })
  }

  #iterate(): void {
    const { frame, stages, tableau, contraction, evaluations } = this.#slots
    const body = this.#body
    const parts = this.#parts
    const count = tableau.c.length
    const most = newtonControl.mostIterations(count)
    const iteration = body.local('i32')
    const left = body.local('i32')
    const size = body.local('f64')
    const before = body.local('f64')
    const rate = body.local('f64')
    const ahead = body.local('f64')
    const tolerance = body.local('f64')
    const residual = parts.loops.residual()
    const update = parts.loops.update()
    const failed = newtonControl.failedNorm(tableau.errorOrder)
    const fail = (norm: number) => body.f64Const(norm).localSet(this.#failure)
    // rounding keeps the iterations from going further
    body.f64Const(newtonControl.share).f64Const(newtonControl.roundings * Number.EPSILON)
    this.#load(frame.rtol)
    body.f64Const(newtonControl.leastRtol).f64Max().f64Div().f64Max().localSet(tolerance)
    body.block().loop()
    stages.forEach((_, a) => {
      parts.evaluate(body, a)
    })
    this.#store(evaluations, () => {
      this.#load(evaluations)
      body.f64Const(count).f64Add()
    })
    body.call(residual)
    for (const system of this.#systems) parts.solve(body, system)
    body
      .call(update)
      .f64Const(count * this.#slots.dimension)
      .f64Div()
      .f64Sqrt()
      .localTee(size)
    body.f64Const(Number.POSITIVE_INFINITY).f64Lt().i32Eqz().if()
    fail(Number.NaN).br(2).end()
    body.localGet(iteration).if('f64').localGet(size).localGet(before).f64Div().else()
    this.#load(contraction)
    body
      .f64Const(newtonControl.contractionGrowth)
      .f64Mul()
      .f64Const(newtonControl.leastCertain)
      .f64Min()
      .end()
      .localSet(rate)
    this.#store(contraction, () => {
      // the worst: a last iteration that comes to rounding says nothing of the next step's first
      body.localGet(iteration).if('f64').localGet(rate)
      body.localGet(iteration).i32Const(1).i32Sub().if('f64')
      this.#load(contraction)
      body.else().f64Const(0).end().f64Max().else()
      this.#load(contraction)
      body.f64Const(newtonControl.contractionGrowth).f64Mul().f64Const(1).f64Min().end()
    })
    body.localGet(rate).f64Const(1).localGet(rate).f64Sub().f64Div().localGet(size).f64Mul().localSet(ahead)
    body.localGet(rate).f64Const(1).f64Lt().localGet(ahead).localGet(tolerance).f64Le().i32And()
    body.localGet(size).f64Const(0).f64Eq().i32Or().brIf(1)
    body.localGet(iteration).if()
    body.localGet(rate).f64Const(newtonControl.slowest).f64Lt().i32Eqz().if()
    fail(failed).br(3).end()
    body
      .i32Const(most - 1)
      .localGet(iteration)
      .i32Sub()
      .localTee(left)
      .if()
      .loop()
    body.localGet(ahead).localGet(rate).f64Mul().localSet(ahead)
    body.localGet(left).i32Const(1).i32Sub().localTee(left).brIf(0).end().end()
    body.localGet(ahead).localGet(tolerance).f64Const(newtonControl.mostAhead).f64Mul().f64Gt().if()
    fail(failed).br(3).end().end()
    body.localGet(size).localSet(before)
    body.localGet(iteration).i32Const(1).i32Add().localTee(iteration).i32Const(most).i32LtU().brIf(0).end()
    fail(failed).end()
  }

  /** The error norm, from the right-hand side of the error. */
  #estimate(right: FunctionIndex): void {
    const { frame } = this.#slots
    const { system } = realSystem(this.#systems)
    const body = this.#body
    body.call(right)
    this.#parts.solve(body, system)
    body.call(this.#takeError)
    this.#store(frame.norm, () => {
      body.call(this.#finish)
      frame.rootMeanSquare(body)
    })
  }

  #conclude(): void {
    const { frame, evaluations } = this.#slots
    const body = this.#body
    const parts = this.#parts
    const norm = body.local('f64')
    body.localGet(this.#failure).f64Const(0).f64Eq().i32Eqz().if()
    this.#store(frame.norm, () => body.localGet(this.#failure))
    body.return().end()
    this.#load(frame.norm)
    body.localTee(norm).f64Const(1).f64Gt().if()
    // Very stiff components blow the estimate up; evaluating f at it brings them down.
    body.call(parts.loops.moveByError())
    if (frame.isTimed) this.#copy(frame.t, this.#slots.time(0))
    parts.evaluate(body, 0)
    this.#store(evaluations, () => {
      this.#load(evaluations)
      body.f64Const(1).f64Add()
    })
    this.#estimate(parts.loops.errorRight(true))
    this.#load(frame.norm)
    body.localGet(norm).f64Le().i32Eqz().if()
    this.#estimate(this.#errorRight)
    body.end().end()
  }

  #load(slot: number): void {
    this.#body.i32Const(0).f64Load(this.#slots.frame.layout.address(slot))
  }

  #store(slot: number, push: () => void): void {
    this.#body.i32Const(0)
    push()
    this.#body.f64Store(this.#slots.frame.layout.address(slot))
  }

  #copy(from: number, to: number): void {
    this.#store(to, () => this.#load(from))
  }
}
