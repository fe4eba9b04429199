import type { Leg, StepSink } from 'ode-ts'
import type { KernelMemory } from '../kernel-memory.ts'
import type { MarchBuffers } from './march-buffers.ts'
import { type MarchSlots, MarchStop } from './march-slots.ts'

/** What a lane of a kernel says and is told of marches. */
export class LaneMarch {
  readonly #memory: KernelMemory
  readonly #lane: number
  readonly #slots: MarchSlots
  readonly #buffers: MarchBuffers
  /** Addresses of the lane's buffers. */
  readonly #log: number
  readonly #times: number
  readonly #samples: number
  /** The times in the buffer: whose, from which on, and when they were put there. */
  #sampled: StepSink | undefined
  #first = 0
  #openings = -1

  constructor(memory: KernelMemory, lane: number, slots: MarchSlots, buffers: MarchBuffers) {
    this.#memory = memory
    this.#lane = lane
    this.#slots = slots
    this.#buffers = buffers
    this.#log = buffers.start + lane * buffers.laneBytes
    this.#times = this.#log + 8 * buffers.steps * buffers.stepNumbers
    this.#samples = this.#times + 8 * buffers.samples
  }

  /** Sets what the march is to do in this lane; the memory is open. */
  begin(leg: Leg, t: number): void {
    const { controller } = leg
    const slots = this.#slots
    this.#set(slots.busy, 1)
    this.#set(slots.now, t)
    this.#set(slots.target, leg.target)
    this.#set(slots.maxStep, leg.maxStep)
    this.#set(slots.shortest, leg.shortest)
    this.#set(slots.mostAccepted, leg.mostAccepted)
    this.#set(slots.mostAttempts, leg.mostAttempts)
    this.#set(slots.mostRejections, leg.mostRejections)
    this.#set(slots.step, controller.step)
    this.#set(slots.lastStep, controller.lastStep)
    this.#set(slots.lastRoot, controller.lastRoot)
    this.#set(slots.afterRejection, controller.afterRejection ? 1 : 0)
    this.#set(slots.rejections, controller.rejections)
    this.#set(slots.stiffLimit, leg.watch?.limit ?? Number.POSITIVE_INFINITY)
    this.#set(slots.lookShare, 1 / (leg.watch?.every ?? 1))
    this.#set(slots.stiffCap, leg.watch?.cap ?? Number.POSITIVE_INFINITY)
    this.#set(slots.mostLooks, leg.watch?.mostLooks ?? Number.POSITIVE_INFINITY)
    this.#set(slots.steps, leg.watch?.steps ?? 0)
    this.#set(slots.looks, leg.watch?.looks ?? 0)
    this.#clearCounts()
    this.#prepareOutput(leg.sink)
  }

  /** The lane is to stay at t. */
  rest(t: number): void {
    this.#set(this.#slots.busy, 0)
    this.#set(this.#slots.now, t)
    this.#clearCounts()
  }

  /** Reads what the march did into the leg, and hands its output on. */
  end(leg: Leg): void {
    const { controller } = leg
    const slots = this.#slots
    leg.accepted = this.#get(slots.accepted)
    leg.attempts = this.#get(slots.attempts)
    controller.step = this.#get(slots.step)
    controller.lastStep = this.#get(slots.lastStep)
    controller.lastRoot = this.#get(slots.lastRoot)
    controller.afterRejection = this.#get(slots.afterRejection) === 1
    controller.rejections = this.#get(slots.rejections)
    if (leg.watch !== null) {
      leg.watch.steps = this.#get(slots.steps)
      leg.watch.looks = this.#get(slots.looks)
    }
    leg.stop = stops.get(this.#get(slots.stop)) ?? 'limit'
    if (leg.accepted > 0) this.#handOn(leg.sink)
  }

  get now(): number {
    return this.#get(this.#slots.now)
  }

  get extensions(): number {
    return this.#get(this.#slots.extensions)
  }

  /** Whether the last attempt was accepted. */
  get isAccepted(): boolean {
    return this.#get(this.#slots.isAccepted) === 1
  }

  #prepareOutput(sink: StepSink): void {
    const slots = this.#slots
    const { steps, stepNumbers } = this.#buffers
    this.#setAddress(slots.log, sink.times === undefined ? this.#log : 0)
    this.#setAddress(slots.logEnd, this.#log + 8 * steps * stepNumbers)
    this.#setAddress(slots.samples, this.#samples)
    if (sink.times === undefined) {
      this.#memory.numbers[this.#times / 8] = Number.POSITIVE_INFINITY
      this.#sampled = undefined
      this.#setAddress(slots.times, this.#times)
      this.#setAddress(slots.timesEnd, this.#times + 8)
    } else this.#prepareTimes(sink, sink.times)
  }

  /** Makes the times to come known, as many as there is room for; Infinity after the last of all. */
  #prepareTimes(sink: StepSink, times: Float64Array): void {
    const { openings, numbers } = this.#memory
    const { samples } = this.#buffers
    const { reached } = sink
    const isKnown = this.#sampled === sink && this.#openings === openings
    if (!isKnown || reached < this.#first || reached >= this.#first + samples) {
      this.#sampled = sink
      this.#openings = openings
      this.#first = reached
      for (let k = 0, at = this.#times / 8; k < samples; k++) {
        numbers[at + k] = times[reached + k] ?? Number.POSITIVE_INFINITY
      }
    }
    this.#setAddress(this.#slots.times, this.#times + 8 * (reached - this.#first))
    this.#setAddress(this.#slots.timesEnd, this.#samples)
  }

  #handOn(sink: StepSink): void {
    const memory = this.#memory
    const { dimension: n, denseRows } = memory.kernel
    const { stepNumbers } = this.#buffers
    const slots = this.#slots
    if (sink.times === undefined) {
      const count = (this.#getAddress(slots.log) - this.#log) / (8 * stepNumbers)
      sink.steps(memory.numbers, this.#log / 8, count, denseRows, n + (n % 2))
      return
    }
    for (;;) {
      const count = (this.#getAddress(slots.samples) - this.#samples) / (8 * n)
      sink.samples(memory.numbers, this.#samples / 8, count)
      if (this.#getAddress(slots.times) < this.#samples) return
      this.#setAddress(slots.samples, this.#samples)
      this.#prepareTimes(sink, sink.times)
      memory.sample()
    }
  }

  #clearCounts(): void {
    const slots = this.#slots
    this.#set(slots.accepted, 0)
    this.#set(slots.attempts, 0)
    this.#set(slots.extensions, 0)
    this.#set(slots.isFull, 0)
    this.#set(slots.stop, MarchStop.none)
  }

  #set(slot: number, value: number): void {
    this.#memory.set(slot, this.#lane, value)
  }

  #get(slot: number): number {
    return this.#memory.get(slot, this.#lane)
  }

  #setAddress(slot: number, address: number): void {
    this.#memory.setAddress(slot, this.#lane, address)
  }

  #getAddress(slot: number): number {
    return this.#memory.getAddress(slot, this.#lane)
  }
}

const stops = new Map<number, Leg['stop']>([
  [MarchStop.target, 'target'],
  [MarchStop.odd, 'odd'],
  [MarchStop.small, 'small'],
])
