import type { Model } from '@cartkin/model'
import type { Administration, Dose } from './dose.ts'
import { type EventRecord, isDose } from './event-record.ts'

/** Most doses one subject may have after ADDL is unrolled. */
const MAX_DOSES = 100_000

interface Scheduled {
  readonly item: Administration
  /** Unrolled from ADDL: goes before the records of its time. */
  readonly additional: boolean
}

/**
 * Turns a subject's records into what is given when, sorted by time; what falls at one time keeps record order, with
 * additional doses before the records of their time. A reset cancels the additional doses still to come.
 * Throws a RangeError naming the record (counted from 1) that cannot be.
 */
export function expandRecords(model: Model, records: readonly EventRecord[]): readonly Administration[] {
  let scheduled: Scheduled[] = []
  let previous = -Infinity
  records.forEach((record, index) => {
    const { time, evid } = record
    const where = `record ${index + 1}`
    if (!Number.isFinite(time)) throw new RangeError(`${where}: time must be a finite number, got ${time}`)
    if (time < previous) {
      throw new RangeError(
        `${where}: time ${time} precedes ${previous} of the record before; records must be in time order`,
      )
    }
    previous = time
    if (evid === 3 || evid === 4) {
      scheduled = scheduled.filter(({ item }) => item.time <= time)
      scheduled.push({ item: { kind: 'reset', time }, additional: false })
    }
    if (isDose(record)) scheduleDoses(scheduled, model, record, where)
    if (evid === 0 || evid === 2) scheduled.push({ item: { kind: 'capture', time, record: index }, additional: false })
  })
  // Array.prototype.sort is stable: what is equal here keeps record order.
  scheduled.sort((a, b) => a.item.time - b.item.time || Number(b.additional) - Number(a.additional))
  const items = scheduled.map(({ item }) => item)
  return items.filter((item, k) => item.kind !== 'capture' || sharesTime(items, k))
}

function scheduleDoses(scheduled: Scheduled[], model: Model, record: EventRecord, where: string): void {
  const amount = record.amt ?? 0
  if (!Number.isFinite(amount)) throw new RangeError(`${where}: amt must be a finite number, got ${amount}`)
  const count = 1 + (record.addl ?? 0)
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`${where}: addl must be a whole number from 0, got ${record.addl}`)
  }
  if (scheduled.length + count > MAX_DOSES) {
    throw new RangeError(`${where}: addl = ${record.addl} makes more than ${MAX_DOSES} doses for one subject`)
  }
  const interval = record.ii ?? 0
  if (count > 1 && !(interval > 0 && Number.isFinite(interval))) {
    throw new RangeError(`${where}: addl = ${record.addl} needs an interval ii > 0, got ${interval}`)
  }
  const state = stateIndex(model, record.cmt, where)
  const course = courseOf(record, where)
  for (let k = 0; k < count; k++) {
    const own = k === 0 && record.covariates !== undefined ? { covariates: record.covariates } : {}
    const dose: Dose = { kind: 'dose', time: record.time + k * interval, state, amount, course, ...own }
    scheduled.push({ item: dose, additional: k > 0 })
  }
}

function courseOf({ evid, rate = 0, duration = 0 }: EventRecord, where: string): Dose['course'] {
  if (evid === 7) {
    if (rate === 0 && duration === 0) return { kind: 'phantom' }
    throw new RangeError(`${where}: a dose of EVID 7 puts nothing into its state, so it has neither rate nor duration`)
  }
  if (rate === -1) return { kind: 'modelled-rate' }
  if (rate === -2) return { kind: 'modelled-duration' }
  if (!(rate >= 0 && Number.isFinite(rate))) {
    throw new RangeError(
      `${where}: rate must be 0 (bolus), positive, -1 (modelled rate) or -2 (modelled duration), got ${rate}`,
    )
  }
  if (!(duration >= 0 && Number.isFinite(duration)))
    throw new RangeError(`${where}: duration must not be negative, got ${duration}`)
  if (rate > 0 && duration > 0)
    throw new RangeError(`${where}: give a rate or a duration, not both (${rate} and ${duration})`)
  if (rate > 0) return { kind: 'rate', rate }
  if (duration > 0) return { kind: 'duration', duration }
  return { kind: 'bolus' }
}

/** CMT as a state's name or its number from 1; the first state when absent, undefined in a model without states. */
function stateIndex(model: Model, cmt: string | undefined, where: string): number | undefined {
  if (model.states.length === 0) {
    if (cmt !== undefined) throw new RangeError(`${where}: no state ${cmt} to dose; the model has no states`)
    if (model.doseInputs.length === 0)
      throw new RangeError(`${where}: a dose, but the model has no states and computes nothing from doses`)
    return undefined
  }
  if (cmt === undefined) return 0
  const byName = model.states.findIndex(({ name }) => name === cmt)
  if (byName >= 0) return byName
  const number = Number(cmt)
  if (Number.isInteger(number) && number >= 1 && number <= model.states.length) return number - 1
  const names = model.states.map(({ name }) => name).join(', ')
  throw new RangeError(`${where}: no state ${cmt} to dose; the model has ${names} (or 1 to ${model.states.length})`)
}

function sharesTime(items: readonly Administration[], k: number): boolean {
  const time = items[k]!.time
  for (let i = k - 1; i >= 0 && items[i]!.time === time; i--) if (items[i]!.kind !== 'capture') return true
  for (let i = k + 1; i < items.length && items[i]!.time === time; i++) if (items[i]!.kind !== 'capture') return true
  return false
}
