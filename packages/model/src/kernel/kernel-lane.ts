import { type Leg, type Method, type Stepper, type StepperLane, type Tolerances, worstComponent } from 'ode-ts'
import type { Model } from '../model.ts'
import type { ModelMachine } from '../tape/model-machine.ts'
import type { SensitivityMachine } from '../tape/sensitivity-machine.ts'
import { AttemptFlag } from './kernel.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { LaneTangents } from './lane-tangents.ts'
import { LaneMarch } from './march/lane-march.ts'
import { StiffnessEstimate } from './stiffness-estimate.ts'

/** What the lanes of a kernel have in common. */
export interface LaneSetting {
  readonly model: Model
  readonly method: Method
  readonly memory: KernelMemory
  readonly tolerances: Tolerances
  /** The sensitivities that are carried, null when there are none. */
  readonly tangents: SensitivityMachine | null
  /** Makes the plain stepper of an instance. */
  readonly makePlain: (instance: ModelMachine) => Stepper
}

/**
 * One lane of a kernel, or all of a kernel for one: the state of its subject and the work done for it. Where the kernel's
 * factorization without pivoting cannot be trusted, the plain stepper takes the step: `pivotFallbacks` counts those attempts.
 */
export class KernelLane implements StepperLane {
  readonly dimension: number
  readonly parameterCount: number
  readonly order: number
  readonly errorOrder: number
  readonly denseRows: number
  readonly s: Float64Array | null
  singular = false
  t = 0
  readonly y: Float64Array
  rhsEvaluations = 0
  jacobianEvaluations = 0
  decompositions = 0
  /** Attempts that the plain stepper made. */
  pivotFallbacks = 0

  readonly #setting: LaneSetting
  readonly #lane: number
  readonly #instance: ModelMachine
  readonly #isImplicit: boolean
  readonly #repeatsLast: boolean
  readonly #tangents: LaneTangents | null
  readonly #march: LaneMarch | null
  #plain: Stepper | undefined
  #usesPlain = false
  readonly #before: Float64Array
  #flags = 0
  /** The continuous extension of the last accepted step was asked for. */
  #isExtended = false
  #start = 0
  #end = 0
  #stiffness: StiffnessEstimate | undefined

  constructor(setting: LaneSetting, lane: number, instance: ModelMachine) {
    const { method, memory } = setting
    const { kernel } = memory
    this.#setting = setting
    this.#lane = lane
    this.#instance = instance
    this.dimension = kernel.dimension
    this.order = method.order
    this.errorOrder = method.errorOrder
    this.denseRows = kernel.denseRows
    this.#isImplicit = method.kind !== 'explicit'
    this.#repeatsLast = method.kind === 'explicit' && method.firstSameAsLast
    this.y = new Float64Array(kernel.dimension)
    this.#before = new Float64Array(kernel.dimension)
    const { tangents: slots } = kernel.slots
    this.#tangents =
      slots === undefined || setting.tangents === null
        ? null
        : new LaneTangents(memory, slots, setting.tangents, setting.tolerances)
    this.parameterCount = this.#tangents?.parameterCount ?? 0
    this.s = this.#tangents?.s ?? null
    this.#march =
      kernel.march === undefined ? null : new LaneMarch(memory, lane, kernel.march.slots, kernel.march.buffers)
    memory.forget(lane)
  }

