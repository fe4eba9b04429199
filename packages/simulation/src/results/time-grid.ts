/** Most decimal places of which a grid is reckoned in whole units. */
const mostPlaces = 12
/** Whole numbers up to here are exact. */
const largestUnits = 1e15

/**
 * from, from + by, …, up to and including `to` within rounding; not a running sum. Where `from` and `by` have few decimal
 * places, each time is the number that its decimal form names: 0.9, not 3 × 0.3 = 0.8999999999999999.
 */
export function timeGrid(from: number, to: number, by: number): Float64Array {
  if (!(Number.isFinite(from) && Number.isFinite(to) && to >= from))
    throw new RangeError(`times must run from a number to one not before it, got ${from}:${to}`)
  if (!(by > 0)) throw new RangeError(`the step between times must be positive, got ${by}`)
  const count = Math.floor((to - from) / by + 1e-9) + 1
  if (count > 10_000_000)
    throw new RangeError(`${from}:${to}:${by} asks for ${count} times; at most 10000000 are allowed`)
  const scale = decimalScale(from, to, by)
  const [first, step] = [Math.round(from * scale), Math.round(by * scale)]
  const times = new Float64Array(count)
  for (let k = 0; k < count; k++) times[k] = scale > 0 ? (first + k * step) / scale : from + k * by
  return times
}

/** The least power of ten that makes both whole, so that quotients of whole numbers round once; 0 where there is none. */
function decimalScale(from: number, to: number, by: number): number {
  let scale = 1
  for (let places = 0; places <= mostPlaces && Math.abs(to) * scale <= largestUnits; places++, scale *= 10)
    if (isWhole(from, scale) && isWhole(by, scale)) return scale
  return 0
}

function isWhole(value: number, scale: number): boolean {
  const units = Math.round(value * scale)
  return Math.abs(units) <= largestUnits && units / scale === value
}
