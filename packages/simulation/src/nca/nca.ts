import { exp } from '@cartkin/numerics'
import { type Found, undefinedBecause } from '../results/found.ts'
import { type AreaCourse, areaBetween, valueAt } from './area-course.ts'
import { type BelowRules, type CoursePoint, quantifiedPoints } from './below-quantification.ts'
import type { Concentration } from './concentration.ts'
import { derived } from './derived.ts'
import type { Figure } from './figure.ts'
import { backExtrapolated } from './initial-value.ts'
import { namedFigures } from './named-figures.ts'
import { type NcaName, ncaQuantities, type SteadyStateName, steadyStateQuantities } from './nca-quantities.ts'
import { type NcaUnits, ncaUnit } from './nca-units.ts'
import { type TerminalChoice, type TerminalSlope, terminalSlope } from './terminal-slope.ts'
import type { AreaMethod, TimedValue } from './trapezoid.ts'

/** The dose that a course follows. */
export interface NcaDose {
  /** In the time of the series; 0 where absent. All times of the result count from it. */
  readonly time?: number
  /** Absent where it is not known: figures that need it are then not defined. */
  readonly amount?: number
  readonly route: 'extravascular' | 'bolus' | 'infusion'
  /** Of an infusion. */
  readonly duration?: number
}

export interface NcaOptions {
  /** 'linear-up log-down' where absent. */
  readonly method?: AreaMethod
  readonly below?: BelowRules
  /** Lower limit of quantification: values below it count as below, too. */
  readonly lloq?: number
  readonly terminal?: TerminalChoice
  /** Intervals of partial areas, in time since the dose. */
  readonly partial?: readonly (readonly [from: number, to: number])[]
  /** Interval between doses at steady state: the dose is one of many like it, and clearance comes from AUCtau. */
  readonly tau?: number
  readonly units?: NcaUnits
}

/** What came of an analysis. */
export interface NcaResult {
  readonly figures: Readonly<Record<NcaName, Figure>>
  /** Of steady state; null without `tau`. */
  readonly steadyState: Readonly<Record<SteadyStateName, Figure>> | null
  /** One figure `AUC_from_to` for each interval asked for. */
  readonly partial: readonly Figure[]
  /** The terminal line with the points it goes through, or why there is none. */
  readonly terminal: TerminalSlope
  /** All points, in time since the dose. */
  readonly points: readonly CoursePoint[]
  readonly method: AreaMethod
}

/**
 * Non-compartmental analysis of one course after one dose, in the definitions of Phoenix WinNonlin. Rows may come in any
 * order; those before the dose are left out. Where nothing was measured at the dose, a point is put in there: 0 (at steady
 * state the lowest value of the interval), for a bolus C0 by back-extrapolation.
 *
 * A figure that is not defined is NaN with its reason.
 *
 * @throws RangeError for what cannot be analysed: a time or value that is no number, two values at one time, a dose that is
 *   not positive, an infusion without duration, no value at or after the dose.
 */
