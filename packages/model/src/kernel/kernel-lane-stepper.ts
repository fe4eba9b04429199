import type { Lane, LaneStepper, System } from 'ode-ts'
import { ModelMachine } from '../model-machine.ts'
import { AttemptFlag } from './kernel.ts'
import { KernelLane, type LaneSetting } from './kernel-lane.ts'

/** Steps of two subjects at once by a kernel of two lanes. */
export class KernelLaneStepper implements LaneStepper {
  lanes: readonly [KernelLane, KernelLane]
  readonly norms = new Float64Array(2)
  readonly thrown = [null, null] as const

  readonly #setting: LaneSetting

  constructor(setting: LaneSetting, instance: ModelMachine) {
    this.#setting = setting
    this.lanes = [new KernelLane(setting, 0, instance), new KernelLane(setting, 1, instance)]
  }

  assign(lane: Lane, system: System): void {
    const [first, second] = this.lanes
    const next = new KernelLane(this.#setting, lane, this.#instanceOf(system))
    this.lanes = lane === 0 ? [next, second] : [first, next]
  }

  attempt(end0: number, end1: number): void {
    const { memory } = this.#setting
    const { accepted } = memory.kernel.slots
    const [first, second] = this.lanes
    memory.open()
    const isBusy0 = end0 > first.t
    const isBusy1 = end1 > second.t
    // an idle lane makes a step of no length, which changes nothing
    const flags0 = first.begin(isBusy0 ? end0 : first.t)
    const flags1 = second.begin(isBusy1 ? end1 : second.t)
    memory.setBits(accepted, 0, (flags0 & AttemptFlag.accept) !== 0)
    memory.setBits(accepted, 1, (flags1 & AttemptFlag.accept) !== 0)
    memory.attempt(flags0 | flags1)
    if (isBusy0) this.norms[0] = first.conclude()
    else first.rest()
    if (isBusy1) this.norms[1] = second.conclude()
    else second.rest()
  }

  accept(mask: number): void {
    if ((mask & 1) !== 0) this.lanes[0].accept()
    if ((mask & 2) !== 0) this.lanes[1].accept()
  }

  #instanceOf(system: System): ModelMachine {
    const { model } = this.#setting
    if (system instanceof ModelMachine && system.model === model) return system
    throw new RangeError('a kernel with two lanes runs instances of one model; this system is not one of them')
  }
}
