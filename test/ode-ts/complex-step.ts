import type { RosenbrockTableau, Tableau } from 'ode-ts'

/** A complex number; the imaginary part of a result is a derivative when the imaginary part of one input is tiny. */
export interface Complex {
  readonly re: number
  readonly im: number
}

export const real = (re: number): Complex => ({ re, im: 0 })
export const add = (...terms: readonly Complex[]): Complex => ({
  re: terms.reduce((sum, term) => sum + term.re, 0),
  im: terms.reduce((sum, term) => sum + term.im, 0),
})
export const times = (...factors: readonly Complex[]): Complex =>
  factors.reduce((a, b) => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }), real(1))
const over = (a: Complex, b: Complex): Complex => {
  const size = b.re * b.re + b.im * b.im
  return times(a, { re: b.re / size, im: -b.im / size })
}
const scaled = (factor: number, a: Complex): Complex => ({ re: factor * a.re, im: factor * a.im })

/** Two equations in complex arithmetic. */
export interface ComplexSystem {
  readonly derivative: (t: number, y: readonly Complex[]) => readonly Complex[]
  readonly jacobian: (t: number, y: readonly Complex[]) => readonly Complex[]
  readonly timeDerivative: (t: number, y: readonly Complex[]) => readonly Complex[]
}

/** One step of length h, and its continuous extension, written straight from the definition of the methods. */
export function complexStep(
  method: Tableau | RosenbrockTableau,
  system: ComplexSystem,
  t: number,
  h: number,
  y: readonly Complex[],
): { readonly end: readonly Complex[]; readonly at: (theta: number) => readonly Complex[] } {
  const k: (readonly Complex[])[] = []
  const combined = (weights: readonly number[], i: number) =>
    add(...k.map((stage, j) => scaled(weights[j] ?? 0, stage[i]!)))
  if (method.kind === 'explicit') {
    const stages = [...method.a.map((a, i) => ({ a, c: method.c[i]! })), ...(method.denseStages ?? [])]
    for (const { a, c } of stages) {
      const u = y.map((value, i) => add(value, scaled(h, combined(a, i))))
      k.push(system.derivative(t + c * h, u))
    }
    const at = (theta: number) => {
      const weights = method.dense.map((row) =>
        row.reduceRight((value, coefficient) => (value + coefficient) * theta, 0),
      )
      return y.map((value, i) => add(value, scaled(h, combined(weights, i))))
    }
    return { end: y.map((value, i) => add(value, scaled(h, combined(method.b, i)))), at }
  }
  const J = system.jacobian(t, y)
  const W = J.map((value, i) => add(scaled(-1, value), real(i === 0 || i === 3 ? 1 / (h * method.gamma) : 0)))
  const determinant = add(times(W[0]!, W[3]!), scaled(-1, times(W[1]!, W[2]!)))
  const ft = system.timeDerivative(t, y)
  method.a.forEach((row, stage) => {
    const u = y.map((value, i) => add(value, combined(row, i)))
    const f = system.derivative(t + method.alpha[stage]! * h, u)
    const F = f.map((value, i) =>
      add(value, scaled(1 / h, combined(method.C[stage]!, i)), scaled(h * method.gammaSum[stage]!, ft[i]!)),
    )
    k.push([
      over(add(times(W[3]!, F[0]!), scaled(-1, times(W[1]!, F[1]!))), determinant),
      over(add(times(W[0]!, F[1]!), scaled(-1, times(W[2]!, F[0]!))), determinant),
    ])
  })
  const end = y.map((value, i) => add(value, combined(method.b, i)))
  const at = (theta: number) =>
    y.map((value, i) => {
      const bend = method.dense.reduceRight((sum, row) => add(combined(row, i), scaled(theta, sum)), real(0))
      return add(scaled(1 - theta, value), scaled(theta, add(end[i]!, scaled(1 - theta, bend))))
    })
  return { end, at }
}
