import { type FitObservation, timeBins } from '@cartkin/fitting'

/** Beyond this many times as many times as a subject has, times are not nominal ones, and are put into bins. */
const mostTimes = 2

/**
 * The course that subjects have in the middle: at each time, or in bins of about as many times as a subject has, the median of the
 * values, those below a limit of quantification as the lowest. The observations themselves where nothing of it is quantified.
 *
 * @param subjects number of those that the observations are of.
 */
export function typicalCourse(observations: readonly FitObservation[], subjects: number): readonly FitObservation[] {
  const times = observations.map(({ time }) => time)
  const distinct = [...new Set(times)].toSorted((a, b) => a - b)
  const each = Math.max(1, Math.round(observations.length / Math.max(1, subjects)))
  const groups =
    distinct.length <= mostTimes * each
      ? distinct.map((time) => ({ time, rows: observations.filter((row) => row.time === time) }))
      : timeBins(times, each).map(({ members, time }) => ({
          time,
          rows: members.flatMap((place) => observations[place] ?? []),
        }))
  const course = groups.map(({ rows, time }) => {
    const own = rows.toSorted((a, b) => rank(a) - rank(b))
    const lower = own[(own.length - 1) >> 1]
    const upper = own[own.length >> 1]
    if (lower === undefined || upper === undefined) throw new RangeError('a bin of times holds an observation')
    if (lower.censored === 'left' || !(lower.value > 0)) return { ...lower, time }
    const value = lower === upper ? lower.value : Math.sqrt(lower.value) * Math.sqrt(upper.value)
    return { endpoint: lower.endpoint, time, value }
  })
  return course.some(({ censored }) => censored === undefined) ? course : observations
}

function rank({ censored, value }: FitObservation): number {
  return censored === 'left' ? Number.NEGATIVE_INFINITY : value
}
