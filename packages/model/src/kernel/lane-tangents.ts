import { SensitivityError, type Tolerances } from 'ode-ts'
import type { SensitivityMachine } from '../tape/sensitivity-machine.ts'
import type { TangentSlots } from './kernel.ts'
import type { KernelMemory } from './kernel-memory.ts'

/** The sensitivities that a kernel of one lane carries. */
export class LaneTangents {
  readonly parameterCount: number
  /** At the time the lane stands at, parameter-major. */
  readonly s: Float64Array
  readonly #memory: KernelMemory
  readonly #slots: TangentSlots
  readonly #system: SensitivityMachine
  readonly #error: SensitivityError
  readonly #first: Float64Array
  readonly #second: Float64Array
  readonly #before: Float64Array
  #isFirst = true

  constructor(memory: KernelMemory, slots: TangentSlots, system: SensitivityMachine, { rtol, atol }: Tolerances) {
    this.parameterCount = slots.parameterCount
    this.s = new Float64Array(slots.parameterCount * memory.kernel.dimension)
    this.#memory = memory
    this.#slots = slots
    this.#system = system
    this.#error = new SensitivityError(memory.kernel.dimension, slots.parameterCount, rtol, atol)
    this.#first = new Float64Array(this.s.length)
    this.#second = new Float64Array(this.s.length)
    this.#before = new Float64Array(this.s.length)
  }

  start(s: Float64Array): void {
    this.s.set(s)
    this.#memory.setPairs(this.#slots.s0, s)
    this.#memory.setPairs(this.#slots.rates, this.#system.rates)
    this.#isFirst = true
  }

  /** Carries them through the last attempt. */
  accept(): void {
    this.#before.set(this.s)
    this.#memory.carryTangents(this.#isFirst)
    this.#memory.getPairs(this.#slots.s1, this.s, 0)
    this.#isFirst = false
  }

  /** See `StepperLane.sensitivityNorm`; the step led from y0 to y1. */
  norm(y0: Float64Array, y1: Float64Array): number {
    const { s } = this
    const { first, second, hasLow } = this.#slots
    this.#error.weigh(y0, y1, this.#before, s, this.#system.parameterScales)
    this.#memory.estimateTangentError()
    this.#memory.getPairs(first, this.#first, 0)
    if (hasLow) this.#memory.getPairs(second, this.#second, 0)
    return this.#error.norm(this.#first, hasLow ? this.#second : null, s)
  }

  /** See `StepperLane.sensitivityStiffness`; the step had length h. */
  stiffness(h: number): number {
    if (!this.#memory.estimateTangentStiffness()) return Number.NaN
    const { first, second } = this.#slots
    this.#memory.getPairs(first, this.#first, 0)
    this.#memory.getPairs(second, this.#second, 0)
    return this.#error.stiffness(this.#first, this.#second, h)
  }

  /** Takes over what another stepper found at the end of the last attempt. */
  acceptFrom(s: Float64Array): void {
    this.s.set(s)
    this.#memory.setPairs(this.#slots.s1, s)
    this.#isFirst = true
  }

  /** Writes their part of z0, z1 and the rows of the continuous extension. */
  dense(out: Float64Array, offset: number): void {
    const { dimension: n, denseRows } = this.#memory.kernel
    const { s0, s1, rows } = this.#slots
    const width = n * (1 + this.parameterCount)
    this.#memory.getPairs(s0, out, offset + n)
    this.#memory.getPairs(s1, out, offset + width + n)
    this.#memory.extendTangents()
    const length = s1 - s0
    for (let r = 0; r < denseRows; r++) this.#memory.getPairs(rows + r * length, out, offset + (2 + r) * width + n)
  }
}
