import { log1p } from '@cartkin/numerics'

/**
 * How the course runs between two points: straight ('linear'); straight up to the peak and exponential from there on
 * ('linear-log'); straight where it does not fall and exponential where it falls ('linear-up log-down'). Where a value is 0
 * it is straight.
 */
export type AreaMethod = 'linear' | 'linear-log' | 'linear-up log-down'

export interface TimedValue {
  readonly time: number
  readonly value: number
}

/** Area under the course, and under time times the course. */
export interface Area {
  readonly area: number
  readonly moment: number
}

/** Whether the course between two neighbours is exponential. */
export function isExponential(method: AreaMethod, from: TimedValue, to: TimedValue, peakTime: number): boolean {
  if (!(from.value > 0 && to.value > 0) || from.value === to.value) return false
  if (method === 'linear-up log-down') return to.value < from.value
  return method === 'linear-log' && from.time >= peakTime
}

/** Area and first moment (about time 0) between two points. */
export function segmentArea(from: TimedValue, to: TimedValue, exponential: boolean): Area {
  const width = to.time - from.time
  const [a, b] = [from.value, to.value]
  if (!exponential) return { area: (width * (a + b)) / 2, moment: (width * (from.time * a + to.time * b)) / 2 }
  // log(a/b) by log1p of the difference, which is exact for neighbours
  const fall = a > b ? log1p((a - b) / b) : -log1p((b - a) / a)
  const area = (width * (a - b)) / fall
  return { area, moment: from.time * area + width * width * a * firstMoment(fall, b / a) }
}

/** ∫ s exp(-fall s) ds over 0..1; `rest` is exp(-fall). */
function firstMoment(fall: number, rest: number): number {
  if (Math.abs(fall) > 0.5) return (1 - (1 + fall) * rest) / (fall * fall)
  // Taylor series: cancellation would cost the closed form its digits
  let term = 1
  let total = 0
  for (let n = 0; n < 20; n++) {
    total += term / (n + 2)
    term *= -fall / (n + 1)
  }
  return total
}