  start(t: number, y: Float64Array, s: Float64Array | null): void {
    const { memory } = this.#setting
    memory.open()
    memory.synchronize(this.#lane, this.#instance)
    memory.setVector(memory.kernel.slots.y0, this.#lane, y)
    this.t = t
    this.y.set(y)
    if (s !== null) this.#tangents?.start(s)
    this.#flags = AttemptFlag.evaluate
  }

  derivative(t: number, y: Float64Array, dydt: Float64Array): void {
    const { memory } = this.#setting
    const { slots, bareSlope } = memory.kernel
    memory.open()
    memory.synchronize(this.#lane, this.#instance)
    memory.set(slots.t, this.#lane, t)
    memory.setVector(slots.y0, this.#lane, y)
    memory.evaluateSlope()
    memory.getVector(slots.slope, this.#lane, dydt)
    if (!bareSlope) return
    const { rates } = this.#instance
    for (let i = 0; i < dydt.length; i++) dydt[i] = dydt[i]! + rates[i]!
  }

  /** Sets the ends of the next attempt in the memory, which is open, and returns its flags. */
  begin(end: number): number {
    const { memory } = this.#setting
    const { slots } = memory.kernel
    memory.set(slots.t, this.#lane, this.t)
    memory.set(slots.end, this.#lane, end)
    this.#start = this.t
    this.#end = end
    return this.#flags
  }

  /** The error norm, after the kernel's attempt. */
  conclude(): number {
    const { memory } = this.#setting
    this.#count()
    this.#flags = 0
    this.singular = false
    return this.#trust(memory.get(memory.kernel.slots.norm, this.#lane))
  }

  /** The norm of the last attempt; where the kernel's is -1, that of the plain stepper, which then makes the attempt. */
  #trust(norm: number): number {
    this.#usesPlain = norm < 0
    if (!this.#usesPlain) return norm
    this.pivotFallbacks++
    this.#plain ??= this.#setting.makePlain(this.#instance)
    this.#plain.start(this.#start, this.y, this.s)
    const plainNorm = this.#plain.attempt(this.#end)
    this.singular = this.#plain.singular
    return plainNorm
  }

  /** Sets what the next march is to do in this lane, whose memory is open, and returns the flags of its first attempt. */
  beginMarch(leg: Leg): number {
    this.#march?.begin(leg, this.t)
    return this.#flags
  }

  /** The lane is to stay where it is during the next march. */
  sitOut(): number {
    this.#march?.rest(this.t)
    return this.#flags
  }

  /** Takes over what the march did, and hands its output on. */
  endMarch(leg: Leg): void {
    const march = this.#march
    if (march === null) return
    const { memory } = this.#setting
    const { slots } = memory.kernel
    march.end(leg)
    if (leg.attempts === 0) return
    const isAccepted = march.isAccepted
    this.#countMarch(leg, march)
    this.#usesPlain = false
    this.singular = false
    this.#start = memory.get(slots.t, this.#lane)
    this.#end = memory.get(slots.end, this.#lane)
    this.t = march.now
    if (leg.accepted > 0) memory.getVector(isAccepted ? slots.y1 : slots.y0, this.#lane, this.y)
    this.#flags = isAccepted ? AttemptFlag.accept : 0
    if (leg.stop !== 'odd') return
    leg.start = this.#start
    leg.end = this.#end
    leg.norm = this.#trust(memory.get(slots.norm, this.#lane))
  }

  /** After an attempt that was not meant for this lane. */
  rest(): void {
    this.#flags &= ~AttemptFlag.accept
  }

  worst(): number {
    if (this.#usesPlain && this.#plain !== undefined) return this.#plain.worst()
    const { memory, tolerances } = this.#setting
    const { slots } = memory.kernel
    memory.open()
    const [error, y0, y1] = [slots.error, slots.y0, slots.y1].map((slot) => {
      const vector = new Float64Array(this.dimension)
      memory.getVector(slot, this.#lane, vector)
      return vector
    }) as [Float64Array, Float64Array, Float64Array]
    return worstComponent(error, y0, y1, tolerances.rtol, tolerances.atol)
  }

  accept(): void {
    const { memory } = this.#setting
    const { slots } = memory.kernel
    memory.open()
    if (this.#usesPlain && this.#plain !== undefined) {
      this.#plain.accept()
      memory.setVector(slots.y1, this.#lane, this.#plain.y)
      if (this.#plain.s !== null) this.#tangents?.acceptFrom(this.#plain.s)
    } else this.#tangents?.accept()
    memory.getVector(slots.y1, this.#lane, this.y)
    this.rhsEvaluations += memory.kernel.evaluations.accept
    this.#isExtended = false
    this.t = this.#end
    this.#flags = AttemptFlag.accept
  }

  dense(out: Float64Array, offset: number): void {
    if (this.#usesPlain && this.#plain !== undefined) this.#plain.dense(out, offset)
    else {
      const { memory } = this.#setting
      memory.open()
      if (!this.#isExtended) this.rhsEvaluations += memory.kernel.evaluations.dense
      this.#isExtended = true
      memory.readDense(this.#lane, out, offset, this.dimension * (1 + this.parameterCount))
      this.#tangents?.dense(out, offset)
    }
  }

  stiffness(): number {
    if (this.#usesPlain && this.#plain !== undefined) return this.#plain.stiffness()
    const { memory, tolerances } = this.#setting
    memory.open()
    const { stiffness } = memory.kernel.slots
    if (stiffness !== undefined) {
      memory.estimateStiffness()
      return memory.get(stiffness, this.#lane)
    }
    this.#stiffness ??= new StiffnessEstimate(memory, this.#lane, tolerances)
    return (this.#end - this.#start) * this.#stiffness.radius()
  }

  sensitivityNorm(): number {
    if (this.#usesPlain && this.#plain !== undefined) return this.#plain.sensitivityNorm()
    if (this.#tangents === null) return 0
    const { memory } = this.#setting
    memory.open()
    memory.getVector(memory.kernel.slots.y0, this.#lane, this.#before)
    return this.#tangents.norm(this.#before, this.y)
  }

  sensitivityStiffness(): number {
    if (this.#usesPlain && this.#plain !== undefined) return this.#plain.sensitivityStiffness()
    this.#setting.memory.open()
    return this.#tangents?.stiffness(this.#end - this.#start) ?? Number.NaN
  }

  /** Right-hand sides that the kernel counted itself. */
  #countedEvaluations(): number {
    const { memory } = this.#setting
    const { evaluations } = memory.kernel.slots
    if (evaluations === undefined) return 0
    const count = memory.get(evaluations, this.#lane)
    memory.set(evaluations, this.#lane, 0)
    return count
  }

  #countMarch(leg: Leg, march: LaneMarch): void {
    const { evaluations } = this.#setting.memory.kernel
    // attempts that began with the end of an accepted step, besides the first
    const onward = leg.accepted - (march.isAccepted ? 1 : 0)
    const first = this.#flags
    this.rhsEvaluations += this.#countedEvaluations()
    this.rhsEvaluations +=
      leg.attempts * evaluations.attempt + leg.accepted * evaluations.accept + march.extensions * evaluations.dense
    if (first === AttemptFlag.evaluate || (first !== 0 && !this.#repeatsLast)) this.rhsEvaluations++
    if (!this.#repeatsLast) this.rhsEvaluations += onward
    if (!this.#isImplicit) return
    this.decompositions += leg.attempts
    this.jacobianEvaluations += onward + (first === 0 ? 0 : 1)
  }

  #count(): void {
    const flags = this.#flags
    this.rhsEvaluations += this.#setting.memory.kernel.evaluations.attempt + this.#countedEvaluations()
    if (this.#isImplicit) {
      this.decompositions++
      if (flags !== 0) this.jacobianEvaluations++
    }
    if (flags === AttemptFlag.evaluate || (flags !== 0 && !this.#repeatsLast)) this.rhsEvaluations++
  }
}
