import { type Model, usesTime } from '@cartkin/model'
import type { RecordRules } from '../course/solver-options.ts'
import type { Administration, Dose } from './dose.ts'
import { type EventRecord, isDose } from './event-record.ts'
import { RecordError } from './record-error.ts'
import { firstFrom, timeRounding } from './same-time.ts'

/** Most doses one subject may have after ADDL is unrolled. */
const MAX_DOSES = 100_000

interface Scheduled {
  readonly item: Administration
  /** Time of the record from whose ADDL it is unrolled; it goes before the records of its own time. */
  readonly unrolledFrom?: number
}

/**
 * Turns a subject's records into what is given when, sorted by time.
 *
 * What falls at one time keeps record order, with additional doses before the records of their time, as in NONMEM; by the
 * rules of rxode2, resets come first, then what turns states on and off, then doses, then observations. A reset cancels
 * the additional doses still to come, and so does a steady state that takes the place of what is there.
 *
 * Throws a RecordError naming the record (counted from 1) that cannot be.
 *
 * @param moving ∂time/∂p of records whose time moves with the parameters of the sensitivities.
 * @param changing ∂amt/∂p of records whose amount changes with them.
 */
export function expandRecords(
  model: Model,
  records: readonly EventRecord[],
  rules: RecordRules = 'nonmem',
  moving: ReadonlyMap<EventRecord, Float64Array> = new Map(),
  changing: ReadonlyMap<EventRecord, Float64Array> = new Map(),
): readonly Administration[] {
  if (records.length === 0) return []
  let scheduled: Scheduled[] = []
  const times = records.map(({ time }) => time)
  let previous = -Infinity
  let movable = false
  records.forEach((record, index) => {
    const { time, evid, ss = 0 } = record
    if (!Number.isFinite(time)) throw new RecordError(index, 'time', `time must be a finite number, got ${time}`)
    if (time < previous) {
      throw new RecordError(
        index,
        'time',
        `time ${time} precedes ${previous} of the record before; records must be in time order`,
      )
    }
    previous = time
    if (record.dataTime !== undefined && !movable) {
      movable = !usesTime(model)
      if (!movable)
        throw new RecordError(
          index,
          'time',
          `time ${record.dataTime} begins anew at a reset, and what the model computes depends on the time; give times that go on, or a subject of its own for what follows the reset`,
        )
    }
    const resets = evid === 3 || evid === 4
    const takesPlace = isDose(record) && ss === 1
    // by the rules of rxode2 the doses of records of this time come after a reset, wherever it stands among them
    const spared = !takesPlace && rules === 'rxode2' ? time : undefined
    if (resets || takesPlace)
      scheduled = scheduled.filter(
        ({ item, unrolledFrom }) => item.time <= time || (spared !== undefined && unrolledFrom === spared),
      )
    const moves = moving.get(record)
    const moved = moves === undefined ? {} : { moves }
    if (resets) scheduled.push({ item: { kind: 'reset', time, ...moved } })
    const changes = changing.get(record)
    const differs = changes === undefined ? moved : { ...moved, changes }
    if (isDose(record) || evid === 5 || evid === 6)
      scheduleDoses(scheduled, model, record, index, times, rules, differs)
    else scheduleOther(scheduled, model, record, index, moved)
  })
  const rank = rules === 'rxode2' ? ({ item }: Scheduled) => rankOf(item) : () => 0
  // Array.prototype.sort is stable: what is equal here keeps record order.
  const isOwn = ({ unrolledFrom }: Scheduled) => Number(unrolledFrom === undefined)
  scheduled.sort((a, b) => a.item.time - b.item.time || isOwn(a) - isOwn(b) || rank(a) - rank(b))
  return scheduled.map(({ item }) => item)
}

function rankOf({ kind }: Administration): number {
  if (kind === 'reset') return 0
  if (kind === 'on' || kind === 'off') return 1
  return kind === 'capture' ? 3 : 2
}

