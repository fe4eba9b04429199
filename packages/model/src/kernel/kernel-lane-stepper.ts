import type { Lane, LaneStepper, Leg, System, Thrown } from 'ode-ts'
import { ModelMachine } from '../tape/model-machine.ts'
import { AttemptFlag } from './kernel.ts'
import { KernelLane, type LaneSetting } from './kernel-lane.ts'

/** Steps of two subjects at once by a kernel of two lanes. */
export class KernelLaneStepper implements LaneStepper {
  lanes: readonly [KernelLane, KernelLane]
  readonly norms = new Float64Array(2)
  readonly thrown: [Thrown | null, Thrown | null] = [null, null]

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

  release(): void {
    this.#setting.memory.release()
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
    this.thrown.fill(null)
    if (isBusy0) this.norms[0] = first.conclude()
    else first.rest()
    if (isBusy1) this.norms[1] = second.conclude()
    else second.rest()
  }

  march(leg0: Leg | null, leg1: Leg | null): void {
    const { memory } = this.#setting
    const { accepted } = memory.kernel.slots
    const [first, second] = this.lanes
    memory.open()
    const flags0 = leg0 === null ? first.sitOut() : first.beginMarch(leg0)
    const flags1 = leg1 === null ? second.sitOut() : second.beginMarch(leg1)
    memory.setBits(accepted, 0, (flags0 & AttemptFlag.accept) !== 0)
    memory.setBits(accepted, 1, (flags1 & AttemptFlag.accept) !== 0)
    memory.march(flags0 | flags1)
    this.#endMarch(0, leg0)
    this.#endMarch(1, leg1)
    const attempts = Math.max(leg0?.attempts ?? 0, leg1?.attempts ?? 0)
    if (leg0 === null && attempts > 0) first.rest()
    if (leg1 === null && attempts > 0) second.rest()
  }

  accept(mask: number): void {
    if ((mask & 1) !== 0) this.lanes[0].accept()
    if ((mask & 2) !== 0) this.lanes[1].accept()
  }

  /** What receives the output may throw: that is the end of its own lane alone. */
  #endMarch(lane: Lane, leg: Leg | null): void {
    this.thrown[lane] = null
    if (leg === null) return
    try {
      this.lanes[lane].endMarch(leg)
    } catch (error) {
      this.thrown[lane] = { error }
    }
  }

  #instanceOf(system: System): ModelMachine {
    const { model } = this.#setting
    if (system instanceof ModelMachine && system.model === model) return system
    throw new RangeError('a kernel with two lanes runs instances of one model; this system is not one of them')
  }
}
