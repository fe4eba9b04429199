import { expm1 } from './expm1.ts'
import { poissonTerm } from './gamma-density.ts'
import { gammaFunction } from './gamma-function.ts'
import { lgamma1p } from './lgamma1p.ts'
import { log } from './log.ts'
import { polygamma } from './polygamma.ts'
import { addTaylor, divideTaylor, expTaylor, multiplyTaylor, type Taylor, taylorOf } from './taylor.ts'

/** Terms of the series or the continued fraction at most; they need some 10 √a where x is near a: enough up to a = 1e7. */
const mostTerms = 30_000
const epsilon = 1.1102230246251565e-16

/**
 * P(a, x) = γ(a, x)/Γ(a), the regularized lower incomplete gamma function, with the same bits in every engine; relative
 * error below 1e-13.
 *
 * NaN for a <= 0, x < 0, and where a is so large that neither series nor fraction ends.
 */
export function gammaP(a: number, x: number): number {
  return edgeValue(a, x) ?? (usesSeries(a, x) ? lowerValue(a, x) : 1 - upperValue(a, x))
}

/** Q(a, x) = 1 − P(a, x), accurate also where it is small; relative error below 1e-13. */
export function gammaQ(a: number, x: number): number {
  const edge = edgeValue(a, x)
  if (edge !== undefined) return 1 - edge
  if (!usesSeries(a, x)) return upperValue(a, x)
  return a < 1 && x < 1.5 ? smallUpper(a, x) : 1 - lowerValue(a, x)
}

/** ∂ⁿP(a, x)/∂aⁿ, n = `order` of 0, 1, … */
export function gammaPSlope(order: number, a: number, x: number): number {
  if (order === 0) return gammaP(a, x)
  if (!(Number.isInteger(order) && order > 0 && order <= 20)) return NaN
  const edge = edgeValue(a, x)
  if (edge !== undefined) return Number.isNaN(edge) ? edge : 0
  let factorial = 1
  for (let j = 2; j <= order; j++) factorial *= j
  if (usesSeries(a, x)) return factorial * lower(order, a, x)[order]!
  return -factorial * upper(order, a, x)[order]!
}

/** P where nothing is to be computed. */
function edgeValue(a: number, x: number): number | undefined {
  if (!(a > 0 && x >= 0 && a < Infinity)) return NaN
  if (x === 0) return 0
  return x === Infinity ? 1 : undefined
}

function usesSeries(a: number, x: number): boolean {
  return x < a + 1 || x < 1.5
}

/** x^a e^(−x)/Γ(a + 1) as a series in a. */
function poissonSeries(order: number, a: number, x: number): Taylor {
  const value = poissonTerm(a, x)
  const exponent = taylorOf(order, 0, log(x) - polygamma(0, a + 1))
  let factorial = 1
  for (let k = 2; k <= order; k++) {
    factorial *= k
    exponent[k] = -polygamma(k - 1, a + 1) / factorial
  }
  return expTaylor(exponent, value)
}

/** P by its power series in x. */
function lowerValue(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; k <= mostTerms; k++) {
    term = (term * x) / (a + k)
    sum += term
    if (term <= 0.1 * epsilon * sum) return poissonTerm(a, x) * sum
  }
  return NaN
}

/** Q by Legendre's continued fraction: modified Lentz algorithm (W. J. Lentz, Appl. Opt. 15, 668, 1976). */
function upperValue(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let k = 1; k <= mostTerms; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) <= 2 * epsilon) return poissonTerm(a, x) * a * fraction
  }
  return NaN
}

/** `lowerValue` as a series in a. */
function lower(order: number, a: number, x: number): Taylor {
  let term = taylorOf(order, 1)
  let sum = term
  const factor = taylorOf(order, x)
  for (let k = 1; k <= mostTerms; k++) {
    term = divideTaylor(multiplyTaylor(term, factor), taylorOf(order, a + k, 1))
    sum = addTaylor(sum, term)
    if (term.every((value, j) => Math.abs(value) <= 0.1 * epsilon * Math.abs(sum[j]!))) {
      return multiplyTaylor(poissonSeries(order, a, x), sum)
    }
  }
  return taylorOf(order, NaN).fill(NaN)
}

/** `upperValue` as a series in a. */
function upper(order: number, a: number, x: number): Taylor {
  const one = taylorOf(order, 1)
  let b = taylorOf(order, x + 1 - a, -1)
  let c = taylorOf(order, 1e300)
  let d = divideTaylor(one, b)
  let fraction = d
  // derivatives settle a little later than the value
  let rest = Infinity
  for (let k = 1; k <= mostTerms && rest > 0; k++) {
    const numerator = taylorOf(order, -k * (k - a), k)
    b = addTaylor(b, taylorOf(order, 2))
    d = divideTaylor(one, addTaylor(multiplyTaylor(numerator, d), b))
    c = addTaylor(b, divideTaylor(numerator, c))
    const change = multiplyTaylor(c, d)
    fraction = multiplyTaylor(fraction, change)
    if (rest < Infinity) rest--
    else if (Math.abs(change[0]! - 1) <= 2 * epsilon) rest = 20 + Math.floor(k / 2)
  }
  if (rest > 0) return taylorOf(order, NaN).fill(NaN)
  const front = multiplyTaylor(poissonSeries(order, a, x), taylorOf(order, a, 1))
  return multiplyTaylor(front, fraction)
}

/** Q for a < 1 and x < 1.5 without the cancellation of 1 − P: the large parts of Γ(1 + a) and x^a go before the difference. */
function smallUpper(a: number, x: number): number {
  const powerLess = expm1(a * log(x))
  const gammaLess = expm1(lgamma1p(a))
  let term = 1
  let sum = 0
  for (let k = 1; k < 60; k++) {
    term *= -x / k
    sum += term / (a + k)
  }
  return (gammaLess - powerLess - a * (1 + powerLess) * sum) / gammaFunction(1 + a)
}