function scheduleOther(
  scheduled: Scheduled[],
  model: Model,
  record: EventRecord,
  index: number,
  moved: Pick<Dose, 'moves'>,
): void {
  const { time, evid, cmt } = record
  for (const field of ['ss', 'addl', 'rate'] as const) {
    const value = record[field]
    if (value !== undefined && value !== 0)
      throw new RecordError(index, field, `${field} = ${value}, but the record gives nothing (EVID ${evid})`)
  }
  if (evid !== 0 && evid !== 2) return
  if (evid === 2 && cmt !== undefined) {
    const isOff = cmt.startsWith('-')
    // a number or name that is no state, such as that of an output, changes nothing
    const state = isOff ? stateIndex(model, cmt.slice(1), index, 'turn off') : knownState(model, cmt)
    if (state !== undefined) scheduled.push({ item: { kind: isOff ? 'off' : 'on', time, state, ...moved } })
  }
  scheduled.push({ item: { kind: 'capture', time, record: index } })
}

function scheduleDoses(
  scheduled: Scheduled[],
  model: Model,
  record: EventRecord,
  index: number,
  times: readonly number[],
  rules: RecordRules,
  differs: Pick<Dose, 'moves' | 'changes'>,
): void {
  const refuse = (field: keyof EventRecord, message: string): never => {
    throw new RecordError(index, field, message)
  }
  const { time, amt: amount = 0, addl = 0, ii: interval = 0, ss = 0, covariates } = record
  const own = covariates === undefined ? differs : { covariates, ...differs }
  if (!Number.isFinite(amount)) refuse('amt', `amt must be a finite number, got ${amount}`)
  const count = 1 + addl
  if (!(Number.isInteger(count) && count >= 1)) refuse('addl', `addl must be a whole number from 0, got ${addl}`)
  if (scheduled.length + count > MAX_DOSES)
    refuse('addl', `addl = ${addl} makes more than ${MAX_DOSES} doses for one subject`)
  if (!(interval >= 0 && Number.isFinite(interval))) refuse('ii', `ii must be a time from 0 on, got ${interval}`)
  if (count > 1 && interval === 0) refuse('ii', `addl = ${addl} needs an interval ii > 0, got ${interval}`)
  if (ss !== 0 && ss !== 1 && ss !== 2) refuse('ss', `ss must be 0, 1 or 2, got ${ss}`)
  const state = doseState(model, record.cmt, index)
  const course = courseOf(model, record, state, index)
  if (ss !== 0) {
    const { kind } = course
    if (kind === 'phantom' || kind === 'replace' || kind === 'multiply')
      refuse(
        'ss',
        `ss = ${ss} asks for a steady state, which only doses (EVID 1 and 4) lead to, not EVID ${record.evid}`,
      )
    const isInfusion = kind === 'rate' || kind === 'modelled-rate'
    const isConstant = interval === 0 && amount === 0 && (isInfusion || kind === 'bolus')
    if (interval === 0 && !isConstant)
      refuse(
        'ii',
        `ss = ${ss} needs an interval ii > 0 (or, for an infusion without a break, amt 0 and a rate), got ${interval}`,
      )
    if (interval > 0 && amount === 0 && isInfusion)
      refuse('ii', `ss = ${ss} of an infusion without an amount goes on without a break; ii must be 0, got ${interval}`)
    const dose: Dose = { kind: 'dose', time, state, amount, course, ...own }
    const isAdded = ss === 2
    scheduled.push({
      item: { kind: 'steady', time, dose, interval: isConstant ? undefined : interval, isAdded },
    })
    if (isConstant) return
    scheduled.push({ item: dose })
  } else {
    scheduled.push({ item: { kind: 'dose', time, state, amount, course, ...own } })
  }
  for (let k = 1; k < count; k++) {
    const dose: Dose = {
      kind: 'dose',
      time: additionalTime(time, k * interval, times),
      state,
      amount,
      course,
      // in NONMEM additional doses have the covariates of their record, in rxode2 those of their time
      ...(rules === 'nonmem' ? { initiated: time, ...own } : differs),
    }
    scheduled.push({ item: dose, unrolledFrom: time })
  }
}

