import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { TimeEvent } from 'ode-ts'
import type { CovariateCourse } from './covariate-course.ts'
import { covariateEvents } from './covariate-events.ts'
import type { Administration, Dose } from './dose.ts'
import { doseArrivals } from './dose-arrivals.ts'
import { DoseHistory } from './dose-history.ts'

/** What the events of one run act on. */
export interface Schedule {
  readonly events: readonly TimeEvent[]
  /** States (and sensitivities) captured at records that share their time with something given, by record index. */
  readonly captured: Map<number, CapturedState>
  /** The dose inputs of the run; written while the events happen. */
  readonly doses: DoseHistory
}

/** What holds at a record when its turn comes. */
export interface CapturedState {
  readonly y: Float64Array
  readonly s: Float64Array | null
  /** Place of the dose inputs in their history. */
  readonly doses: number
}

/**
 * Turns what is given into time events of the integrator on [start, end].
 *
 * With sensitivities every event at a time τ(p) also makes them jump: y is continuous but for the dose, the right-hand
 * side is not, so S⁺ = S⁻ + ∂Δ/∂p + (f(y⁻) − f(y⁺)) ∂τ/∂p. (Galán, Feehery & Barton, Appl. Numer. Math. 31:17, 1999.)
 *
 * @param began the state and sensitivities of the start, to which a reset leads back.
 */
export function schedule(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  covariates: CovariateCourse,
  administrations: readonly Administration[],
  start: number,
  end: number,
  began: { readonly y: Float64Array; readonly s: Float64Array },
): Schedule {
  const captured: Schedule['captured'] = new Map()
  const doses = new DoseHistory(instance.model.doseInputs)
  instance.setDoses(doses.values(0))
  const arrivals = doseArrivals(instance, sensitivities, covariates, administrations)
  // they come before what is given at their time
  const events: TimeEvent[] = [...covariateEvents(instance, covariates, start, end)]
  const add = (event: TimeEvent) => {
    if (event.t < start) {
      throw new RangeError(`something is given at ${event.t}, before the run starts at ${start}; start earlier`)
    }
    if (event.t <= end) events.push(event)
  }
  // Infusions in progress are numbered so that a reset can end them.
  let generation = 0
  const jump = makeJump(instance, sensitivities)
  for (const item of administrations) {
    if (item.kind === 'capture') {
      add({
        t: item.time,
        apply: (_, y, s) => {
          const state = { y: Float64Array.from(y), s: s === null ? null : Float64Array.from(s) }
          captured.set(item.record, { ...state, doses: doses.place })
        },
      })
    } else if (item.kind === 'reset') {
      add({
        t: item.time,
        apply: (_, y, s) => {
          generation++
          instance.rates.fill(0)
          sensitivities?.rates.fill(0)
          y.set(began.y)
          s?.set(began.s)
        },
      })
    } else {
      addDose(item)
    }
  }
  switchEvents()
  return { events, captured, doses }

  function addDose(dose: Dose): void {
    const { state } = dose
    const count = (t: number) => {
      if (instance.model.doseInputs.length > 0) instance.setDoses(doses.arrive(t, dose))
    }
    if (state === undefined) {
      add({ t: dose.time, apply: count })
      return
    }
    const m = sensitivities?.parameterCount ?? 0
    const arrival = arrivals.get(dose)
    if (arrival === undefined) return
    const { t, dt, amount, dAmount, infusion } = arrival
    if (dose.course.kind === 'phantom') {
      add({ t, apply: (time, y, s) => jump(time, y, s, dt, () => count(time)) })
      return
    }
    if (infusion === null) {
      add({
        t,
        apply: (time, y, s) => {
          jump(time, y, s, dt, () => {
            y[state]! += amount
            count(time)
            if (s !== null) for (let j = 0; j < m; j++) s[j * y.length + state]! += dAmount[j]!
          })
        },
      })
      return
    }
    const { rate, duration, dRate, dDuration } = infusion
    const dEnd = dt.map((value, j) => value + dDuration[j]!)
    let startedIn = -1
    const change = (sign: number) => {
      instance.rates[state]! += sign * rate
      if (sensitivities === null) return
      const n = instance.dimension
      for (let j = 0; j < m; j++) sensitivities.rates[j * n + state]! += sign * dRate[j]!
    }
    add({
      t,
      apply: (time, y, s) => {
        startedIn = generation
        jump(time, y, s, dt, () => {
          change(1)
          count(time)
        })
      },
    })
    add({
      t: t + duration,
      apply: (time, y, s) => {
        if (startedIn === generation) jump(time, y, s, dEnd, () => change(-1))
      },
    })
  }

  function switchEvents(): void {
    const times = new Float64Array(instance.model.switches.length)
    const m = sensitivities?.parameterCount ?? 0
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
        events.push({ t, apply: (time, y, s) => jump(time, y, s, dt, () => instance.beginSegment(time)) })
      })
    }
  }
}

type Jump = (t: number, y: Float64Array, s: Float64Array | null, dt: Float64Array, change: () => void) => void

/** Makes a change at t and, where its time depends on parameters, adds (f(y⁻) − f(y⁺)) ∂t/∂p to the sensitivities. */
function makeJump(instance: ModelInstance, sensitivities: ModelSensitivities | null): Jump {
  if (sensitivities === null) return (_t, _y, _s, _dt, change) => change()
  const n = instance.dimension
  const before = new Float64Array(n)
  const after = new Float64Array(n)
  return (t, y, s, dt, change) => {
    const moves = s !== null && dt.some((value) => value !== 0)
    if (moves) instance.derivative(t, y, before)
    change()
    if (!moves) return
    instance.derivative(t, y, after)
    for (let j = 0; j < dt.length; j++) {
      for (let i = 0; i < n; i++) s[j * n + i]! += (before[i]! - after[i]!) * dt[j]!
    }
  }
}
