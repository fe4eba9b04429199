import type { Axis } from './rows.ts'

const LARGEST = Number.MAX_VALUE / 4
/** Ends closer than this cannot be told apart on a page, and parts of what lies between them would have no width. */
const LEAST_SPAN = 1e-290
const LEAST_RELATIVE_SPAN = 1e-12
/** An automatic logarithmic axis shows at most so much below the largest value, so that solver noise near zero does not fill it. */
const LOG_SPAN = 1e8

function extent(values: Iterable<number>, accept: (value: number) => boolean): readonly [number, number] | null {
  let lo = Number.POSITIVE_INFINITY
  let hi = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!accept(value)) continue
    lo = Math.min(lo, value)
    hi = Math.max(hi, value)
  }
  return lo <= hi ? [lo, hi] : null
}

function clamp(value: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, value))
}

function linearDomain(values: Iterable<number>): readonly [number, number] {
  const range = extent(values, Number.isFinite)
  if (range === null) return [0, 1]
  const [lo, hi] = [clamp(range[0]), clamp(range[1])]
  const largest = Math.max(Math.abs(lo), Math.abs(hi))
  if (largest < LEAST_SPAN) return lo < 0 ? [-1, 1] : [0, 1]
  if (hi - lo <= largest * LEAST_RELATIVE_SPAN) return [Math.min(0, 2 * lo), Math.max(0, 2 * hi)]
  const margin = (hi - lo) * 0.05
  const fromZero = lo >= 0 && lo <= hi / 2
  const toZero = hi <= 0 && hi >= lo / 2
  return [fromZero ? 0 : lo - margin, toZero ? 0 : hi + margin]
}

function logDomain(values: Iterable<number>, always: Iterable<number>): readonly [number, number] {
  const positive = (value: number) => value > 0 && Number.isFinite(value)
  const shown = extent(always, positive)
  const range = extent(values, positive) ?? shown
  if (range === null) return [1, 10]
  const hi = clamp(Math.max(range[1], shown?.[1] ?? 0))
  const lo = clamp(Math.min(Math.max(range[0], hi / LOG_SPAN), shown?.[0] ?? Number.POSITIVE_INFINITY))
  const least = hi / lo < 2 ? 2 : 1.25
  return [Math.max(Number.MIN_VALUE, lo / least), hi * least]
}

/**
 * Ends of an axis: its own where it names them, else such that all finite values lie within, with a margin; zero is an end
 * of a linear axis where the values come near it. Both ends are finite and differ; on a logarithmic axis they are positive
 * and, by `values` alone, at most eight decades apart.
 *
 * @param always values that must be shown whatever the span: observations, limits of quantification.
 */
export function axisDomain(
  axis: Axis,
  values: Iterable<number>,
  always: Iterable<number> = [],
): readonly [number, number] {
  if (axis.domain !== undefined) {
    const [lo, hi] = axis.domain
    if (!(Number.isFinite(lo) && Number.isFinite(hi) && lo < hi && (axis.scale === 'linear' || lo > 0)))
      throw new RangeError(
        `the domain of axis ${axis.title} must be two finite ends in order${axis.scale === 'log' ? ', above 0' : ''}, got [${lo}, ${hi}]`,
      )
    return axis.domain
  }
  return axis.scale === 'log' ? logDomain(values, always) : linearDomain([...values, ...always])
}

/** Ends of an axis that fits its values tightly, as time does. */
export function tightDomain(axis: Axis, values: Iterable<number>): readonly [number, number] {
  if (axis.domain !== undefined || axis.scale === 'log') return axisDomain(axis, values)
  const range = extent(values, Number.isFinite)
  if (range === null) return [0, 1]
  const [lo, hi] = [clamp(range[0]), clamp(range[1])]
  return lo < hi ? [lo, hi] : linearDomain([lo])
}
