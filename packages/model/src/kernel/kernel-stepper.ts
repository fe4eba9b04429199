import type { Leg, Stepper } from 'ode-ts'
import type { ModelMachine } from '../tape/model-machine.ts'
import { KernelLane, type LaneSetting } from './kernel-lane.ts'
import type { KernelMemory } from './kernel-memory.ts'

/** Steps of one subject by a kernel of one lane. */
export class KernelStepper extends KernelLane implements Stepper {
  /** Absent where the kernel has none. */
  readonly march?: (leg: Leg) => void
  readonly #memory: KernelMemory

  constructor(setting: LaneSetting, instance: ModelMachine) {
    super(setting, 0, instance)
    this.#memory = setting.memory
    if (setting.memory.kernel.march === undefined) return
    this.march = (leg) => {
      setting.memory.open()
      setting.memory.march(this.beginMarch(leg))
      this.endMarch(leg)
    }
  }

  release(): void {
    this.#memory.release()
  }

  attempt(end: number): number {
    this.#memory.open()
    this.#memory.attempt(this.begin(end))
    return this.conclude()
  }
}
