import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import {
  type Outcome,
  type SensitivitySystem,
  type System,
  steadySensitivities,
  steadyState,
  type TimeEvent,
} from 'ode-ts'
import type { CovariateCourse } from '../covariates/covariate-course.ts'
import type { Steady } from '../records/dose.ts'
import type { Arrival } from '../records/dose-arrivals.ts'
import { DoseHistory } from '../records/dose-history.ts'
import type { Jumps } from '../records/jump.ts'
import { atOneTime, timeRounding } from '../records/same-time.ts'
import { switchedSystem } from '../records/switched-system.ts'
import { countingStates } from './counting-states.ts'
import { type Period, type PeriodicState, periodicState } from './periodic-state.ts'

/** What runs of a model need to find the state to which dosing leads. */
export interface SteadySetting {
  readonly instance: ModelInstance
  readonly sensitivities: ModelSensitivities | null
  /** The equations, with states turned off. */
  readonly system: System | SensitivitySystem
  /** 1 for a state that is off. */
  readonly off: Uint8Array
  readonly covariates: CovariateCourse
  readonly jumps: Jumps
  /** The state of a patient to whom nothing was given. */
  readonly untreated: { readonly y: Float64Array; readonly s: Float64Array }
  readonly runner: SteadyRunner
}

/** Runs from one time to another by the methods of the run at hand, a little more accurately. */
export interface SteadyRunner {
  /** The states that are known in closed form whatever the others do, what runs these alone, and for which equations. */
  readonly compartments?: {
    readonly states: readonly number[]
    readonly runner: SteadyRunner
    readonly isWhole: (system: System) => boolean
  }
  readonly rtol: number
  readonly atol: number | Float64Array
  run(
    system: System | SensitivitySystem,
    from: { readonly t: number; readonly y: Float64Array; readonly s: Float64Array | null },
    end: number,
    events: readonly TimeEvent[],
    /** Times within, ascending, and what takes the state there. */
    times: Float64Array,
    receive: (y: Float64Array, s: Float64Array | null) => void,
  ): Outcome
}

/** How doses that were given at an interval for ever stand to the time of a record. */
export interface SteadyPhase {
  /** Time from the record to the next arrival, less than the interval. */
  readonly next: number
  /** Earlier doses that arrive at the record or after it: those with a lag of an interval or more. */
  readonly pending: number
  /** Infusions of earlier doses that go on at the record. */
  readonly running: number
}

/** Most infusions of a steady state that overlap. */
const mostRunning = 100_000

/** Throws a RangeError for a lag that is negative and for infusions of which more than 100,000 overlap. */
export function steadyPhase({ time, dose }: Steady, interval: number, { t, infusion }: Arrival): SteadyPhase {
  const lag = t - time
  if (!(lag >= 0)) throw new RangeError(`the steady state at ${time} has the lag ${lag}; it must not be negative`)
  const pending = Math.floor(lag / interval)
  const next = Math.max(0, lag - pending * interval)
  const length = next + (infusion?.duration ?? 0)
  // a last infusion that goes on by rounding alone has ended
  const running = Math.max(0, Math.ceil((length - timeRounding(time, length)) / interval) - 1)
  if (!(running <= mostRunning)) {
    throw new RangeError(
      `at steady state ${running} infusions of ${dose.amount} at ${time} would overlap; at most ${mostRunning} may: give a higher rate or a longer interval`,
    )
  }
  return { next, pending, running }
}

/**
 * The state at the time of a record to which dosing at an interval for ever, or an infusion without a break, has led.
 *
 * Covariates are held as they are for the dose. A right-hand side that knows the time sees, in each interval, the times from the
 * record to one interval later, as in rxode2: exact where it repeats after the interval; for an infusion without a break
 * it is held at the record. A state that only counts, such as an area under a curve, starts anew.
 */
