import { besselSeries, largestBesselArgument, mostBesselSteps, temmeStart } from './bessel-start.ts'
import { sinPi } from './sin-pi.ts'

/**
 * Bessel function of the first kind J_order(x) for order >= 0 and 0 <= x <= 1e5, with the same bits in every engine;
 * error below 1e-13 of √(J² + Y²), of J itself where x² < 4 (order + 1). NaN elsewhere.
 */
export function besselJ(x: number, order: number): number {
  if (!(x >= 0 && x <= largestBesselArgument && order >= 0 && order < largestBesselArgument)) return NaN
  if (x === 0) return order === 0 ? 1 : 0
  return x * x < 4 * (order + 1) ? besselSeries(order, x, -1) : besselPair(x, order).j
}

/** Bessel function of the second kind Y_order(x), likewise; −Infinity at 0. */
export function besselY(x: number, order: number): number {
  if (!(x >= 0 && x <= largestBesselArgument && order >= 0 && order < largestBesselArgument)) return NaN
  if (x === 0) return -Infinity
  return besselPair(x, order).y
}

/**
 * J and Y together: the logarithmic derivative of J by a continued fraction, recurrence down to an order in [−1/2, 1/2]
 * (x < 2) or below x, there Y by Temme's series or both by Steed's continued fraction and the Wronskian, and Y recurs up
 * again (A. R. Barnett, D. H. Feng, J. W. Steed, L. J. B. Goldfarb, Comput. Phys. Commun. 8, 377, 1974; Temme 1975).
 */
function besselPair(x: number, order: number): { readonly j: number; readonly y: number } {
  const steps = x < 2 ? Math.floor(order + 0.5) : Math.max(0, Math.floor(order - x + 1.5))
  const low = order - steps
  const wronskian = 2 / (Math.PI * x)
  const { ratio, scale, isNegative } = downward(x, order, steps)
  let y: number
  let above: number
  let j: number
  if (x < 2) {
    const start = smallY(low, x)
    y = start.y
    above = start.above
    j = wronskian / ((low / x) * y - above - ratio * y)
  } else {
    const { p, q } = steedFraction(low, x)
    const gamma = (p - ratio) / q
    const size = Math.sqrt(wronskian / ((p - ratio) * gamma + q))
    j = isNegative ? -size : size
    y = gamma * j
    above = (low / x) * y - (p * y + q * j)
  }
  for (let k = 1; k <= steps; k++) {
    const next = ((2 * (low + k)) / x) * above - y
    y = above
    above = next
  }
  return { j: j / scale, y }
}

interface Downward {
  /** J'/J at the lower order. */
  readonly ratio: number
  /** J there as a multiple of J at the upper order. */
  readonly scale: number
  /** Its sign. */
  readonly isNegative: boolean
}

function downward(x: number, order: number, steps: number): Downward {
  const tiny = 1e-300
  let h = Math.max(order / x, tiny)
  let c = h
  let d = 0
  let sign = 1
  for (let k = 1; k <= mostBesselSteps; k++) {
    const b = (2 * (order + k)) / x
    d = b - d
    if (Math.abs(d) < tiny) d = tiny
    c = b - 1 / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const change = c * d
    h *= change
    if (d < 0) sign = -sign
    if (Math.abs(change - 1) < 2.3e-16) break
  }
  const first = sign * 1e-200
  let value = first
  let slope = h * first
  let scale = 1
  for (let k = 0; k < steps; k++) {
    const n = order - k
    const below = (n / x) * value + slope
    slope = ((n - 1) / x) * below - value
    value = below
    if (Math.abs(value) > 1e200) {
      value *= 1e-250
      slope *= 1e-250
      scale *= 1e250
    }
  }
  if (value === 0) value = tiny
  return { ratio: slope / value, scale: (value / first) * scale, isNegative: value < 0 }
}

/** Y at an order |order| <= 1/2 and at the one above, for x < 2. */
function smallY(order: number, x: number): { readonly y: number; readonly above: number } {
  const start = temmeStart(order, x)
  let f = (2 / Math.PI) * start.f
  let p = (2 / Math.PI) * start.p
  let q = (2 / Math.PI) * start.q
  const sine = sinPi(0.5 * order)
  const r = order === 0 ? 0 : (2 / order) * sine * sine
  const square = -0.25 * x * x
  let c = 1
  let sum = f + r * q
  let sumAbove = p
  for (let k = 1; k <= 200; k++) {
    f = (k * f + p + q) / (k * k - order * order)
    c *= square / k
    p /= k - order
    q /= k + order
    const term = c * (f + r * q)
    sum += term
    sumAbove += c * p - k * term
    if (Math.abs(term) < 1e-17 * (1 + Math.abs(sum))) break
  }
  return { y: -sum, above: -sumAbove * (2 / x) }
}

/** p + iq = (J' + iY')/(J + iY) for x >= 2. */
function steedFraction(order: number, x: number): { readonly p: number; readonly q: number } {
  let a = 0.25 - order * order
  let p = -0.5 / x
  let q = 1
  const bReal = 2 * x
  let bImaginary = 2
  let factor = a / (x * (p * p + q * q))
  let cReal = bReal + q * factor
  let cImaginary = bImaginary + p * factor
  let size = bReal * bReal + bImaginary * bImaginary
  let dReal = bReal / size
  let dImaginary = -bImaginary / size
  let real = cReal * dReal - cImaginary * dImaginary
  let imaginary = cReal * dImaginary + cImaginary * dReal
  ;[p, q] = [p * real - q * imaginary, p * imaginary + q * real]
  for (let k = 2; k <= mostBesselSteps; k++) {
    a += 2 * (k - 1)
    bImaginary += 2
    dReal = a * dReal + bReal
    dImaginary = a * dImaginary + bImaginary
    factor = a / (cReal * cReal + cImaginary * cImaginary)
    cReal = bReal + cReal * factor
    cImaginary = bImaginary - cImaginary * factor
    size = dReal * dReal + dImaginary * dImaginary
    dReal /= size
    dImaginary /= -size
    real = cReal * dReal - cImaginary * dImaginary
    imaginary = cReal * dImaginary + cImaginary * dReal
    ;[p, q] = [p * real - q * imaginary, p * imaginary + q * real]
    if (Math.abs(real - 1) + Math.abs(imaginary) < 2.3e-16) break
  }
  return { p, q }
}
