import { besselSeries, largestBesselArgument, mostBesselSteps, temmeStart } from './bessel-start.ts'
import { exp } from './exp.ts'

/**
 * e^(−x) I_order(x), the scaled modified Bessel function of the first kind, for order >= 0 and 0 <= x <= 1e5, with the
 * same bits in every engine; relative error below 1e-13. NaN elsewhere.
 */
export function besselIScaled(x: number, order: number): number {
  if (!(x >= 0 && x <= largestBesselArgument && order >= 0 && order < largestBesselArgument)) return NaN
  if (x === 0) return order === 0 ? 1 : 0
  return x * x < 4 * (order + 1) ? besselSeries(order, x, 1) * exp(-x) : besselPair(x, order).i
}

/** e^x K_order(x), that of the second kind, likewise; Infinity at 0. */
export function besselKScaled(x: number, order: number): number {
  if (!(x >= 0 && x <= largestBesselArgument && order >= 0 && order < largestBesselArgument)) return NaN
  if (x === 0) return Infinity
  const steps = Math.floor(order + 0.5)
  return upward(x, order - steps, steps).k
}

/** Both, scaled: I by a continued fraction for its logarithmic derivative and the Wronskian with K. */
function besselPair(x: number, order: number): { readonly i: number } {
  // I'/I at the order itself
  let h = Math.max(order / x, 1e-300)
  let c = h
  let d = 0
  for (let k = 1; k <= mostBesselSteps; k++) {
    const b = (2 * (order + k)) / x
    d = 1 / (b + d)
    c = b + 1 / c
    const change = c * d
    h *= change
    if (Math.abs(change - 1) < 2.3e-16) break
  }
  const steps = Math.floor(order + 0.5)
  const { k, above } = upward(x, order - steps, steps)
  // I K' − I' K = −1/x with K' = (order/x) K − K_(order + 1)
  return { i: 1 / (x * (h * k - (order / x) * k + above)) }
}

/** Scaled K at `steps` orders above `low` and at the next. */
function upward(x: number, low: number, steps: number): { readonly k: number; readonly above: number } {
  let { k, above } = x < 2 ? smallK(low, x) : steedK(low, x)
  for (let step = 1; step <= steps; step++) {
    const next = ((2 * (low + step)) / x) * above + k
    k = above
    above = next
  }
  return { k, above }
}

/** Temme's series for x < 2. */
function smallK(order: number, x: number): { readonly k: number; readonly above: number } {
  let { f, p, q } = temmeStart(order, x)
  const square = 0.25 * x * x
  let c = 1
  let sum = f
  let sumAbove = p
  for (let k = 1; k <= 200; k++) {
    f = (k * f + p + q) / (k * k - order * order)
    c *= square / k
    p /= k - order
    q /= k + order
    const term = c * f
    sum += term
    sumAbove += c * (p - k * f)
    if (Math.abs(term) < 1e-17 * Math.abs(sum)) break
  }
  const scale = exp(x)
  return { k: sum * scale, above: sumAbove * (2 / x) * scale }
}

/** Steed's continued fraction with Temme's sum for x >= 2 (N. M. Temme 1975). */
function steedK(order: number, x: number): { readonly k: number; readonly above: number } {
  const first = 0.25 - order * order
  let b = 2 * (1 + x)
  let d = 1 / b
  let change = d
  let h = d
  let before = 0
  let present = 1
  let c = first
  let a = -first
  let q = first
  let sum = 1 + q * change
  for (let k = 2; k <= mostBesselSteps; k++) {
    a -= 2 * (k - 1)
    c = (-a * c) / k
    const next = (before - b * present) / a
    before = present
    present = next
    q += c * next
    b += 2
    d = 1 / (b + a * d)
    change = (b * d - 1) * change
    h += change
    const term = q * change
    sum += term
    if (Math.abs(term) < 1e-17 * Math.abs(sum)) break
  }
  const k = Math.sqrt(Math.PI / (2 * x)) / sum
  return { k, above: (k * (order + x + 0.5 - first * h)) / x }
}