export function steadyDosing(setting: SteadySetting, item: Steady, arrival: Arrival): PeriodicState {
  const { instance, sensitivities, covariates } = setting
  const ratesBefore = instance.rates.slice()
  const rateTangentsBefore = sensitivities?.rates.slice()
  covariates.hold(item.time, item.dose.covariates)
  instance.rates.fill(0)
  sensitivities?.rates.fill(0)
  const found =
    item.interval === undefined ? constant(setting, item, arrival) : periodic(setting, item, item.interval, arrival)
  instance.rates.set(ratesBefore)
  if (rateTangentsBefore !== undefined) sensitivities?.rates.set(rateTangentsBefore)
  covariates.after(item.time)
  if (found.status !== 'failed') return found
  return { ...found, message: `${what(setting, item)} leads to no steady state at ${item.time}: ${found.message}` }
}

function what({ instance }: SteadySetting, { dose, interval }: Steady): string {
  if (interval === undefined && dose.course.kind === 'bolus') return 'what the body makes itself'
  const into = dose.state === undefined ? '' : ` into ${instance.model.states[dose.state]!.name}`
  return interval === undefined
    ? `an infusion without a break${into}`
    : `a dose of ${dose.amount}${into} every ${interval}`
}

/** Adds `count` infusions to what flows into the state. */
export function addInfusions(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  state: number,
  { infusion }: Arrival,
  count: number,
): void {
  if (infusion === null || count === 0) return
  instance.rates[state]! += count * infusion.rate
  if (sensitivities === null) return
  const n = instance.dimension
  infusion.dRate.forEach((value, j) => {
    sensitivities.rates[j * n + state]! += count * value
  })
}

function constant(setting: SteadySetting, { time, dose }: Steady, arrival: Arrival): PeriodicState {
  const { instance, sensitivities, untreated, runner, off } = setting
  const { state } = dose
  if (state === undefined) return { status: 'found', y: new Float64Array(), s: null }
  const stateNames = instance.model.states.map(({ name }) => name)
  addInfusions(instance, sensitivities, state, arrival, 1)
  instance.beginSegment(time)
  const still = countingStates(instance, time, state).map((counts, i) => Math.max(counts, off[i]!))
  const system = still.includes(1) ? switchedSystem(instance, sensitivities, still) : (sensitivities ?? instance)
  const rtol = Math.min(runner.rtol, 1e-9)
  const found = steadyState(system, untreated.y, { t: time, rtol, stateNames })
  if (found.status === 'failed') {
    const { reason, message } = found
    return { status: 'failed', reason: reason === 'non-finite' ? 'not-steady' : reason, message }
  }
  if (!isSensitivitySystem(system)) return { status: 'found', y: found.y, s: null }
  const s = steadySensitivities(system, {
    t: time,
    y: found.y,
    y0: untreated.y,
    s0: untreated.s,
    elapsed: found.elapsed,
  })
  if (s === null)
    return {
      status: 'failed',
      reason: 'singular-matrix',
      message: 'it has no sensitivities, as its matrix is singular',
    }
  return { status: 'found', y: found.y, s }
}

