import { timeRatio } from '@cartkin/model'

/** What a unit of time means for views: how long a run is at first, and steps that read well. */
export interface TimeHabits {
  readonly horizon: number
  /** Ascending; ends of views and distances of axis ticks. */
  readonly steps: readonly number[]
}

const halves = Array.from({ length: 12 }, (_, k) => [1, 2, 5].map((digit) => digit * 10 ** (k - 4))).flat()

const days: TimeHabits = {
  horizon: 28,
  steps: [0.1, 0.25, 0.5, 1, 2, 7, 14, 28, 30, 60, 90, 180, 365, 730, 1825, 3650, 18250],
}
const hours: TimeHabits = {
  horizon: 24,
  steps: [0.1, 0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 72, 96, 168, 336, 504, 720, 2160, 4380, 8760, 87600],
}
const minutes: TimeHabits = {
  horizon: 240,
  steps: [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10080],
}
const others: TimeHabits = { horizon: 24, steps: halves }

export function timeHabits(unit: string): TimeHabits {
  switch (timeRatio(unit, 'day')) {
    case 1:
      return days
    case 24:
      return hours
    case 1440:
      return minutes
    default:
      return others
  }
}

/** A time with its unit as it is read: "day 9", "9 h"; "time 9" where the unit is not known. */
export function timeText(unit: string, time: string): string {
  if (unit === '') return `time ${time}`
  return timeRatio(unit, 'day') === 1 ? `day ${time}` : `${time} ${unit}`
}

/** What stands over a column of times: "Day", "Time (h)". */
export function timeHeading(unit: string): string {
  if (unit === '') return 'Time'
  return timeRatio(unit, 'day') === 1 ? 'Day' : `Time (${unit})`
}