/** The time of an additional dose: that of a record where only rounding is between them. */
function additionalTime(time: number, passed: number, times: readonly number[]): number {
  const t = time + passed
  const rounding = timeRounding(time, passed)
  const near = times[firstFrom(times, t - rounding)]
  return near !== undefined && near <= t + rounding ? near : t
}

function courseOf(model: Model, record: EventRecord, state: number | undefined, index: number): Dose['course'] {
  const { evid, rate = 0, duration = 0 } = record
  const refuse = (field: keyof EventRecord, message: string): never => {
    throw new RecordError(index, field, message)
  }
  if (evid === 5 || evid === 6 || evid === 7) {
    const act = {
      5: 'replaces what is in its state',
      6: 'multiplies what is in its state',
      7: 'puts nothing into its state',
    }
    if (rate !== 0 || duration !== 0)
      refuse(
        rate === 0 ? 'duration' : 'rate',
        `a dose of EVID ${evid} ${act[evid]}, so it has neither rate nor duration`,
      )
    return { kind: ({ 5: 'replace', 6: 'multiply', 7: 'phantom' } as const)[evid] }
  }
  if (rate === -1 || rate === -2) {
    const [name, nodes] = rate === -1 ? (['rate', model.rate] as const) : (['dur', model.duration] as const)
    if (duration !== 0) refuse('duration', `give a rate or a duration, not both (${rate} and ${duration})`)
    if (state !== undefined && !nodes.has(state)) {
      const compartment = model.states[state]!.name
      refuse(
        'rate',
        `rate = ${rate} asks for ${name}(${compartment}), which the model does not give; add ${name}(${compartment}) = … to the text`,
      )
    }
    return { kind: rate === -1 ? 'modelled-rate' : 'modelled-duration' }
  }
  if (!(rate >= 0 && Number.isFinite(rate)))
    refuse('rate', `rate must be 0 (bolus), positive, -1 (modelled rate) or -2 (modelled duration), got ${rate}`)
  if (!(duration >= 0 && Number.isFinite(duration)))
    refuse('duration', `duration must not be negative, got ${duration}`)
  if (rate > 0 && duration > 0) refuse('duration', `give a rate or a duration, not both (${rate} and ${duration})`)
  if (rate > 0) return { kind: 'rate', rate }
  if (duration > 0) return { kind: 'duration', duration }
  return { kind: 'bolus' }
}

/** CMT as a state's name or its number from 1; the first state when absent, undefined in a model without states. */
function doseState(model: Model, cmt: string | undefined, index: number): number | undefined {
  if (model.states.length === 0) {
    if (cmt !== undefined) throw new RecordError(index, 'cmt', `no state ${cmt} to dose; the model has no states`)
    if (model.doseInputs.length === 0)
      throw new RecordError(index, 'evid', 'a dose, but the model has no states and computes nothing from doses')
    return undefined
  }
  if (cmt === undefined) return 0
  if (cmt.startsWith('-'))
    throw new RecordError(index, 'cmt', `a dose goes into a state, got ${cmt}; to turn a state off use EVID 2`)
  return stateIndex(model, cmt, index, 'dose')
}

function stateIndex(model: Model, cmt: string, index: number, purpose: string): number {
  const state = knownState(model, cmt)
  if (state !== undefined) return state
  if (model.states.length === 0)
    throw new RecordError(index, 'cmt', `no state ${cmt} to ${purpose}; the model has no states`)
  const names = model.states.map(({ name }) => name).join(', ')
  throw new RecordError(
    index,
    'cmt',
    `no state ${cmt} to ${purpose}; the model has ${names} (or 1 to ${model.states.length})`,
  )
}

function knownState(model: Model, cmt: string): number | undefined {
  const byName = model.states.findIndex(({ name }) => name === cmt)
  if (byName >= 0) return byName
  const number = Number(cmt)
  return Number.isInteger(number) && number >= 1 && number <= model.states.length ? number - 1 : undefined
}
