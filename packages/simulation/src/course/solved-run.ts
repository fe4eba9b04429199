import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { Outcome, Statistics, Trajectory } from 'ode-ts'
import type { CovariateCourse, OwnCovariates } from '../covariates/covariate-course.ts'
import type { DoseHistory } from '../records/dose-history.ts'
import type { EventRecord } from '../records/event-record.ts'
import type { Schedule } from '../records/schedule.ts'
import { nextDown } from './next-down.ts'
import { blockRows, type ReadBlock } from './read-block.ts'
import type { RunMemory } from './run-memory.ts'
import type { SubjectRun } from './subject-run.ts'

/** A run that was solved: states from its trajectory, outputs computed where they are read. */
export class SolvedRun implements SubjectRun {
  readonly memory: RunMemory
  readonly outcome: Outcome
  readonly statistics: Statistics
  readonly start: number
  readonly end: number
  readonly eventTimes: Float64Array
  readonly #instance: ModelInstance
  readonly #tangents: ModelSensitivities | null
  readonly #records: readonly EventRecord[]
  readonly #captured: Schedule['captured']
  readonly #doses: DoseHistory
  readonly #covariates: CovariateCourse
  readonly #trajectory: Trajectory
  readonly #y: Float64Array
  readonly #s: Float64Array
  readonly #outputs: Float64Array
  readonly #outputTangents: Float64Array
  readonly #block: ReadBlock

  constructor(
    memory: RunMemory,
    instance: ModelInstance,
    block: ReadBlock,
    tangents: ModelSensitivities | null,
    records: readonly EventRecord[],
    captured: Schedule['captured'],
    doses: DoseHistory,
    covariates: CovariateCourse,
    trajectory: Trajectory,
    outcome: Outcome,
    statistics: Statistics,
  ) {
    this.memory = memory
    this.#instance = instance
    this.#block = block
    this.#tangents = tangents
    this.#records = records
    this.#captured = captured
    this.#doses = doses
    this.#covariates = covariates
    this.#trajectory = trajectory
    this.outcome = outcome
    this.statistics = statistics
    this.start = trajectory.start
    this.end = trajectory.end
    this.eventTimes = trajectory.eventTimes
    block.derive(tangents?.parameterCount ?? 0)
    this.#y = block.y
    this.#s = block.s
    this.#outputs = block.values
    this.#outputTangents = block.slopes
  }

  get knots(): Float64Array {
    return this.#trajectory.knots
  }

  read(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    this.#trajectory.state(t, this.#y, side)
    this.#write(side === 'before' ? nextDown(t) : t, this.#y, out)
  }

  value(index: number, t: number, side: 'before' | 'after' = 'after'): number {
    const n = this.#y.length
    const { times, states, outputs, one, side: before } = this.#block
    const isBefore = side === 'before'
    one[0] = index
    times[0] = t
    before[0] = isBefore ? 1 : 0
    this.#trajectory.rows(times, 1, index < n ? one : this.#instance.outputStates, states, before)
    if (index < n) return states[index]!
    if (isBefore) times[0] = nextDown(t)
    this.#outputRows(1)
    return outputs[index - n]!
  }

