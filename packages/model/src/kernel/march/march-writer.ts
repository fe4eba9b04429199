import { CodeBody, type FunctionIndex, LaneAssembler, type LaneMask, type LaneNumber } from '@cartkin/numerics/wasm'
import { stepControl } from 'ode-ts'
import { AttemptFlag } from '../kernel.ts'
import type { KernelFrame } from '../kernel-frame.ts'
import { MarchOutput } from './march-output.ts'
import { type MarchSlots, MarchStop, marchSlots } from './march-slots.ts'
import { nthRootCode } from './nth-root-code.ts'

/**
 * Writes `march`: many steps in one call, with the step control of ode-ts (`SubjectRun`, `StepController`), bit for bit,
 * and the output of each step. In each lane it goes on until one of them has a reason to come back.
 */
export class MarchWriter {
  readonly slots: MarchSlots
  readonly #frame: KernelFrame
  readonly #output: MarchOutput

  /** To be made before the frame's block writer. */
  constructor(frame: KernelFrame) {
    this.#frame = frame
    this.slots = marchSlots(frame.layout)
    this.#output = new MarchOutput(frame, this.slots)
  }

  /** `errorOrder`: that of the method's error estimate; `stiffness`: of explicit methods. */
  write(attempt: FunctionIndex, dense: FunctionIndex, errorOrder: number, stiffness?: StiffnessFunction): void {
    const { module } = this.#frame
    const output = this.#output.write(dense)
    const march = module.declare({ parameters: ['i32'], results: [] }, 'march')
    const body = new CodeBody(['i32'])
    body.loop()
    this.#turn(body, attempt, output, errorOrder + 1, stiffness)
    body.end()
    module.define(march, body)
    module.export('march', march)
  }

