/** from, from + by, …, up to and including `to` within rounding; each time is from + k·by, not a running sum. */
export function timeGrid(from: number, to: number, by: number): Float64Array {
  if (!(Number.isFinite(from) && Number.isFinite(to) && to >= from))
    throw new RangeError(`times must run from a number to one not before it, got ${from}:${to}`)
  if (!(by > 0)) throw new RangeError(`the step between times must be positive, got ${by}`)
  const count = Math.floor((to - from) / by + 1e-9) + 1
  if (count > 10_000_000)
    throw new RangeError(`${from}:${to}:${by} asks for ${count} times; at most 10000000 are allowed`)
  return Float64Array.from({ length: count }, (_, k) => from + k * by)
}
