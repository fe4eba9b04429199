import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { SensitivitySystem, System, TimeEvent } from 'ode-ts'
import type { RecordRules } from '../course/solver-options.ts'
import type { CovariateCourse } from '../covariates/covariate-course.ts'
import { covariateEvents } from '../covariates/covariate-events.ts'
import type { PeriodicState } from '../steady/periodic-state.ts'
import { addInfusions, type SteadyRunner, steadyDosing, steadyPhase } from '../steady/steady-dosing.ts'
import type { Administration, Dose, Steady } from './dose.ts'
import { type Arrival, doseArrivals } from './dose-arrivals.ts'
import { DoseHistory } from './dose-history.ts'
import { jumpsOf } from './jump.ts'
import { atOneTime, firstFrom, timeRounding } from './same-time.ts'
import { switchedSystem } from './switched-system.ts'

const noTimes = new Float64Array()

/** What the events of one run act on. */
export interface Schedule {
  readonly events: readonly TimeEvent[]
  /** States (and sensitivities) captured at records that share their time with something given, by record index. */
  readonly captured: Map<number, CapturedState>
  /** The dose inputs of the run; written while the events happen. */
  readonly doses: DoseHistory
  /** The equations of the run: those of the model, in which states are turned off where records ask for it. */
  readonly system: System | SensitivitySystem
  /** Why the run came to an end at a steady state that was not found, once it did. */
  notSteady(): NotSteady | undefined
}

/** A steady state that was asked for and not found. */
export interface NotSteady {
  readonly t: number
  /** The state before. */
  readonly y: Float64Array
  readonly found: Exclude<PeriodicState, { readonly status: 'found' }>
}

/** What holds at a record when its turn comes. */
export interface CapturedState {
  readonly y: Float64Array
  readonly s: Float64Array | null
  /** Place of the dose inputs in their history. */
  readonly doses: number
}

/** What a schedule is made for. */
export interface ScheduledRun {
  readonly instance: ModelInstance
  readonly sensitivities: ModelSensitivities | null
  readonly covariates: CovariateCourse
  readonly administrations: readonly Administration[]
  readonly start: number
  readonly end: number
  /** The state and sensitivities of the start, to which a reset leads back. */
  readonly began: { readonly y: Float64Array; readonly s: Float64Array }
  readonly rules: RecordRules
  /** What finds the steady states that records ask for. */
  readonly runner: () => SteadyRunner
}

/**
 * Turns what is given into time events of the integrator on [start, end].
 *
 * With sensitivities every event at a time τ(p) also makes them jump (see `jumpsOf`).
 */
