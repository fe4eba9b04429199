import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { CovariateCourse } from '../covariates/covariate-course.ts'
import type { Administration, Dose } from './dose.ts'
import { DoseHistory } from './dose-history.ts'

/** What becomes of a dose: when it arrives, how much of it, and over which time; with derivatives by the parameters. */
export interface Arrival {
  readonly t: number
  readonly dt: Float64Array
  readonly amount: number
  readonly dAmount: Float64Array
  /** Null for a bolus, and for what does not go into the state. */
  readonly infusion: Infusion | null
}

export interface Infusion {
  readonly rate: number
  readonly duration: number
  readonly dRate: Float64Array
  readonly dDuration: Float64Array
}

/**
 * The arrival of every dose into a state. Lag, bioavailability, rate and duration of the text are those of the time at
 * which the dose is given; the last three may know the doses so far, this one included (`podo()`).
 */
export function doseArrivals(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  covariates: CovariateCourse,
  administrations: readonly Administration[],
): Map<Dose, Arrival> {
  if (administrations.length === 0) return new Map()
  const m = sensitivities?.parameterCount ?? 0
  const doses = administrations.flatMap((item) => {
    if (item.kind === 'steady') return item.interval === undefined ? [item.dose] : []
    return item.kind === 'dose' ? [item] : []
  })
  const covariatesOf = ({ time, initiated, covariates: own }: Dose) => {
    if (initiated === undefined) covariates.at(time, own)
    else covariates.hold(initiated, own)
  }
  const times = doses.map((dose) => {
    const { state, time } = dose
    if (state === undefined) return { dose, t: time, dt: new Float64Array(m) }
    covariatesOf(dose)
    instance.setMoment(time)
    const lag = instance.lag(state)
    const dt = new Float64Array(m)
    sensitivities?.lag(state, dt)
    if (dose.moves !== undefined) for (let j = 0; j < m; j++) dt[j]! += dose.moves[j]!
    if (!Number.isFinite(time + lag)) {
      const name = instance.model.states[state]!.name
      throw new RangeError(`the dose at ${time} has the lag ${lag} by lag(${name}); it must be finite`)
    }
    return { dose, t: time + lag, dt }
  })
  const knowsDoses = instance.model.doseInputs.length > 0
  const history = new DoseHistory(instance.model.doseInputs)
  // doses count in the order of their arrival; those of one time in the order of their records
  const ordered = knowsDoses ? times.toSorted((a, b) => a.t - b.t) : times
  const arrivals = new Map<Dose, Arrival>()
  for (const { dose, t, dt } of ordered) {
    if (knowsDoses) instance.setDoses(history.arrive(t, dose))
    const { state } = dose
    if (state === undefined) continue
    covariatesOf(dose)
    instance.setMoment(dose.time)
    const available = instance.bioavailability(state)
    const amount = dose.amount * available
    const dAmount = new Float64Array(m)
    sensitivities?.bioavailability(state, dAmount)
    for (let j = 0; j < m; j++) dAmount[j] = dAmount[j]! * dose.amount + available * (dose.changes?.[j] ?? 0)
    arrivals.set(dose, {
      t,
      dt,
      amount,
      dAmount,
      infusion: infusionOf(instance, sensitivities, dose, state, amount, dAmount),
    })
  }
  if (knowsDoses) instance.setDoses(new DoseHistory(instance.model.doseInputs).values(0))
  return arrivals
}

type Infused = Exclude<Dose['course'], { readonly kind: 'bolus' | 'phantom' | 'replace' | 'multiply' }>

function isAtOnce(course: Dose['course']): course is Exclude<Dose['course'], Infused> {
  return course.kind === 'bolus' || course.kind === 'phantom' || course.kind === 'replace' || course.kind === 'multiply'
}

/** The course of an infusion with its derivatives; null for a bolus. Bioavailability acts on the amount: a given rate lasts longer or shorter. */
function infusionOf(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  { course, time }: Dose,
  state: number,
  amount: number,
  dAmount: Float64Array,
): Infusion | null {
  if (isAtOnce(course)) return null
  if (!(amount >= 0 && Number.isFinite(amount))) {
    const name = instance.model.states[state]!.name
    throw new RangeError(
      `the infusion into ${name} at ${time} has the amount ${amount} after f(${name}); it must not be negative`,
    )
  }
  const d = new Float64Array(dAmount.length)
  switch (course.kind) {
    case 'rate':
      return byRate(course.rate)
    case 'modelled-rate':
      sensitivities?.rate(state, d)
      return byRate(positive('rate', instance.rate(state)))
    case 'duration':
      return byDuration(course.duration)
    case 'modelled-duration':
      sensitivities?.duration(state, d)
      return byDuration(positive('dur', instance.duration(state)))
  }

  function byRate(rate: number): Infusion {
    const duration = amount / rate
    return { rate, duration, dRate: d, dDuration: dAmount.map((value, j) => (value - duration * d[j]!) / rate) }
  }

  function byDuration(duration: number): Infusion {
    const rate = amount / duration
    return { rate, duration, dRate: dAmount.map((value, j) => (value - rate * d[j]!) / duration), dDuration: d }
  }

  function positive(kind: 'rate' | 'dur', value: number): number {
    if (value > 0 && Number.isFinite(value)) return value
    const name = instance.model.states[state]!.name
    throw new RangeError(
      `the dose at ${time} asks for ${kind}(${name}), which the model gives as ${value}; it must be positive`,
    )
  }
}
