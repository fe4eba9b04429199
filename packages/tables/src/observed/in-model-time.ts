import { type Model, timeRatio } from '@cartkin/model'
import type { EventRecord } from '@cartkin/simulation'
import { DataError } from '../data-error.ts'
import type { EventData } from '../event-data/read-event-data.ts'

/** Data whose times are in the unit of a model. */
export interface DataInModelTime {
  readonly data: EventData
  /** What was done to the times, or why nothing was; empty where the data do not say their unit. */
  readonly note: string
}

/**
 * Data with times, intervals, durations and rates in the model's unit of time. The data say theirs in the header of the
 * column (`TIME [h]`), or the caller does.
 *
 * @param given the unit that the caller says the data are in; undefined: what the header says.
 * @param file named in messages.
 * @throws DataError when a given unit is none of time, is not that of the header, or the model does not say its own.
 */
export function inModelTime(
  data: EventData,
  { timeUnit }: Pick<Model, 'timeUnit'>,
  given: string | undefined,
  file: string,
): DataInModelTime {
  const unit = given ?? data.timeUnit
  if (unit === '') return { data, note: '' }
  if (given !== undefined) check(given, data.timeUnit, timeUnit, file)
  const parts = timeRatio(unit, timeUnit)
  const wholes = timeRatio(timeUnit, unit)
  if (parts === undefined || wholes === undefined)
    return {
      data,
      note:
        timeRatio(unit, unit) === undefined
          ? `the header of the times says ${unit}, which is no unit of time; they are taken as they stand`
          : `times are in ${unit}, but the model does not say its unit of time; they are taken as they stand`,
    }
  if (parts === 1) return { data, note: '' }
  const [convert, rate, done] =
    parts > 1
      ? [(time: number) => time / parts, (perTime: number) => perTime * parts, `divided by ${parts}`]
      : [(time: number) => time * wholes, (perTime: number) => perTime / wholes, `multiplied by ${wholes}`]
  const subjects = data.subjects.map((subject) => ({
    ...subject,
    records: subject.records.map((record) => converted(record, convert, rate)),
    ...(subject.covariates !== undefined && {
      covariates: subject.covariates.map((covariate) => ({ ...covariate, times: covariate.times.map(convert) })),
    }),
  }))
  return { data: { ...data, subjects }, note: `times in ${unit}, ${done}: the model's unit is ${timeUnit}` }
}

function converted(
  record: EventRecord,
  convert: (time: number) => number,
  perTime: (rate: number) => number,
): EventRecord {
  const { time, dataTime, ii, duration, rate } = record
  return {
    ...record,
    time: convert(time),
    ...(dataTime === undefined ? {} : { dataTime: convert(dataTime) }),
    ...(ii === undefined ? {} : { ii: convert(ii) }),
    ...(duration === undefined ? {} : { duration: convert(duration) }),
    // −1 and −2 ask the model for its own rate or duration
    ...(rate === undefined || rate < 0 ? {} : { rate: perTime(rate) }),
  }
}

/** A unit that the caller gives must lead somewhere. */
function check(given: string, header: string, model: string, file: string): void {
  if (timeRatio(given, given) === undefined)
    throw new DataError({
      file,
      problem: `the time unit of the data, ${JSON.stringify(given)}, is none`,
      expected: 'expected s, min, h, day, week, month or year',
    })
  const ratio = header === '' ? 1 : timeRatio(given, header)
  if (ratio !== undefined && ratio !== 1)
    throw new DataError({
      file,
      problem: `times are said to be in ${given}, but their header says ${header}`,
      expected: 'leave out the one that is wrong',
    })
  if (timeRatio(model, model) === undefined)
    throw new DataError({
      file,
      problem: `times in ${given} cannot be converted, since the model does not say its unit of time`,
      expected: 'write units <- list(time = "day") beside its ini({ }), or the unit of a rate as # [1/day] behind it',
    })
}
