/** Pieces between two events that count as steps. */
const pieces = 64

/**
 * Knots of a course that is known in closed form, between which quantities are sampled for extremes and crossings: at
 * (j/64)³ of the way from each of `ends` to the next, close together after an event, where things change quickly.
 */
export function knotsBetween(ends: readonly number[]): Float64Array {
  const knots: number[] = [ends[0]!]
  for (let k = 1; k < ends.length; k++) {
    const from = ends[k - 1]!
    const to = ends[k]!
    for (let j = 1; j < pieces; j++) {
      const knot = from + (j / pieces) * (j / pieces) * (j / pieces) * (to - from)
      if (knot > knots.at(-1)! && knot < to) knots.push(knot)
    }
    knots.push(to)
  }
  return Float64Array.from(knots)
}
