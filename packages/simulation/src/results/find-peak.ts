const GOLDEN = 0.3819660112501051
/** A peak is located to this share of its bracket: finer, its height no longer tells. */
const SHARE = 1e-8

/** A value and where it is taken. */
export interface Place {
  readonly time: number
  readonly value: number
}

/**
 * The highest value of a function between `left` and `right`, where it is no higher than at `centre` between them.
 *
 * Parabolas through the best three places, golden sections where they do not converge. (Brent, Algorithms for
 * Minimization without Derivatives, 1973, chapter 5.)
 */
export function findPeak(height: (t: number) => number, left: Place, centre: Place, right: Place): Place {
  let a = left.time
  let b = right.time
  const tolerance = SHARE * (b - a)
  let x = centre
  let [w, v] = left.value >= right.value ? [left, right] : [right, left]
  let step = b - a
  let before = step
  for (let turn = 0; turn < 60; turn++) {
    const middle = a + (b - a) / 2
    if (!(Math.abs(x.time - middle) > 2 * tolerance - (b - a) / 2)) break
    const r = (x.time - w.time) * (x.value - v.value)
    const q = (x.time - v.time) * (x.value - w.value)
    const p = (x.time - v.time) * q - (x.time - w.time) * r
    const move = -p / (2 * (q - r))
    const isFit = Math.abs(move) < Math.abs(before / 2) && x.time + move > a && x.time + move < b
    before = isFit ? step : x.time >= middle ? a - x.time : b - x.time
    step = isFit ? move : GOLDEN * before
    const isNearEnd = isFit && (x.time + step - a < 2 * tolerance || b - x.time - step < 2 * tolerance)
    if (isNearEnd) step = x.time < middle ? tolerance : -tolerance
    else if (Math.abs(step) < tolerance) step = step > 0 ? tolerance : -tolerance
    const time = x.time + step
    const u = { time, value: height(time) }
    if (u.value >= x.value) {
      if (time >= x.time) a = x.time
      else b = x.time
      v = w
      w = x
      x = u
    } else {
      if (time < x.time) a = time
      else b = time
      if (u.value >= w.value || w.time === x.time) {
        v = w
        w = u
      } else if (u.value >= v.value || v.time === x.time || v.time === w.time) v = u
    }
  }
  return x
}
