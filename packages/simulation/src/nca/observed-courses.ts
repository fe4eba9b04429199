import { type EventRecord, isDose, type Subject } from '../records/event-record.ts'
import type { Concentration } from './concentration.ts'

/** One course of one subject, with its dose where the data hold one. */
export interface ObservedCourse {
  readonly id: string
  /** What was measured; empty where the data hold one thing and do not name it. */
  readonly quantity: string
  readonly series: readonly Concentration[]
}

/** One dose of a subject as it was given; of several `addl` each is one. */
export interface GivenDose {
  readonly time: number
  readonly amount: number
  /** Of an infusion. */
  readonly duration?: number
  /** Interval at which it is repeated at steady state. */
  readonly tau?: number
  /** Its place among the records. */
  readonly record: number
}

/** The measured courses of subjects, one for each thing that was measured. */
export function observedCourses(subjects: readonly Subject[]): readonly ObservedCourse[] {
  return subjects.flatMap(({ id, records }) => {
    const courses = new Map<string, Concentration[]>()
    for (const { evid, dv, endpoint = '', time, cens = 0 } of records) {
      if (evid !== 0 || dv === undefined) continue
      const series = courses.get(endpoint) ?? []
      courses.set(endpoint, series)
      series.push({ time, value: dv, ...(cens === 0 ? {} : { censored: cens > 0 ? 'left' : 'right' }) })
    }
    return [...courses].map(([quantity, series]) => ({ id, quantity, series }))
  })
}

/** The doses of a subject, additional ones too, in the order of time. */
export function givenDoses(records: readonly EventRecord[]): readonly GivenDose[] {
  return records
    .flatMap((row, record) => {
      const { time, amt = 0, rate = 0, duration = 0, ii = 0, addl = 0, ss = 0 } = row
      if (!isDose(row) || !(amt > 0)) return []
      const width = duration > 0 ? duration : rate > 0 ? amt / rate : 0
      return Array.from({ length: addl + 1 }, (_, k) => ({
        time: time + k * ii,
        amount: amt,
        ...(width > 0 ? { duration: width } : {}),
        ...(ss > 0 && ii > 0 ? { tau: ii } : {}),
        record,
      }))
    })
    .sort((a, b) => a.time - b.time)
}

/**
 * The values up to the next dose, the trough before that one included. A sample at the time of a dose was drawn before it where
 * its row stands before that of the dose; at the time of an additional dose (ADDL), after it.
 *
 * @param bolus leave out a trough at the time of the dose itself, which is not C0 of a bolus.
 */
export function seriesOfDose(
  records: readonly EventRecord[],
  { series, quantity }: Pick<ObservedCourse, 'series' | 'quantity'>,
  dose: GivenDose,
  bolus: boolean,
): readonly Concentration[] {
  const next = givenDoses(records).find(({ time }) => time > dose.time)
  const isTrough = (time: number, of: GivenDose) =>
    time === of.time &&
    records.findIndex((row) => row.evid === 0 && row.time === time && (row.endpoint ?? '') === quantity) < of.record
  return series.filter(
    ({ time }) => (next === undefined || time < next.time || isTrough(time, next)) && !(bolus && isTrough(time, dose)),
  )
}