function periodic(setting: SteadySetting, item: Steady, interval: number, arrival: Arrival): PeriodicState {
  const { instance, sensitivities, system, jumps, untreated, runner } = setting
  const { time, dose } = item
  const { state } = dose
  if (state === undefined) return { status: 'found', y: new Float64Array(), s: null }
  const n = instance.dimension
  const m = sensitivities?.parameterCount ?? 0
  const { amount, dAmount, dt, infusion } = arrival
  const { next, pending, running } = steadyPhase(item, interval, arrival)
  const end = time + interval
  const history = new DoseHistory(instance.model.doseInputs)
  const given = time - pending * interval
  const dosesBefore = history.arrive(time + next - interval, { ...dose, time: given - interval }).slice()
  const dosesAfter = history.arrive(time + next, { ...dose, time: given }).slice()
  const events: TimeEvent[] = [
    {
      t: Math.min(time + next, end),
      apply: (t, y, s) =>
        jumps.add(t, y, s, dt, () => {
          instance.setDoses(dosesAfter)
          addInfusions(instance, sensitivities, state, arrival, 1)
          if (infusion !== null) return
          y[state]! += amount
          if (s !== null) for (let j = 0; j < m; j++) s[j * n + state]! += dAmount[j]!
        }),
    },
  ]
  if (infusion !== null) {
    const dEnd = dt.map((value, j) => value + infusion.dDuration[j]!)
    const stop = time + next + infusion.duration - running * interval
    events.push({
      t: Math.max(time, Math.min(stop, end)),
      apply: (t, y, s) => jumps.add(t, y, s, dEnd, () => addInfusions(instance, sensitivities, state, arrival, -1)),
    })
  }
  const switchTimes = new Float64Array(instance.model.switches.length)
  instance.switchTimes(switchTimes)
  switchTimes.forEach((t, k) => {
    if (!(t > time && t < end)) return
    const moves = new Float64Array(m)
    sensitivities?.switchTime(k, moves)
    events.push({ t, apply: (at, y, s) => jumps.add(at, y, s, moves, () => instance.beginSegment(at)) })
  })
  const together = atOneTime(events, time, end)
  const counting = countingStates(instance, time, state)
  const times = Float64Array.from({ length: 9 }, (_, k) => (k === 8 ? end : time + (k / 8) * interval))
  const stateNames = instance.model.states.map(({ name }) => name)
  const advanceBy =
    (by: SteadyRunner, standing: Uint8Array): Period['advance'] =>
    (y, s, peak) => {
      instance.rates.fill(0)
      sensitivities?.rates.fill(0)
      addInfusions(instance, sensitivities, state, arrival, running)
      instance.beginSegment(time)
      instance.setDoses(dosesBefore)
      const from = { t: time, y: y.slice(), s: s?.slice() ?? null }
      // without sensitivities the model itself runs: by quicker kernels, and with equal bits
      const outcome = by.run(s === null ? stateSystem(setting) : system, from, end, together, times, (at, tangents) => {
        for (let i = 0; i < n; i++) peak[i] = Math.max(peak[i]!, Math.abs(at[i]!))
        y.set(at)
        if (tangents !== null) s?.set(tangents)
      })
      for (let i = 0; i < n; i++) {
        if (standing[i] === 0) continue
        y[i] = untreated.y[i]!
        for (let k = i; s !== null && k < s.length; k += n) s[k] = untreated.s[k]!
      }
      return outcome
    }
  const { rtol, atol, compartments } = runner
  const s = sensitivities === null ? null : untreated.s
  const advance = advanceBy(runner, counting)
  if (compartments?.isWhole(system) !== true)
    return periodicState({ advance }, { y: untreated.y, s, names: stateNames, rtol, atol })
  // first the compartments that follow from themselves alone, then the others with these as they are
  const others = counting.map((_, i) => (compartments.states.includes(i) ? 0 : 1))
  const alone = periodicState(
    { advance: advanceBy(compartments.runner, others) },
    { y: untreated.y, s, names: stateNames, rtol: compartments.runner.rtol, atol: compartments.runner.atol },
  )
  if (alone.status !== 'found') return alone
  const found = periodicState({ advance }, { y: alone.y, s: alone.s, names: stateNames, rtol, atol })
  if (found.status !== 'found') return found
  for (const i of compartments.states) {
    found.y[i] = alone.y[i]!
    for (let k = i; found.s !== null && alone.s !== null && k < found.s.length; k += n) found.s[k] = alone.s[k]!
  }
  return found
}

/** The system without its sensitivities. */
function stateSystem({ system, sensitivities, instance }: SteadySetting): System {
  return system === sensitivities ? instance : system
}

function isSensitivitySystem(system: System | SensitivitySystem): system is SensitivitySystem {
  return 'parameterCount' in system
}
