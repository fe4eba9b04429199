import type { TimedValue } from './trapezoid.ts'

/** The first of the points with the highest value. */
export function highest<T extends TimedValue>(points: readonly T[]): T | undefined {
  return points.reduce<T | undefined>((best, point) => (best && !(point.value > best.value) ? best : point), undefined)
}

/** The first of the points with the lowest value. */
export function lowest<T extends TimedValue>(points: readonly T[]): T | undefined {
  return points.reduce<T | undefined>((best, point) => (best && !(point.value < best.value) ? best : point), undefined)
}