export function schedule(run: ScheduledRun): Schedule {
  const { instance, sensitivities, covariates, administrations, start, end, began, rules } = run
  const n = instance.dimension
  const m = sensitivities?.parameterCount ?? 0
  const captured: Schedule['captured'] = new Map()
  const doses = new DoseHistory(instance.model.doseInputs)
  instance.setDoses(doses.values(0))
  const arrivals = doseArrivals(instance, sensitivities, covariates, administrations)
  const off = new Uint8Array(n)
  const system = administrations.some(({ kind }) => kind === 'off')
    ? switchedSystem(instance, sensitivities, off)
    : (sensitivities ?? instance)
  const jumps = jumpsOf(system, sensitivities)
  // they come before what is given at their time
  const events = covariateEvents(instance, covariates, start, end).map(
    ({ t, apply }): TimeEvent => ({
      t,
      apply: (time, y, s) => {
        apply(time, y, s)
        segmentAt = time
      },
    }),
  )
  const add = (event: TimeEvent) => {
    if (event.t < start) {
      throw new RangeError(`something is given at ${event.t}, before the run starts at ${start}; start earlier`)
    }
    if (event.t <= end) events.push(event)
  }
  const happenings = timesOf(administrations, arrivals)
  // What was given before a reset is of an earlier epoch: what of it is still to come does not come.
  let epoch = 0
  // Infusions of an earlier era of their state have ended.
  const eras = new Int32Array(n)
  let failure: NotSteady | undefined
  let segmentAt = start
  let listedEpoch = 0
  const atRest = new Float64Array(m)
  for (const item of administrations) {
    switch (item.kind) {
      case 'capture':
        addCapture(item)
        break
      case 'reset':
        listedEpoch++
        addChange(item, (y, s) => {
          epoch++
          endInfusions()
          off.fill(0)
          y.set(began.y)
          s?.set(began.s)
        })
        break
      case 'on':
        addChange(item, () => off.fill(0, item.state, item.state + 1))
        break
      case 'off':
        addChange(item, (y, s) => turnOff(item.state, y, s))
        break
      case 'steady':
        if (!item.isAdded) listedEpoch++
        addSteady(item, listedEpoch)
        break
      case 'dose':
        addDose(item, listedEpoch)
        break
    }
  }
  switchEvents()
  return { events: atOneTime(events, start, end), captured, doses, system, notSteady: () => failure }

  /** A change of the state at the time of a record, which may move with the parameters. */
  function addChange(
    { time, moves = atRest }: Pick<Dose, 'time' | 'moves'>,
    change: (y: Float64Array, s: Float64Array | null) => void,
  ): void {
    add({ t: time, apply: (t, y, s) => jumps.change(t, y, s, moves, () => change(y, s)) })
  }

  function beginSegment(t: number): void {
    segmentAt = t
    instance.beginSegment(t)
  }

  function endInfusions(): void {
    for (let i = 0; i < n; i++) eras[i]!++
    instance.rates.fill(0)
    sensitivities?.rates.fill(0)
  }

  function turnOff(state: number, y: Float64Array, s: Float64Array | null): void {
    off[state] = 1
    eras[state]!++
    instance.rates[state] = 0
    y[state] = 0
    for (let j = 0; j < m; j++) {
      if (sensitivities !== null) sensitivities.rates[j * n + state] = 0
      if (s !== null) s[j * n + state] = 0
    }
  }

  /** A record sees what is given at its time by the records before it, and what arrives then. */
  function addCapture({ time, record }: Extract<Administration, { readonly kind: 'capture' }>): void {
    const t = happenings[firstFrom(happenings, time)]
    if (t === undefined || t > time + timeRounding(time, start)) return
    add({
      t,
      apply: (_, y, s) => {
        const state = { y: Float64Array.from(y), s: s === null ? null : Float64Array.from(s) }
        captured.set(record, { ...state, doses: doses.place })
      },
    })
  }

  function addDose(dose: Dose, given: number): void {
    const { state, course } = dose
    const count = (t: number) => {
      if (instance.model.doseInputs.length > 0) instance.setDoses(doses.arrive(t, dose))
    }
    if (state === undefined) {
      add({ t: dose.time, apply: count })
      return
    }
    const arrival = arrivals.get(dose)
    if (arrival === undefined) return
    const { t, dt, amount, dAmount, infusion } = arrival
    const arrive = (apply: TimeEvent['apply']) =>
      add({
        t,
        apply: (time, y, s) => {
          if (given < epoch) return
          if (course.kind !== 'phantom') off[state] = 0
          apply(time, y, s)
        },
      })
    if (course.kind === 'phantom') {
      arrive((time, y, s) => jumps.add(time, y, s, dt, () => count(time)))
    } else if (course.kind === 'replace' || course.kind === 'multiply') {
      const isFactor = course.kind === 'multiply'
      arrive((time, y, s) =>
        jumps.change(time, y, s, dt, () => {
          const before = isFactor ? y[state]! : 1
          for (let at = state, j = 0; s !== null && j < m; j++, at += n) {
            s[at] = (isFactor ? amount * s[at]! : 0) + before * dAmount[j]!
          }
          y[state] = before * amount
        }),
      )
    } else if (infusion === null) {
      arrive((time, y, s) =>
        jumps.add(time, y, s, dt, () => {
          y[state]! += amount
          count(time)
          if (s !== null) for (let j = 0; j < m; j++) s[j * y.length + state]! += dAmount[j]!
        }),
      )
    } else {
      const ends = infusionEnd(state, arrival)
      arrive((time, y, s) => {
        ends.begin()
        jumps.add(time, y, s, dt, () => {
          addInfusions(instance, sensitivities, state, arrival, 1)
          count(time)
        })
      })
      ends.add(t + infusion.duration)
    }
  }

  /** The ends of infusions, where they have begun and nothing ended them before. */
  function infusionEnd(state: number, arrival: Arrival) {
    const { dt, infusion } = arrival
    const dEnd = dt.map((value, j) => value + (infusion?.dDuration[j] ?? 0))
    let startedIn = -1
    return {
      begin: () => {
        startedIn = eras[state]!
      },
      add: (t: number) =>
        add({
          t,
          apply: (time, y, s) => {
            if (startedIn !== eras[state]) return
            jumps.add(time, y, s, dEnd, () => addInfusions(instance, sensitivities, state, arrival, -1))
          },
        }),
    }
  }

  /**
   * The state becomes that of a regimen that has gone on for ever; what of its earlier doses is still to come arrives, and
   * infusions of them that go on end at their time. The dose of the record itself is an item of its own.
   */
  function addSteady(item: Steady, given: number): void {
    const { dose, interval, isAdded } = item
    const { state } = dose
    const arrival = arrivals.get(dose)
    if (state === undefined || arrival === undefined) return
    const { infusion, t: arrives } = arrival
    const phase = interval === undefined ? undefined : steadyPhase(item, interval, arrival)
    const running = phase?.running ?? 1
    const ends = infusionEnd(state, arrival)
    // the doses stand still beside their record
    const standing = { ...arrival, dt: arrival.dt.map((value, j) => value - (dose.moves?.[j] ?? 0)) }
    addChange(dose, (y, s) => {
      const { time: t } = dose
      const dosesBefore = doses.values(doses.place)
      off[state] = 0
      const found = steadyDosing(
        { ...run, runner: run.runner(), system, off, jumps, untreated: withoutOff(began) },
        item,
        standing,
      )
      instance.beginSegment(segmentAt)
      instance.setDoses(dosesBefore)
      if (found.status !== 'found') {
        failure ??= { t, y: y.slice(), found }
        // ends the run here
        y.fill(Number.NaN)
        return
      }
      if (!isAdded) epoch++
      if (!isAdded || rules === 'rxode2') endInfusions()
      for (let i = 0; i < n; i++) y[i] = (isAdded ? y[i]! : 0) + found.y[i]!
      if (s !== null && found.s !== null) {
        for (let k = 0; k < s.length; k++) s[k] = (isAdded ? s[k]! : 0) + found.s[k]!
      }
      if (infusion !== null) {
        ends.begin()
        addInfusions(instance, sensitivities, state, arrival, running)
      }
      if (phase !== undefined && interval !== undefined && instance.model.doseInputs.length > 0) {
        const time = t - (phase.pending + 1) * interval
        instance.setDoses(doses.arrive(t + phase.next - interval, { ...dose, time }, t))
      }
    })
    if (phase === undefined || interval === undefined) {
      ends.add(arrives)
      return
    }
    for (let k = phase.pending; k >= 1; k--) {
      const t = k === phase.pending ? item.time + phase.next : arrives - k * interval
      const earlier: Dose = { ...dose, time: dose.time - k * interval }
      arrivals.set(earlier, { ...arrival, t })
      addDose(earlier, given)
    }
    for (let k = 1; infusion !== null && k <= running; k++) {
      ends.add(Math.max(item.time, item.time + phase.next + infusion.duration - k * interval))
    }
  }

  /** What was not given leaves states that are off empty. */
  function withoutOff({ y, s }: ScheduledRun['began']): ScheduledRun['began'] {
    return {
      y: y.map((value, i) => (off[i] === 1 ? 0 : value)),
      s: s.map((value, k) => (off[k % n] === 1 ? 0 : value)),
    }
  }

  function switchEvents(): void {
    if (instance.model.switches.length === 0) return
    const times = new Float64Array(instance.model.switches.length)
    for (const { from, to } of covariates.segments(start, end)) {
      covariates.after(from)
      instance.switchTimes(times)
      times.forEach((t, k) => {
        if (Number.isNaN(t)) {
          throw new RangeError(`the time of condition ${k + 1} in time is not a number at these parameters`)
        }
        // at the end of a segment the next one begins with the condition as it is there
        if (!(t > from && (to === end ? t <= to : t < to))) return
        const dt = new Float64Array(m)
        sensitivities?.switchTime(k, dt)
        events.push({ t, apply: (time, y, s) => jumps.add(time, y, s, dt, () => beginSegment(time)) })
      })
    }
  }
}

/** Times at which something is given or arrives, ascending. */
function timesOf(administrations: readonly Administration[], arrivals: ReadonlyMap<Dose, Arrival>): Float64Array {
  if (administrations.length === 0) return noTimes
  const times = administrations.flatMap((item) => {
    if (item.kind === 'capture') return []
    const arrival = item.kind === 'dose' ? arrivals.get(item)?.t : undefined
    return [arrival ?? item.time]
  })
  return Float64Array.from(times).sort()
}