  readColumns(times: Float64Array, wanted: readonly number[], out: readonly Float64Array[], before?: Uint8Array): void {
    const n = this.#y.length
    const width = this.#outputs.length
    const block = this.#block
    const needsOutputs = wanted.some((index) => index >= n)
    const needed = new Set(needsOutputs ? this.#instance.outputStates : [])
    for (const index of wanted) if (index < n) needed.add(index)
    const entries = Int32Array.from(needed)
    for (let first = 0; first < times.length; first += blockRows) {
      const count = Math.min(blockRows, times.length - first)
      const sides = before?.subarray(first, first + count)
      this.#trajectory.rows(times.subarray(first, first + count), count, entries, block.states, sides)
      for (let k = 0; k < count; k++)
        block.times[k] = sides?.[k] === 1 ? nextDown(times[first + k]!) : times[first + k]!
      if (needsOutputs) this.#outputRows(count)
      for (let q = 0; q < wanted.length; q++) {
        const index = wanted[q]!
        const column = out[q]!
        const [from, stride] = index < n ? [block.states, n] : [block.outputs, width]
        let at = index < n ? index : index - n
        for (let k = 0; k < count; k++, at += stride) column[first + k] = from[at]!
      }
    }
  }

  readSensitivities(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    this.#trajectory.state(t, this.#y, side)
    this.#trajectory.sensitivities(t, this.#s, side)
    this.#writeTangents(side === 'before' ? nextDown(t) : t, this.#y, this.#s, out)
  }

  readRecord(index: number, out: Float64Array): void {
    const { time: t, covariates } = this.#record(index)
    const captured = this.#captured.get(index)
    if (captured === undefined && covariates === undefined) {
      this.read(t, out)
      return
    }
    if (captured === undefined) this.#trajectory.state(t, this.#y, 'after')
    this.#write(t, captured?.y ?? this.#y, out, captured?.doses, covariates)
  }

  readRecordSensitivities(index: number, out: Float64Array): void {
    const { time: t, covariates } = this.#record(index)
    const captured = this.#captured.get(index)
    if (captured === undefined && covariates === undefined) {
      this.readSensitivities(t, out)
      return
    }
    if (captured === undefined) {
      this.#trajectory.state(t, this.#y, 'after')
      this.#trajectory.sensitivities(t, this.#s, 'after')
    }
    this.#writeTangents(t, captured?.y ?? this.#y, captured?.s ?? this.#s, out, captured?.doses, covariates)
  }

  #record(index: number): EventRecord {
    const record = this.#records[index]
    if (record === undefined) throw new RangeError(`no record ${index}; the subject has ${this.#records.length}`)
    return record
  }

  /** Outputs of the first `count` rows of the block, those between two doses or changes of covariates together. */
  #outputRows(count: number): void {
    const { times, states, outputs } = this.#block
    const n = this.#y.length
    const width = this.#outputs.length
    for (let first = 0, end = 0; first < count; first = end) {
      const t = times[first]!
      const place = this.#doses.placeAt(t)
      const node = this.#covariates.placeAt(t)
      end = first + 1
      while (
        end < count &&
        this.#doses.placeAt(times[end]!) === place &&
        this.#covariates.placeAt(times[end]!) === node
      )
        end++
      this.#covariates.at(t)
      this.#instance.setDoses(this.#doses.values(place))
      this.#instance.outputRows(
        end - first,
        times.subarray(first, end),
        states.subarray(first * n, end * n),
        outputs.subarray(first * width, end * width),
      )
    }
  }

  // `t` a little before an event makes the outputs see its switches and doses as they were.
  #write(t: number, y: Float64Array, out: Float64Array, doses = this.#doses.placeAt(t), own?: OwnCovariates): void {
    const n = y.length
    const outputs = this.#outputs
    for (let i = 0; i < n; i++) out[i] = y[i]!
    this.#covariates.at(t, own)
    this.#instance.setDoses(this.#doses.values(doses))
    this.#instance.outputs(t, y, outputs)
    for (let k = 0; k < outputs.length; k++) out[n + k] = outputs[k]!
  }

  #writeTangents(
    t: number,
    y: Float64Array,
    s: Float64Array,
    out: Float64Array,
    doses = this.#doses.placeAt(t),
    own?: OwnCovariates,
  ): void {
    const tangents = this.#tangents
    if (tangents === null) throw new Error('this run carries no sensitivities; name the parameters when simulating')
    const n = y.length
    const outputTangents = this.#outputTangents
    const outputs = this.#outputs.length
    this.#covariates.at(t, own)
    this.#instance.setDoses(this.#doses.values(doses))
    tangents.outputs(t, y, s, outputTangents)
    for (let j = 0, place = 0; j < tangents.parameterCount; j++) {
      for (let i = j * n; i < (j + 1) * n; i++) out[place++] = s[i]!
      for (let k = j * outputs; k < (j + 1) * outputs; k++) out[place++] = outputTangents[k]!
    }
  }
}
