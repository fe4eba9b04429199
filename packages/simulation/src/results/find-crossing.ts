/** Twice the spacing of doubles at 1. */
const SPACING = 4.440892098500626e-16

/**
 * The time in (a, b] at which `excess` becomes positive, given that it is not at a and is at b: the end of a bracket as
 * small as doubles allow, at which it is positive. `atA` and `atB` are its values there.
 *
 * Inverse quadratic interpolation where three values promise a smooth curve, bisection elsewhere, so that a jump costs no
 * more than bisection alone. (Chandrupatla, Adv. Eng. Softw. 28:145, 1997.)
 */
export function findCrossing(excess: (t: number) => number, a: number, b: number, atA: number, atB: number): number {
  // x1 and x2 are the bracket, x1 the newer end; over: whether x1 is the positive one
  let [x1, x2, x3] = [b, a, a]
  let [f1, f2, f3] = [atB, atA, atA]
  let isOver = true
  let share = 0.5
  for (let turn = 0; turn < 200; turn++) {
    const width = Math.abs(x2 - x1)
    const least = (SPACING * Math.max(Math.abs(x1), Math.abs(x2))) / width
    if (!(least < 0.5)) break
    if (turn > 0) {
      const xi = (x1 - x2) / (x3 - x2)
      const phi = (f1 - f2) / (f3 - f2)
      const isSmooth = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
      share = isSmooth
        ? (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
        : 0.5
      if (!(share >= least)) share = share < least ? least : 0.5
      if (share > 1 - least) share = 1 - least
    }
    const x = x1 + share * (x2 - x1)
    const f = excess(x)
    const isPositive = f > 0
    if (isPositive === isOver) {
      x3 = x1
      f3 = f1
    } else {
      x3 = x2
      f3 = f2
      x2 = x1
      f2 = f1
      isOver = isPositive
    }
    x1 = x
    f1 = f
  }
  return isOver ? x1 : x2
}
