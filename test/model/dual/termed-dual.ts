/**
 * A value with its derivatives by several inputs, and for each of these numbers the sum of the absolute terms that it is
 * made of: what rounding is to be measured by. A slope f'(u) counts with |f'(u)| + |f''(u)|·(terms of u).
 */
export interface TermedDual {
  readonly value: number
  readonly terms: number
  readonly slopes: readonly number[]
  readonly slopeTerms: readonly number[]
}

/** f, f' and f'' at a number. */
export type Jet = readonly [f: number, f1: number, f2: number]

export function constantDual(value: number, inputs: number): TermedDual {
  const zeros = new Array<number>(inputs).fill(0)
  return { value, terms: Math.abs(value), slopes: zeros, slopeTerms: zeros }
}

export function inputDual(value: number, inputs: number, place: number): TermedDual {
  const one = Array.from({ length: inputs }, (_, k) => (k === place ? 1 : 0))
  return { value, terms: Math.abs(value), slopes: one, slopeTerms: one }
}

export function chained(u: TermedDual, [f, f1, f2]: Jet): TermedDual {
  const factor = Math.abs(f1) + Math.abs(f2) * u.terms
  return {
    value: f,
    terms: Math.abs(f) + Math.abs(f1) * u.terms,
    slopes: u.slopes.map((slope) => (slope === 0 ? 0 : f1 * slope)),
    slopeTerms: u.slopeTerms.map((terms) => (terms === 0 ? 0 : factor * terms)),
  }
}

export function sum(a: TermedDual, b: TermedDual, sign: 1 | -1): TermedDual {
  return {
    value: a.value + sign * b.value,
    terms: a.terms + b.terms,
    slopes: a.slopes.map((slope, k) => slope + sign * b.slopes[k]!),
    slopeTerms: a.slopeTerms.map((terms, k) => terms + b.slopeTerms[k]!),
  }
}

export function product(a: TermedDual, b: TermedDual): TermedDual {
  return {
    value: a.value * b.value,
    terms: a.terms * b.terms,
    slopes: a.slopes.map((slope, k) => slope * b.value + a.value * b.slopes[k]!),
    slopeTerms: a.slopeTerms.map((terms, k) => terms * b.terms + a.terms * b.slopeTerms[k]!),
  }
}

export function quotient(a: TermedDual, b: TermedDual): TermedDual {
  const { value: v } = b
  return product(a, chained(b, [1 / v, -1 / (v * v), 2 / (v * v * v)]))
}

/** a^p, by a number where p depends on nothing. */
export function power(a: TermedDual, p: TermedDual): TermedDual {
  const [u, n] = [a.value, p.value]
  if (p.slopeTerms.every((terms) => terms === 0)) {
    return chained(a, [u ** n, n * u ** (n - 1), n * (n - 1) * u ** (n - 2)])
  }
  const exponent = product(p, chained(a, [Math.log(u), 1 / u, -1 / (u * u)]))
  const whole = Math.exp(exponent.value)
  return chained(exponent, [whole, whole, whole])
}
