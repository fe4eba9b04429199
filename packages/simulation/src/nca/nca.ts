import { exp } from '@cartkin/numerics'
import { type Found, undefinedBecause } from '../results/found.ts'
import { type AreaCourse, areaBetween, valueAt } from './area-course.ts'
import { type BelowRules, type CoursePoint, quantifiedPoints } from './below-quantification.ts'
import type { Concentration } from './concentration.ts'
import { derived } from './derived.ts'
import { highest, lowest } from './extremes.ts'
import type { Figure } from './figure.ts'
import { namedFigures } from './named-figures.ts'
import { checkDose, type NcaDose } from './nca-dose.ts'
import { type NcaName, ncaQuantities, type SteadyStateName, steadyStateQuantities } from './nca-quantities.ts'
import { type NcaUnits, ncaUnit } from './nca-units.ts'
import { startingPoint } from './starting-point.ts'
import { type TerminalChoice, type TerminalSlope, terminalSlope } from './terminal-slope.ts'
import { toInfinity } from './to-infinity.ts'
import type { AreaMethod, TimedValue } from './trapezoid.ts'

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
  const { samples, points, initial } = startingPoint(kept, route, inInterval, tau !== undefined)
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
  const interval = tau === undefined ? null : ofInterval(tau)
  const firstSample = samples.find(({ value }) => !Number.isNaN(value))
  const ofBolus = undefinedBecause('of a bolus alone')
  const toLastValue = {
    area: AUClast,
    moment: AUMClast,
    time: Tlast,
    rate,
    back: route === 'bolus' ? known(last && firstSample && areaBetween(course, 0, firstSample.time).area) : ofBolus,
    dose: given,
    route,
    duration,
    interval,
  }
  const observed = toInfinity(Clast, toLastValue)
  const predicted = toInfinity(ClastPred, toLastValue)
  const [Cmax, Tmax] = [known(peak?.value), known(peak?.time)]
  const [Cmin, Tmin] = [known(interval?.lowest?.value), known(interval?.lowest?.time)]

  const found: Readonly<Record<NcaName, Found>> = {
    Cmax,
    Cmax_D: byDose(Cmax),
    Tmax,
    Tlag: known(measured[0] && (lastBefore(kept, measured[0].time) ?? 0)),
    C0: route === 'bolus' ? (initial ?? nothing) : ofBolus,
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
          accumulation: derived([rate], (k) => 1 / (1 - exp(-k * interval.tau))),
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
      tau: width,
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

/** Rows at and after the dose, in time since it. */
function sinceDose(series: readonly Concentration[], doseTime: number): readonly Concentration[] {
  const since = series.map((row) => ({ ...row, time: row.time - doseTime })).filter(({ time }) => !(time < 0))
  if (since.length === 0)
    throw new RangeError(
      series.length === 0 ? 'there are no values' : `no value stands at or after the dose (time ${doseTime})`,
    )
  return since
}

function lastBefore(points: readonly TimedValue[], time: number): number | undefined {
  return points.findLast((point) => point.time < time)?.time
}
