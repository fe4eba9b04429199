import type { Stepper } from 'ode-ts'
import type { ModelMachine } from '../model-machine.ts'
import { KernelLane, type LaneSetting } from './kernel-lane.ts'

/** Steps of one subject by a kernel of one lane. */
export class KernelStepper extends KernelLane implements Stepper {
  readonly #attempt: (flags: number) => void
  readonly #beforeAttempt: () => void

  constructor(setting: LaneSetting, instance: ModelMachine) {
    super(setting, 0, instance)
    const { memory } = setting
    this.#attempt = memory.functions.attempt
    this.#beforeAttempt = () => memory.expireDense()
  }

  attempt(end: number): number {
    this.#beforeAttempt()
    this.#attempt(this.begin(end))
    return this.conclude()
  }
}
