import { atan, cos, digamma, exp, lgamma, log, normalCdf, sin } from '@cartkin/numerics'

/** A number with its exact gradient, for test problems written as formulas: an oracle independent of the model language. */
export interface Dual {
  readonly value: number
  readonly gradient: Float64Array
}

export type Operand = Dual | number

export function variables(x: ArrayLike<number>): readonly Dual[] {
  return Array.from(x, (value, j) => {
    const gradient = new Float64Array(x.length)
    gradient[j] = 1
    return { value, gradient }
  })
}

export const add = (a: Operand, b: Operand): Dual => combine(a, b, value(a) + value(b), 1, 1)
export const sub = (a: Operand, b: Operand): Dual => combine(a, b, value(a) - value(b), 1, -1)
export const mul = (a: Operand, b: Operand): Dual => combine(a, b, value(a) * value(b), value(b), value(a))
export const div = (a: Operand, b: Operand): Dual => {
  const quotient = value(a) / value(b)
  return combine(a, b, quotient, 1 / value(b), -quotient / value(b))
}
export const dexp = (a: Dual): Dual => chain(a, exp(a.value), exp(a.value))
export const dsqrt = (a: Dual): Dual => chain(a, Math.sqrt(a.value), 0.5 / Math.sqrt(a.value))
export const dlog = (a: Dual): Dual => chain(a, log(a.value), 1 / a.value)
export const dsin = (a: Dual): Dual => chain(a, sin(a.value), cos(a.value))
export const dcos = (a: Dual): Dual => chain(a, cos(a.value), -sin(a.value))
export const datan = (a: Dual): Dual => chain(a, atan(a.value), 1 / (1 + a.value * a.value))
export const dlgamma = (a: Dual): Dual => chain(a, lgamma(a.value), digamma(a.value))
export const dnormalCdf = (a: Dual): Dual =>
  chain(a, normalCdf(a.value), exp(-0.5 * a.value * a.value) / Math.sqrt(2 * Math.PI))
export const sum = (...terms: readonly Operand[]): Dual => terms.reduce<Dual>((s, t) => add(s, t), add(0, 0))

const value = (a: Operand): number => (typeof a === 'number' ? a : a.value)

function chain(a: Dual, result: number, slope: number): Dual {
  return { value: result, gradient: a.gradient.map((g) => g * slope) }
}

function combine(a: Operand, b: Operand, result: number, da: number, db: number): Dual {
  const n = Math.max(typeof a === 'number' ? 0 : a.gradient.length, typeof b === 'number' ? 0 : b.gradient.length)
  const gradient = new Float64Array(n)
  if (typeof a !== 'number')
    a.gradient.forEach((g, j) => {
      gradient[j] = gradient[j]! + da * g
    })
  if (typeof b !== 'number')
    b.gradient.forEach((g, j) => {
      gradient[j] = gradient[j]! + db * g
    })
  return { value: result, gradient }
}