export function nca(series: readonly Concentration[], dose: NcaDose, options: NcaOptions = {}): NcaResult {
  const { method = 'linear-up log-down', units = {}, tau, partial = [] } = options
  const { amount, route, duration = 0 } = dose
  checkDose(dose, tau)
  const kept = quantifiedPoints(sinceDose(series, dose.time ?? 0), options.below, options.lloq)
  const measured = kept.filter(({ origin }) => origin === 'measured')
  const inInterval = tau === undefined ? measured : measured.filter(({ time }) => time <= tau)
  const nothing = undefinedBecause('every value is below quantification')
  const known = (value: number | undefined, note = ''): Found => (value === undefined ? nothing : { value, note })

  const peak = highest(inInterval)
  const last = measured.at(-1)
  const start = startingPoint(kept, route, inInterval, tau)
  const points = start.inserted === null ? start.points : [start.inserted, ...start.points]
  const valued = points.filter(({ value }) => !Number.isNaN(value))
  const final = valued.at(-1)
  const terminal = terminalSlope(
    measured,
    { includePeak: route === 'bolus', ...options.terminal },
    route === 'infusion' ? duration : undefined,
  )
  const ofLine = (read: (found: Extract<TerminalSlope, { found: true }>) => number): Found =>
    terminal.found ? { value: read(terminal), note: '' } : undefinedBecause(terminal.reason)
  const rate = ofLine((found) => found.rate)
  const course: AreaCourse = { points: valued, method, peakTime: peak?.time ?? 0, terminalRate: rate.value }

  const [Tlast, Clast] = [known(last?.time), known(last?.value)]
  const ClastPred = derived([Tlast, ofLine(() => 1)], (time) => (terminal.found ? terminal.line.at(time) : Number.NaN))
  const upTo = (end: TimedValue | undefined) => (last && end ? areaBetween(course, 0, end.time) : undefined)
  const [toLast, toFinal] = [upTo(last), upTo(final)]
  const [AUClast, AUMClast] = [known(toLast?.area), known(toLast?.moment)]
  const given: Found = amount === undefined ? undefinedBecause('the dose is not known') : { value: amount, note: '' }
  const byDose = (figure: Found) => derived([figure, given], (value, by) => value / by)
  const percent = (part: Found, whole: Found) => derived([part, whole], (a, b) => (100 * a) / b)
  const interval = tau === undefined ? null : ofInterval(tau)
  const back: Found =
    route !== 'bolus'
      ? undefinedBecause('of a bolus alone')
      : known(last && areaBetween(course, 0, start.points.find(({ value }) => !Number.isNaN(value))?.time ?? 0).area)

  const intravenous: Found =
    route === 'extravascular' ? undefinedBecause('needs an intravenous dose') : { value: 1, note: '' }
  const toInfinity = (end: Found) => {
    const AUC = derived([AUClast, end, rate], (area, c, k) => area + c / k)
    const AUMC = derived([AUMClast, end, rate, Tlast], (area, c, k, t) => area + (c * t) / k + c / (k * k))
    const MRT =
      interval === null
        ? derived([AUMC, AUC], (moment, area) => moment / area - duration / 2)
        : derived(
            [interval.moment, AUC, interval.area],
            (moment, whole, area) => (moment + (tau ?? 0) * (whole - area)) / area - duration / 2,
          )
    const CL = derived([given, interval?.area ?? AUC], (by, area) => by / area)
    return {
      AUC,
      AUMC,
      MRT,
      CL,
      extrapolated: percent(
        derived([AUC, AUClast], (a, b) => a - b),
        AUC,
      ),
      momentExtrapolated: percent(
        derived([AUMC, AUMClast], (a, b) => a - b),
        AUMC,
      ),
      back: percent(back, AUC),
      Vz: derived([CL, rate], (clearance, k) => clearance / k),
      Vss: derived([intravenous, CL, MRT], (_, clearance, time) => clearance * time),
    }
  }
  const observed = toInfinity(Clast)
  const predicted = toInfinity(ClastPred)
  const [Cmax, Tmax] = [known(peak?.value), known(peak?.time)]
  const [Cmin, Tmin] = [known(interval?.lowest?.value), known(interval?.lowest?.time)]

  const found: Readonly<Record<NcaName, Found>> = {
    Cmax,
    Cmax_D: byDose(Cmax),
    Tmax,
    Tlag: known(measured[0] && (lastBefore(kept, measured[0].time) ?? 0)),
    C0: route === 'bolus' ? (start.initial ?? nothing) : undefinedBecause('of a bolus alone'),
    Tlast,
    Clast,
    Clast_pred: ClastPred,
    lambda_z: rate,
    half_life: derived([rate], (k) => Math.LN2 / k),
    lambda_z_points: ofLine(({ line }) => line.points.length),
    lambda_z_lower: ofLine(({ line }) => line.points[0]?.time ?? Number.NaN),
    lambda_z_upper: ofLine(({ line }) => line.points.at(-1)?.time ?? Number.NaN),
    R2: ofLine(({ line }) => line.r2),
    R2_adjusted: ofLine(({ line }) => line.adjustedR2),
    correlation: ofLine(({ line }) => line.correlation),
    AUClast,
    AUClast_D: byDose(AUClast),
    AUCall: known(toFinal?.area),
    AUCinf_obs: observed.AUC,
    AUCinf_D_obs: byDose(observed.AUC),
    AUC_extrapolated_obs: observed.extrapolated,
    AUC_back_obs: observed.back,
    AUCinf_pred: predicted.AUC,
    AUCinf_D_pred: byDose(predicted.AUC),
    AUC_extrapolated_pred: predicted.extrapolated,
    AUC_back_pred: predicted.back,
    AUMClast,
    AUMCinf_obs: observed.AUMC,
    AUMC_extrapolated_obs: observed.momentExtrapolated,
    AUMCinf_pred: predicted.AUMC,
    AUMC_extrapolated_pred: predicted.momentExtrapolated,
    MRTlast: derived([AUMClast, AUClast], (moment, area) => moment / area - duration / 2),
    MRTinf_obs: observed.MRT,
    MRTinf_pred: predicted.MRT,
    CL_obs: observed.CL,
    CL_pred: predicted.CL,
    Vz_obs: observed.Vz,
    Vz_pred: predicted.Vz,
    Vss_obs: observed.Vss,
    Vss_pred: predicted.Vss,
  }
  const steady: Readonly<Record<SteadyStateName, Found>> | null =
    interval === null
      ? null
      : {
          AUCtau: interval.area,
          AUCtau_D: byDose(interval.area),
          AUMCtau: interval.moment,
          Ctau: interval.end,
          Cmin,
          Tmin,
          Cavg: interval.mean,
          fluctuation: derived([Cmax, Cmin, interval.mean], (high, low, mean) => (100 * (high - low)) / mean),
          swing: derived([Cmax, Cmin], (high, low) => (high - low) / low),
          accumulation: derived([rate], (k) => 1 / (1 - exp(-k * (tau ?? 0)))),
        }
  return {
    figures: namedFigures(found, (name) => {
      const { label, dimension } = ncaQuantities[name]
      const part = route === 'extravascular' && dimension.startsWith('dose/') ? ' (by the fraction absorbed)' : ''
      return { label: label + part, unit: ncaUnit(dimension, units) }
    }),
    steadyState:
      steady &&
      namedFigures(steady, (name) => {
        const { label, dimension } = steadyStateQuantities[name]
        return { label, unit: ncaUnit(dimension, units) }
      }),
    partial: partial.map(([from, to]) => {
      const { area } = betweenTimes(from, to)
      return { name: `AUC_${from}_${to}`, label: `Area from ${from} to ${to}`, unit: ncaUnit('area', units), ...area }
    }),
    terminal,
    points,
    method,
  }

  function ofInterval(width: number) {
    const { area, moment } = betweenTimes(0, width)
    const atEnd = last ? valueAt(course, width) : Number.NaN
    return {
      area,
      moment,
      end: Number.isNaN(atEnd) ? undefinedBecause(area.note) : { value: atEnd, note: area.note },
      mean: derived([area], (value) => value / width),
      lowest: lowest(valued.filter(({ time }) => time <= width)),
    }
  }

  function betweenTimes(from: number, to: number): { readonly area: Found; readonly moment: Found } {
    if (!(from >= 0 && from < to && to < Number.POSITIVE_INFINITY))
      throw new RangeError(`a partial area needs 0 <= from < to, in time since the dose; got ${from} to ${to}`)
    if (last === undefined || final === undefined) return { area: nothing, moment: nothing }
    const { area, moment } = areaBetween(course, from, to)
    const found = (value: number): Found => {
      if (Number.isNaN(value))
        return undefinedBecause(
          `the course ends at ${final.time}, before ${to}, and has no terminal rate: ${rate.note}`,
        )
      return { value, note: to > final.time && final.value > 0 ? `extrapolated after ${final.time}` : '' }
    }
    return { area: found(area), moment: found(moment) }
  }
}

