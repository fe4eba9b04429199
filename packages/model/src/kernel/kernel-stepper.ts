import type { Method, Stepper, Tolerances } from 'ode-ts'
import type { ModelMachine } from '../model-machine.ts'
import { AttemptFlag } from './kernel.ts'
import { type CompiledKernel, KernelMemory } from './kernel-memory.ts'
import { StiffnessEstimate } from './stiffness-estimate.ts'

/**
 * Steps of a model by a kernel. Where the kernel's factorization without pivoting cannot be trusted, the plain stepper
 * takes the step: `fallbacks` counts those attempts.
 */
export class KernelStepper implements Stepper {
  readonly dimension: number
  readonly parameterCount = 0
  readonly order: number
  readonly errorOrder: number
  readonly denseRows: number
  readonly s = null
  singular = false
  t = 0
  y: Float64Array
  rhsEvaluations = 0
  jacobianEvaluations = 0
  decompositions = 0
  /** Attempts that the plain stepper made. */
  fallbacks = 0

  readonly #instance: ModelMachine
  readonly #memory: KernelMemory
  readonly #values: Float64Array
  readonly #attempt: (flags: number) => void
  readonly #tolerances: Tolerances
  readonly #isRosenbrock: boolean
  readonly #firstEvaluations: number
  readonly #stageEvaluations: number
  readonly #makePlain: () => Stepper
  #plain: Stepper | undefined
  #usedPlain = false
  readonly #y0: Float64Array
  readonly #y1: Float64Array
  /** z0, z1 and the dense rows, when the slots of a vector follow each other without a gap. */
  readonly #denseView: Float64Array
  readonly #t: number
  readonly #end: number
  readonly #norm: number
  #flags = 0
  #h = 0
  #stiffness: StiffnessEstimate | undefined

  constructor(
    method: Method,
    instance: ModelMachine,
    compiled: CompiledKernel,
    tolerances: Tolerances,
    makePlain: () => Stepper,
  ) {
    const { kernel } = compiled
    const { slots, dimension: n } = kernel
    const memory = new KernelMemory(compiled)
    this.dimension = n
    this.order = method.order
    this.errorOrder = method.errorOrder
    this.denseRows = kernel.denseRows
    this.#instance = instance
    this.#memory = memory
    this.#values = memory.values
    this.#attempt = memory.functions.attempt
    this.#tolerances = tolerances
    this.#isRosenbrock = method.kind === 'rosenbrock'
    this.#firstEvaluations = method.kind === 'explicit' && method.firstSameAsLast ? 0 : 1
    this.#stageEvaluations = kernel.stageEvaluations
    this.#makePlain = makePlain
    this.#t = slots.t
    this.#end = slots.end
    this.#norm = slots.norm
    this.#y0 = memory.values.subarray(slots.y0, slots.y0 + n)
    this.#y1 = memory.values.subarray(slots.y1, slots.y1 + n)
    this.#denseView = memory.values.subarray(slots.y0, slots.y0 + (2 + kernel.denseRows) * (n + (n % 2)))
    this.y = this.#y0
    memory.setTolerances(tolerances.rtol, tolerances.atol)
  }

  start(t: number, y: Float64Array): void {
    this.#memory.synchronize(0, this.#instance)
    this.t = t
    this.#y0.set(y)
    this.y = this.#y0
    this.#flags = AttemptFlag.evaluate
  }

  attempt(end: number): number {
    const values = this.#values
    values[this.#t] = this.t
    values[this.#end] = end
    const flags = this.#flags
    this.#attempt(flags)
    this.y = this.#y0
    this.#count(flags)
    this.#flags = 0
    this.#h = end - this.t
    const norm = values[this.#norm]!
    this.#usedPlain = norm < 0
    this.singular = false
    return norm < 0 ? this.#attemptPlain(end) : norm
  }

  worst(): number {
    if (this.#usedPlain && this.#plain !== undefined) return this.#plain.worst()
    const { error } = this.#memory.kernel.slots
    return worstOf(this.#values.subarray(error, error + this.dimension), this.#y0, this.#y1, this.#tolerances)
  }

  accept(): void {
    if (this.#usedPlain && this.#plain !== undefined) {
      this.#plain.accept()
      this.#y1.set(this.#plain.y)
    }
    this.t = this.#values[this.#end]!
    this.y = this.#y1
    this.#flags = AttemptFlag.accept
  }

  dense(out: Float64Array, offset: number): void {
    if (this.#usedPlain && this.#plain !== undefined) {
      this.#plain.dense(out, offset)
      return
    }
    this.#memory.functions.dense()
    const n = this.dimension
    const view = this.#denseView
    if (n % 2 === 0) {
      out.set(view, offset)
      return
    }
    for (let from = 0, to = offset; from < view.length; from += n + 1, to += n) {
      for (let i = 0; i < n; i++) out[to + i] = view[from + i]!
    }
  }

  stiffness(): number {
    if (this.#usedPlain && this.#plain !== undefined) return this.#plain.stiffness()
    this.#stiffness ??= new StiffnessEstimate(this.#instance, this.#memory, this.#tolerances)
    const radius = this.#stiffness.radius(this.t - this.#h, this.#y0)
    this.rhsEvaluations += this.#stiffness.takeEvaluations()
    return this.#h * radius
  }

  #count(flags: number): void {
    this.rhsEvaluations += this.#stageEvaluations
    if (this.#isRosenbrock) this.decompositions++
    if (flags === 0) return
    if (this.#isRosenbrock) {
      this.jacobianEvaluations++
      this.rhsEvaluations++
    } else this.rhsEvaluations += flags === AttemptFlag.evaluate ? 1 : this.#firstEvaluations
  }

  #attemptPlain(end: number): number {
    this.fallbacks++
    this.#plain ??= this.#makePlain()
    this.#plain.start(this.t, this.#y0, null)
    const norm = this.#plain.attempt(end)
    this.singular = this.#plain.singular
    return norm
  }
}

/** Index of the largest weighted error, or of the first error or end state that is not finite. */
function worstOf(error: Float64Array, y0: Float64Array, y1: Float64Array, { rtol, atol }: Tolerances): number {
  let worst = 0
  let largest = -1
  for (let i = 0; i < error.length; i++) {
    const end = y1[i]!
    const ratio = Math.abs(error[i]!) / (atol[i]! + rtol * Math.max(Math.abs(y0[i]!), Math.abs(end)))
    if (!Number.isFinite(ratio + end)) return i
    if (ratio > largest) {
      largest = ratio
      worst = i
    }
  }
  return worst
}