  /** One attempt in each lane and what follows from it. */
  #turn(
    body: CodeBody,
    attempt: FunctionIndex,
    output: FunctionIndex,
    q: number,
    stiffness: StiffnessFunction | undefined,
  ): void {
    const frame = this.#frame
    const { layout, t, end: endSlot, norm: normSlot } = frame
    const { slots } = this
    const lane = new LaneAssembler(body, layout.lanes, { table: frame.constantTable(), callee: noCallee })
    const load = (slot: number) => lane.load(layout.address(slot))
    const store = (slot: number, value: LaneNumber | number) => lane.store(layout.address(slot), value)

    // where the attempt ends
    const busy = lane.lessEqual(1, load(slots.busy))
    const now = load(slots.now)
    const target = load(slots.target)
    const wanted = load(slots.step)
    const longest = load(slots.maxStep)
    const h = lane.select(lane.less(longest, wanted), longest, wanted)
    const left = lane.subtract(target, now)
    const resolution = lane.multiply(stepControl.resolution, lane.absolute(now))
    const shortest = load(slots.shortest)
    const least = lane.select(lane.less(resolution, shortest), shortest, resolution)
    const reaches = lane.or(
      lane.lessEqual(left, lane.multiply(h, stepControl.stretch)),
      lane.less(left, lane.multiply(2, least)),
    )
    const halves = lane.less(left, lane.multiply(h, 2))
    const apart = lane.select(halves, lane.add(now, lane.multiply(0.5, left)), lane.add(now, h))
    const end = lane.select(busy, lane.select(reaches, target, apart), now)
    const isShort = lane.not(lane.lessEqual(least, lane.subtract(end, now)))
    const isSmall = lane.and(busy, lane.and(lane.less(end, target), isShort))
    store(t, now)
    store(endSlot, end)
    lane.any(isSmall)
    body.if()
    store(slots.stop, lane.select(isSmall, MarchStop.small, MarchStop.none))
    body.return().end()

    body.localGet(0).call(attempt)
    const norm = load(normSlot)
    const isUsual = lane.and(lane.lessEqual(0, norm), lane.less(norm, Number.POSITIVE_INFINITY))
    const isOdd = lane.and(busy, lane.not(isUsual))
    const isAccepted = lane.and(busy, lane.and(isUsual, lane.lessEqual(norm, 1)))
    const isRejected = lane.and(busy, lane.and(isUsual, lane.not(lane.lessEqual(norm, 1))))

    // the next step
    const length = lane.subtract(end, now)
    const leastNorm = stepControl.leastNorm
    const root = nthRootCode(lane, lane.select(lane.less(norm, leastNorm), leastNorm, norm), q)
    const plain = lane.divide(stepControl.safety, root)
    const lastStep = load(slots.lastStep)
    const lastRoot = load(slots.lastRoot)
    const trend = lane.multiply(lane.multiply(stepControl.safety, lane.divide(length, lastStep)), lastRoot)
    const predicted = lane.divide(trend, lane.multiply(root, root))
    const predicts = lane.and(lane.less(0, lastStep), lane.less(predicted, plain))
    const least02 = stepControl.mostShrinkage
    const factor = lane.atLeast(lane.select(predicts, predicted, plain), least02)
    const wasRejected = load(slots.afterRejection)
    const growth = lane.select(lane.lessEqual(1, wasRejected), 1, stepControl.mostGrowth)
    const grown = lane.multiply(length, lane.select(lane.less(growth, factor), growth, factor))
    const shrunk = lane.multiply(length, lane.atMost(lane.atLeast(plain, least02), stepControl.safety))
    let next = lane.select(isAccepted, grown, lane.select(isRejected, shrunk, wanted))
    store(slots.step, next)
    store(slots.lastStep, lane.select(isAccepted, length, lastStep))
    store(slots.lastRoot, lane.select(isAccepted, lane.atLeast(root, stepControl.leastRoot), lastRoot))
    store(slots.afterRejection, lane.select(isAccepted, 0, lane.select(isRejected, 1, wasRejected)))

    // what happened
    const accepted = lane.add(load(slots.accepted), lane.select(isAccepted, 1, 0))
    const attempts = lane.add(load(slots.attempts), lane.select(busy, 1, 0))
    const rejected = lane.add(load(slots.rejections), lane.select(isRejected, 1, 0))
    const rejections = lane.select(isAccepted, 0, rejected)
    store(slots.now, lane.select(isAccepted, end, now))
    store(slots.accepted, accepted)
    store(slots.attempts, attempts)
    store(slots.rejections, rejections)
    store(slots.isAccepted, lane.select(isAccepted, 1, 0))
    if (layout.lanes === 2) {
      body.i32Const(0).localGet(isAccepted.local).v128Store(layout.address(frame.accepted))
    }
    body.i32Const(0).localSet(0)
    lane.any(isAccepted)
    body.if().i32Const(AttemptFlag.accept).localSet(0).call(output).end()

    // looks at the stiffness
    let looks: LaneNumber | undefined
    if (stiffness !== undefined) {
      const steps = lane.add(load(slots.steps), lane.select(isAccepted, 1, 0))
      const looked = lane.multiply(steps, load(slots.lookShare))
      const limit = load(slots.stiffLimit)
      const isWatched = lane.less(limit, Number.POSITIVE_INFINITY)
      const isDue = lane.and(lane.and(isAccepted, isWatched), lane.equal(lane.floor(looked), looked))
      lane.any(isDue)
      body.if().call(stiffness.index).end()
      const before = load(slots.looks)
      // NaN says nothing
      const found = lane.select(lane.lessEqual(load(stiffness.slot), limit), 0, before)
      const isStiff = lane.less(limit, load(stiffness.slot))
      looks = lane.select(isDue, lane.select(isStiff, lane.add(before, 1), found), before)
      const longest = lane.divide(lane.multiply(length, load(slots.stiffCap)), load(stiffness.slot))
      next = lane.select(lane.and(isDue, lane.less(longest, next)), longest, next)
      store(slots.step, next)
      store(slots.steps, steps)
      store(slots.looks, looks)
    }

    // whether to come back
    const isArrived = lane.and(isAccepted, lane.equal(end, target))
    const isTooSmall = lane.and(isRejected, lane.not(lane.lessEqual(least, lane.subtract(lane.add(now, next), now))))
    const limits: readonly LaneMask[] = [
      lane.lessEqual(load(slots.mostAccepted), accepted),
      lane.lessEqual(load(slots.mostAttempts), attempts),
      lane.lessEqual(load(slots.mostRejections), rejections),
      lane.lessEqual(1, load(slots.isFull)),
      ...(looks === undefined ? [] : [lane.lessEqual(load(slots.mostLooks), looks)]),
    ]
    const isLimited = lane.and(
      busy,
      limits.reduce((a, b) => lane.or(a, b)),
    )
    const isDone = lane.or(lane.or(isOdd, isTooSmall), lane.or(isArrived, isLimited))
    const stop = lane.select(isArrived, MarchStop.target, lane.select(isLimited, MarchStop.limit, MarchStop.none))
    lane.any(isDone)
    body.i32Eqz().brIf(0)
    store(slots.stop, lane.select(isOdd, MarchStop.odd, lane.select(isTooSmall, MarchStop.small, stop)))
  }
}

/** The function of a kernel that estimates h·|λ|, and the slot where it leaves it. */
export interface StiffnessFunction {
  readonly index: FunctionIndex
  readonly slot: number
}

function noCallee(name: string): never {
  throw new Error(`step control calls nothing, not ${name}`)
}