function checkDose({ time = 0, amount, route, duration }: NcaDose, tau: number | undefined): void {
  if (!Number.isFinite(time)) throw new RangeError(`the time of the dose is ${time}`)
  if (amount !== undefined && !(amount > 0 && amount < Number.POSITIVE_INFINITY))
    throw new RangeError(`the dose must be positive, got ${amount}; leave it out where it is not known`)
  if (route === 'infusion' && !(duration !== undefined && duration > 0))
    throw new RangeError(`an infusion needs its duration, got ${duration}`)
  if (route !== 'infusion' && duration !== undefined)
    throw new RangeError(`a duration is of an infusion, and the route is ${route}`)
  if (tau !== undefined && !(tau > 0 && tau < Number.POSITIVE_INFINITY))
    throw new RangeError(`the interval tau must be positive, got ${tau}`)
}

/** Rows at and after the dose, in time since it. */
function sinceDose(series: readonly Concentration[], doseTime: number): readonly Concentration[] {
  const since = series.map((row) => ({ ...row, time: row.time - doseTime })).filter(({ time }) => !(time < 0))
  if (since.length === 0)
    throw new RangeError(
      series.length === 0 ? 'there are no values' : `no value stands at or after the dose (time ${doseTime})`,
    )
  return since
}

/** The course with what is put in at the dose, and C0 of a bolus. */
function startingPoint(
  kept: readonly CoursePoint[],
  route: NcaDose['route'],
  inInterval: readonly TimedValue[],
  tau: number | undefined,
) {
  const isAtDose = ({ time, value }: CoursePoint) => time === 0 && !Number.isNaN(value)
  const inserted = (value: number): CoursePoint => ({ time: 0, value, origin: 'inserted' })
  if (route !== 'bolus') {
    if (kept.some(isAtDose)) return { points: kept, inserted: null, initial: null }
    const trough = tau === undefined ? undefined : lowest(inInterval)
    return { points: kept, inserted: inserted(trough?.value ?? 0), initial: null }
  }
  // a value below quantification at the time of a bolus was drawn before it
  const points = kept.filter(({ time, origin }) => !(time === 0 && origin === 'below'))
  const atDose = points.find(isAtDose)
  if (atDose !== undefined) return { points, inserted: null, initial: { value: atDose.value, note: 'measured' } }
  const initial = backExtrapolated(points.filter(({ value }) => !Number.isNaN(value)))
  return { points, inserted: initial === undefined ? null : inserted(initial.value), initial: initial ?? null }
}

function highest<T extends TimedValue>(points: readonly T[]): T | undefined {
  return points.reduce<T | undefined>((best, point) => (best && !(point.value > best.value) ? best : point), undefined)
}

function lowest<T extends TimedValue>(points: readonly T[]): T | undefined {
  return points.reduce<T | undefined>((best, point) => (best && !(point.value < best.value) ? best : point), undefined)
}

function lastBefore(points: readonly TimedValue[], time: number): number | undefined {
  return points.findLast((point) => point.time < time)?.time
}
