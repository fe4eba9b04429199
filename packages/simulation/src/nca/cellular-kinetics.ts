import { log } from '@cartkin/numerics'
import { type Found, undefinedBecause } from '../results/found.ts'
import { type BelowRules, isBelowQuantification } from './below-quantification.ts'
import type { Concentration } from './concentration.ts'
import { contraction } from './contraction.ts'
import { derived } from './derived.ts'
import { type Expansion, expansion } from './expansion.ts'
import type { Figure } from './figure.ts'
import { type KineticsName, kineticsQuantities } from './kinetics-quantities.ts'
import { namedFigures } from './named-figures.ts'
import { nca } from './nca.ts'
import { type NcaUnits, ncaUnit } from './nca-units.ts'
import type { AreaMethod } from './trapezoid.ts'
import type { Decline } from './two-phase-decline.ts'

export interface KineticsOptions {
  /** Time of the infusion in that of the series; 0 where absent. All times of the result count from it. */
  readonly infusion?: number
  /** How many of the unit of time make a day; 1 where absent, 24 for hours. */
  readonly unitsPerDay?: number
  /** Lower limit of quantification: values below it count as below, too. */
  readonly lloq?: number
  readonly below?: BelowRules
  /** 'linear-up log-down' where absent. */
  readonly method?: AreaMethod
  readonly units?: NcaUnits
}

/** Figures of a course of cells, and the points that its phases go through. */
export interface CellularKinetics {
  readonly figures: Readonly<Record<KineticsName, Figure>>
  readonly expansion: Expansion
  /** The decline in one or two phases; undefined where there is none. */
  readonly decline: Decline | undefined
}

/**
 * Cellular kinetics of one course after an infusion of cells: exposure, expansion, contraction, persistence. Rows may come
 * in any order; those before the infusion are left out. A figure that is not defined is NaN with its reason.
 *
 * @throws RangeError as `nca` does.
 */
export function cellularKinetics(series: readonly Concentration[], options: KineticsOptions = {}): CellularKinetics {
  const { infusion = 0, unitsPerDay = 1, lloq, units = {} } = options
  if (!(unitsPerDay > 0 && unitsPerDay < Number.POSITIVE_INFINITY))
    throw new RangeError(`unitsPerDay must be positive, got ${unitsPerDay}`)
  const month = 28 * unitsPerDay
  const analysis = nca(
    series,
    { time: infusion, route: 'extravascular' },
    {
      partial: [[0, month]],
      ...(options.method === undefined ? {} : { method: options.method }),
      ...(options.below === undefined ? {} : { below: options.below }),
      ...(lloq === undefined ? {} : { lloq }),
    },
  )
  const { Cmax, Tmax, Tlag, Tlast, Clast, AUClast } = analysis.figures
  const measured = analysis.points.filter(({ origin }) => origin === 'measured')
  const peakTime = Tmax.value
  const decline = contraction(measured.filter(({ time }) => time >= peakTime))
  const rise = expansion(
    measured.filter(({ time }) => time <= peakTime),
    decline?.residual ?? Number.NaN,
  )
  const rho: Found = rise.found
    ? { value: rise.line.slope, note: rise.line.points.length === 2 ? 'from two points' : '' }
    : undefinedBecause(Number.isNaN(peakTime) ? Tmax.note : rise.reason)
  const alpha: Found = decline
    ? { value: decline.fast.rate, note: decline.fast.points.length === 2 ? 'from two points' : '' }
    : undefinedBecause(Number.isNaN(peakTime) ? Tmax.note : 'the quantifiable values after the peak do not fall')
  const beta: Found = !decline
    ? undefinedBecause(alpha.note)
    : decline.slow
      ? { value: decline.slow.rate, note: decline.slow.rate > 0 ? '' : 'does not fall' }
      : undefinedBecause('the quantifiable values after the peak show no second phase')
  const halfLife = (rate: Found): Found => {
    const found = derived([rate], (k) => Math.LN2 / k)
    return found.value > 0 || Number.isNaN(found.value) ? found : undefinedBecause('it does not fall')
  }
  const found: Readonly<Record<KineticsName, Found>> = {
    Cmax,
    Tmax,
    AUC0_28: analysis.partial[0] ?? undefinedBecause(Tmax.note),
    AUClast,
    Tlag,
    lag: lagOf(rise, rho.note),
    rho,
    doubling_time: derived([rho], (rate) => Math.LN2 / rate),
    alpha,
    half_life_alpha: halfLife(alpha),
    beta,
    half_life_beta: halfLife(beta),
    Clast,
    Tlast,
    persistence: persistenceOf(series, infusion, lloq, Tlast),
  }
  return {
    figures: namedFigures(found, (name) => {
      const { label, dimension } = kineticsQuantities[name]
      return { label, unit: ncaUnit(dimension, units) }
    }),
    expansion: rise,
    decline,
  }
}

/** Where the line of expansion leaves the level before it. */
function lagOf(rise: Expansion, reason: string): Found {
  if (!rise.found) return undefinedBecause(reason)
  const { line, before } = rise
  const [first, begin] = [before[0], line.points[0]]
  if (first === undefined || begin === undefined)
    return undefinedBecause('it rises from the first quantifiable value on')
  const level = before.reduce((total, { value }) => total + log(value), 0) / before.length
  const time = begin.time + (level - log(line.at(begin.time))) / line.slope
  return time >= first.time && time <= begin.time
    ? { value: time, note: '' }
    : undefinedBecause('the line of expansion does not meet the level before it there')
}

/** The last time above the limit: by the straight logarithm between the neighbours where both were measured. */
function persistenceOf(
  series: readonly Concentration[],
  infusion: number,
  lloq: number | undefined,
  Tlast: Found,
): Found {
  if (Number.isNaN(Tlast.value)) return undefinedBecause(Tlast.note)
  const rows = series.filter(({ time }) => time >= infusion).toSorted((a, b) => a.time - b.time)
  const k = rows.findLastIndex((row) => !isBelowQuantification(row, lloq))
  const [last, next] = [rows[k], rows[k + 1]]
  if (last === undefined || next === undefined)
    return { value: Tlast.value, note: 'still quantifiable in the last sample: it persists at least so long' }
  if (lloq === undefined || next.censored !== undefined || !(next.value > 0)) return { value: Tlast.value, note: '' }
  const part = log(last.value / lloq) / log(last.value / next.value)
  return { value: last.time - infusion + part * (next.time - last.time), note: '' }
}
