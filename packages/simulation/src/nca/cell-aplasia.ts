import { type Found, undefinedBecause } from '../results/found.ts'
import type { Concentration } from './concentration.ts'
import type { Figure } from './figure.ts'
import { namedFigures } from './named-figures.ts'
import { type NcaUnits, ncaUnit } from './nca-units.ts'
import type { TimedValue } from './trapezoid.ts'

const labels = {
  aplasia_onset: 'First time below the threshold',
  aplasia_return: 'First time back at the threshold',
  aplasia_duration: 'Time below the threshold',
} as const

export type AplasiaName = keyof typeof labels

export interface AplasiaOptions {
  /** Time of the infusion in that of the series; 0 where absent. Only what comes from there on counts. */
  readonly infusion?: number
  readonly units?: NcaUnits
}

/**
 * How long B cells (or others) are below a threshold after an infusion, with straight lines between the samples. Values below
 * quantification are 0. A figure that is not defined is NaN with its reason.
 *
 * @throws RangeError for a threshold that is not positive, a time or value that is no number, two values at one time, and no
 *   value from the infusion on.
 */
export function cellAplasia(
  series: readonly Concentration[],
  threshold: number,
  { infusion = 0, units = {} }: AplasiaOptions = {},
): Readonly<Record<AplasiaName, Figure>> {
  if (!(threshold > 0)) throw new RangeError(`the threshold of aplasia must be positive, got ${threshold}`)
  for (const { time, value } of series)
    if (!(Number.isFinite(time) && Number.isFinite(value)))
      throw new RangeError(`a value of ${value} at time ${time}; leave the row out`)
  const points = series
    .map(({ time, value, censored }) => ({ time: time - infusion, value: censored === 'left' ? 0 : value }))
    .filter(({ time }) => time >= 0)
    .sort((a, b) => a.time - b.time)
  const last = points.at(-1)
  if (last === undefined) throw new RangeError(`no value stands at or after the infusion (time ${infusion})`)
  const twice = points.find(({ time }, k) => points[k + 1]?.time === time)
  if (twice !== undefined) throw new RangeError(`time ${twice.time} has two values; give one for each time`)

  let onset = points[0]!.value < threshold ? points[0]!.time : Number.NaN
  let back = Number.NaN
  let duration = 0
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1]!, points[k]!]
    const isBelow = [a.value < threshold, b.value < threshold]
    const crossing = isBelow[0] === isBelow[1] ? Number.NaN : crossingTime(a, b, threshold)
    if (isBelow[1] && !isBelow[0] && Number.isNaN(onset)) onset = crossing
    if (isBelow[0] && !isBelow[1] && Number.isNaN(back)) back = crossing
    if (isBelow[0]) duration += (isBelow[1] ? b.time : crossing) - a.time
    else if (isBelow[1]) duration += b.time - crossing
  }
  const never = undefinedBecause(`never below ${threshold} from the infusion to time ${last.time}`)
  const open = last.value < threshold
  const found: Readonly<Record<AplasiaName, Found>> = {
    aplasia_onset: Number.isNaN(onset) ? never : { value: onset, note: '' },
    aplasia_return: Number.isNaN(onset)
      ? never
      : Number.isNaN(back)
        ? undefinedBecause(`still below ${threshold} in the last sample, at time ${last.time}`)
        : { value: back, note: open ? 'below again later' : '' },
    aplasia_duration: { value: duration, note: open ? `it goes on after the last sample, at time ${last.time}` : '' },
  }
  return namedFigures(found, (name) => ({ label: labels[name], unit: ncaUnit('time', units) }))
}

function crossingTime(a: TimedValue, b: TimedValue, threshold: number): number {
  return a.time + ((threshold - a.value) / (b.value - a.value)) * (b.time - a.time)
}
