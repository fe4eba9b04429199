import { CodeBody, type FunctionIndex } from '@cartkin/numerics/wasm'
import type { NodeId } from '../../graph/graph.ts'
import { NumberCode } from '../code/number-code.ts'
import type { KernelFrame } from '../kernel-frame.ts'
import type { MarchSlots } from './march-slots.ts'

/** Numbers that are copied by straight-line code; a loop copies more. */
const mostUnrolled = 16

/** Writes what a march does with an accepted step: logs it, and samples the solution at the times that lie within. */
export class MarchOutput {
  readonly #frame: KernelFrame
  readonly #slots: MarchSlots
  readonly #theta: number
  readonly #rest: number
  readonly #sample: number

  constructor(frame: KernelFrame, slots: MarchSlots) {
    this.#frame = frame
    this.#slots = slots
    this.#theta = frame.layout.number()
    this.#rest = frame.layout.number()
    this.#sample = frame.layout.vector(frame.dimension)
  }

  /**
   * The function that puts out the last attempt in the lanes that accepted it; exports `sample`, which goes on with its
   * samples when there is room again.
   */
  write(dense: FunctionIndex): FunctionIndex {
    const { module, layout } = this.#frame
    const sample = this.#writeSample(this.#writeInterpolation())
    module.export('sample', sample)
    const output = module.declare({ parameters: [], results: [] }, 'output')
    const body = new CodeBody([])
    const wants = this.#lanes(() => body.local('i32'))
    this.#lanes((lane) => {
      const at = (slot: number) => this.#address(slot, lane)
      // the step is wanted as it is, or the next sample lies within
      body.i32Const(0).f64Load(at(this.#slots.isAccepted)).f64Const(0).f64Gt()
      body.i32Const(0).i32Load(at(this.#slots.log)).i32Const(0).i32Ne()
      this.#pushNextTime(body, lane)
      body.i32Const(0).f64Load(at(this.#frame.end)).f64Lt()
      body.i32Or().i32And().localSet(wants[lane]!)
    })
    body.localGet(wants[0]!)
    if (layout.lanes === 2) body.localGet(wants[1]!).i32Or()
    body.if().call(dense)
    this.#lanes((lane) => {
      const count = this.#address(this.#slots.extensions, lane)
      body.localGet(wants[lane]!).if()
      body.i32Const(0).i32Const(0).f64Load(count).f64Const(1).f64Add().f64Store(count)
      body.i32Const(0).i32Load(this.#address(this.#slots.log, lane)).if()
      this.#log(body, lane)
      body.end().end()
    })
    body.call(sample).end()
    module.define(output, body)
    return output
  }

  /** Appends the last step of a lane to its log. */
  #log(body: CodeBody, lane: number): void {
    const { t, end, y0, layout, dimension: n, denseRows } = this.#frame
    const cursor = this.#address(this.#slots.log, lane)
    const to = body.local('i32')
    body.i32Const(0).i32Load(cursor).localSet(to)
    body.localGet(to).i32Const(0).f64Load(this.#address(t, lane)).f64Store(0)
    body.localGet(to).i32Const(0).f64Load(this.#address(end, lane)).f64Store(8)
    const numbers = (2 + denseRows) * (n + (n % 2))
    this.#copy(body, lane, layout.address(y0), to, 16, numbers)
    const size = 8 * (2 + numbers)
    body.i32Const(0).localGet(to).i32Const(size).i32Add().localTee(to).i32Store(cursor)
    body.localGet(to).i32Const(size).i32Add()
    body.i32Const(0).i32Load(this.#address(this.#slots.logEnd, lane)).i32GtU()
    body.if()
    this.#fill(body, lane)
    body.end()
  }

  #fill(body: CodeBody, lane: number): void {
    body.i32Const(0).f64Const(1).f64Store(this.#address(this.#slots.isFull, lane))
  }

  /** Samples as long as a lane has times within its last step and room. */
  #writeSample(interpolate: FunctionIndex): FunctionIndex {
    const frame = this.#frame
    const { module, layout, dimension: n } = frame
    const sample = module.declare({ parameters: [], results: [] }, 'sample')
    const body = new CodeBody([])
    const pending = this.#lanes(() => body.local('i32'))
    const to = body.local('i32')
    const code = new NumberCode(body, layout.lanes)
    body.block().loop()
    this.#lanes((lane) => {
      const time = body.local('f64')
      this.#pushNextTime(body, lane)
      body.localTee(time).i32Const(0).f64Load(this.#address(frame.end, lane)).f64Lt()
      body.i32Const(0).f64Load(this.#address(this.#slots.isAccepted, lane)).f64Const(0).f64Gt()
      body.i32And().localSet(pending[lane]!)
      const theta = this.#address(this.#theta, lane)
      body.i32Const(0).localGet(time).f64Store(theta)
    })
    body.localGet(pending[0]!)
    if (layout.lanes === 2) body.localGet(pending[1]!).i32Or()
    body.i32Eqz().brIf(1)
    // θ = min(1, (time − t)/(end − t)), and 1 − θ
    const theta = body.local(code.type)
    const load = (slot: number) => {
      body.i32Const(0)
      code.load(layout.address(slot))
    }
    load(this.#theta)
    load(frame.t)
    code.subtract()
    load(frame.end)
    load(frame.t)
    code.subtract()
    code.divide()
    body.localSet(theta)
    code.constant(1)
    body.localGet(theta)
    code.constant(1)
    body.localGet(theta)
    code.selectLessEqual()
    body.localSet(theta)
    body.i32Const(0).localGet(theta)
    code.store(layout.address(this.#theta))
    body.i32Const(0)
    code.constant(1)
    body.localGet(theta)
    code.subtract()
    code.store(layout.address(this.#rest))
    body.call(interpolate)
    this.#lanes((lane) => {
      body.localGet(pending[lane]!).if()
      const samples = this.#address(this.#slots.samples, lane)
      const times = this.#address(this.#slots.times, lane)
      body.i32Const(0).i32Load(samples).localSet(to)
      this.#copy(body, lane, layout.address(this.#sample), to, 0, n)
      body
        .i32Const(0)
        .localGet(to)
        .i32Const(8 * n)
        .i32Add()
        .i32Store(samples)
      body.i32Const(0).i32Const(0).i32Load(times).i32Const(8).i32Add().i32Store(times)
      body.end()
    })
    body.br(0).end().end()
    this.#lanes((lane) => {
      body.i32Const(0).i32Load(this.#address(this.#slots.times, lane))
      body.i32Const(0).i32Load(this.#address(this.#slots.timesEnd, lane)).i32GeU().if()
      this.#fill(body, lane)
      body.end()
    })
    module.define(sample, body)
    return sample
  }

  /** A function that evaluates the continuous extension at θ; `evaluateDense` of ode-ts. */
  #writeInterpolation(): FunctionIndex {
    const { y0, y1, rows, denseRows, dimension: n } = this.#frame
    return this.#frame.elements('interpolate', (template) => {
      const { algebra } = template
      const theta = template.uniform(this.#theta)
      const rest = template.uniform(this.#rest)
      let bend: NodeId = denseRows === 0 ? algebra.zero : template.vector(rows + (denseRows - 1) * (n + (n % 2)))
      for (let r = denseRows - 2; r >= 0; r--) {
        bend = algebra.add(template.vector(rows + r * (n + (n % 2))), algebra.multiply(theta, bend))
      }
      const high = algebra.add(template.vector(y1), algebra.multiply(rest, bend))
      const node = algebra.add(algebra.multiply(rest, template.vector(y0)), algebra.multiply(theta, high))
      template.store(this.#sample, node)
    })
  }

  /** Pushes the time of the next sample, Infinity where there is none at hand. */
  #pushNextTime(body: CodeBody, lane: number): void {
    const times = this.#address(this.#slots.times, lane)
    body.i32Const(0).i32Load(times).i32Const(0).i32Load(this.#address(this.#slots.timesEnd, lane)).i32LtU().if('f64')
    body.i32Const(0).i32Load(times).f64Load(0)
    body.else().f64Const(Number.POSITIVE_INFINITY).end()
  }

  /** Copies numbers of one lane from an address to that in the local `to`, plus an offset, side by side. */
  #copy(body: CodeBody, lane: number, from: number, to: number, offset: number, count: number): void {
    const { lanes } = this.#frame.layout
    const move = (at: number | undefined, k: number) => {
      body.localGet(to)
      if (at !== undefined) body.localGet(at).i32Add()
      if (at === undefined) body.i32Const(0)
      else {
        body.localGet(at)
        if (lanes === 2) body.i32Const(1).i32Shl()
      }
      body.f64Load(from + 8 * (lanes * k + lane)).f64Store(offset + 8 * k)
    }
    if (count <= mostUnrolled) {
      for (let k = 0; k < count; k++) move(undefined, k)
      return
    }
    const at = body.local('i32')
    const even = count - (count % 2)
    body.i32Const(0).localSet(at).loop()
    move(at, 0)
    move(at, 1)
    body
      .localGet(at)
      .i32Const(16)
      .i32Add()
      .localTee(at)
      .i32Const(8 * even)
      .i32LtU()
      .brIf(0)
      .end()
    if (count > even) move(undefined, even)
  }

  #address(slot: number, lane: number): number {
    const { lanes } = this.#frame.layout
    return 8 * (lanes * slot + lane)
  }

  #lanes<T>(make: (lane: number) => T): T[] {
    return Array.from({ length: this.#frame.layout.lanes }, (_, lane) => make(lane))
  }
}
