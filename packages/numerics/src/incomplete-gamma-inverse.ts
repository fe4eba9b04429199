import { exp } from './exp.ts'
import { gammaDensity } from './gamma-density.ts'
import { gammaP, gammaPSlope, gammaQ } from './incomplete-gamma.ts'
import { lgamma1p } from './lgamma1p.ts'
import { log } from './log.ts'
import { normalQuantile } from './normal-quantile.ts'

const mostSteps = 300

/** A tail probability as a function of z > 0, with its slope. */
interface Tail {
  readonly value: (z: number) => number
  readonly slope: (z: number) => number
  readonly isRising: boolean
}

/**
 * The x with P(a, x) = p, with the same bits in every engine; relative error below 1e-13 of what p determines.
 * 0 for p = 0, Infinity for p = 1, NaN outside [0, 1] and for a <= 0.
 */
export function gammaPInverse(a: number, p: number): number {
  return invert(a, p, 1 - p, p <= 0.5)
}

/** The x with Q(a, x) = q; as gammaPInverse. */
export function gammaQInverse(a: number, q: number): number {
  return invert(a, 1 - q, q, q > 0.5)
}

/** The a with P(a, x) = p; falls as p rises. NaN outside 0 < p < 1 and for x <= 0. */
export function gammaPInverseA(x: number, p: number): number {
  return invertShape(x, p, 1 - p, p <= 0.5)
}

/** The a with Q(a, x) = q; as gammaPInverseA. */
export function gammaQInverseA(x: number, q: number): number {
  return invertShape(x, 1 - q, q, q > 0.5)
}

function invert(a: number, p: number, q: number, byLower: boolean): number {
  if (!(a > 0 && a < Infinity && p >= 0 && q >= 0)) return NaN
  if (p === 0 || q === 0) return p === 0 ? 0 : Infinity
  const slope = (x: number) => gammaDensity(a, x)
  const tail: Tail = byLower
    ? { value: (x) => gammaP(a, x), slope, isRising: true }
    : { value: (x) => gammaQ(a, x), slope: (x) => -slope(x), isRising: false }
  return solve(tail, byLower ? p : q, startOf(a, p, q))
}

/** E. B. Wilson and M. M. Hilferty, Proc. Natl. Acad. Sci. 17, 684, 1931; for small x the first term of the series. */
function startOf(a: number, p: number, q: number): number {
  const deviate = p < q ? normalQuantile(p) : -normalQuantile(q)
  const root = 1 - 1 / (9 * a) + deviate / (3 * Math.sqrt(a))
  const cube = a * root * root * root
  const small = exp((log(p) + lgamma1p(a)) / a)
  return root > 0.3 && cube > 0.3 * a ? cube : small
}

function invertShape(x: number, p: number, q: number, byLower: boolean): number {
  if (!(x > 0 && x < Infinity && p > 0 && q > 0)) return NaN
  const slope = (a: number) => gammaPSlope(1, a, x)
  const tail: Tail = byLower
    ? { value: (a) => gammaP(a, x), slope, isRising: false }
    : { value: (a) => gammaQ(a, x), slope: (a) => -slope(a), isRising: true }
  const deviate = p < q ? normalQuantile(p) : -normalQuantile(q)
  return solve(tail, byLower ? p : q, Math.max(x - deviate * Math.sqrt(x), 0.1 * x))
}

/** Newton's method on the logarithm of the tail against that of z, kept between bounds; halving where it leaves them. */
function solve({ value, slope, isRising }: Tail, target: number, start: number): number {
  let low = 0
  let high = Infinity
  let z = Math.min(Math.max(start, 1e-300), 1e300)
  for (let step = 0; step < mostSteps; step++) {
    const found = value(z)
    if (Number.isNaN(found)) return NaN
    if (found === target) return z
    if (found < target === isRising) low = z
    else high = z
    const elasticity = (z * slope(z)) / found
    const next = z * exp(-Math.max(-50, Math.min(50, log(found / target) / elasticity)))
    if (Math.abs(next - z) <= 4.5e-16 * z) return next
    const between = high === Infinity ? 2 * z : low === 0 ? 0.5 * z : Math.sqrt(low) * Math.sqrt(high)
    z = next > low && next < high ? next : between
    if (high < Infinity && high - low <= 2.3e-16 * high) return z
    if (z < 1e-307) return 0
  }
  return z
}
