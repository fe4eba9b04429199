import type { Stepper } from 'ode-ts'
import type { ModelMachine } from '../model-machine.ts'
import { KernelLane, type LaneSetting } from './kernel-lane.ts'
import type { KernelMemory } from './kernel-memory.ts'

/** Steps of one subject by a kernel of one lane. */
export class KernelStepper extends KernelLane implements Stepper {
  readonly #memory: KernelMemory

  constructor(setting: LaneSetting, instance: ModelMachine) {
    super(setting, 0, instance)
    this.#memory = setting.memory
  }

  attempt(end: number): number {
    this.#memory.open()
    this.#memory.attempt(this.begin(end))
    return this.conclude()
  }
}
