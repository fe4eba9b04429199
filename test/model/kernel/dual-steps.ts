import type { Model } from '@cartkin/model'
import type { RosenbrockTableau, Tableau } from 'ode-ts'

/** a + b ε₁ + c ε₂ + d ε₁ε₂ with ε₁² = ε₂² = 0: a value, two derivatives and their mixed one. */
interface Dual {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

const real = (a: number): Dual => ({ a, b: 0, c: 0, d: 0 })

/** f(x) from f and its first two derivatives at x.a. */
const chain = (x: Dual, f: number, f1: number, f2: number): Dual => ({
  a: f,
  b: f1 * x.b,
  c: f1 * x.c,
  d: f1 * x.d + f2 * x.b * x.c,
})
const add = (x: Dual, y: Dual): Dual => ({ a: x.a + y.a, b: x.b + y.b, c: x.c + y.c, d: x.d + y.d })
const scaled = (k: number, x: Dual): Dual => ({ a: k * x.a, b: k * x.b, c: k * x.c, d: k * x.d })
const times = (x: Dual, y: Dual): Dual => ({
  a: x.a * y.a,
  b: x.a * y.b + x.b * y.a,
  c: x.a * y.c + x.c * y.a,
  d: x.a * y.d + x.b * y.c + x.c * y.b + x.d * y.a,
})
const exp = (x: Dual) => chain(x, Math.exp(x.a), Math.exp(x.a), Math.exp(x.a))
const log = (x: Dual) => chain(x, Math.log(x.a), 1 / x.a, -1 / (x.a * x.a))
const inverse = (x: Dual) => chain(x, 1 / x.a, -1 / (x.a * x.a), 2 / (x.a * x.a * x.a))

function power(x: Dual, p: Dual): Dual {
  if (p.b !== 0 || p.c !== 0 || p.d !== 0) return exp(times(p, log(x)))
  const n = p.a
  return chain(x, x.a ** n, n * x.a ** (n - 1), n * (n - 1) * x.a ** (n - 2))
}

/** The operations of the graph by their codes; those that no model here has are missing. */
function operate(code: number, x: Dual, y: Dual, z: Dual): Dual {
  switch (code) {
    case 5:
      return add(x, y)
    case 6:
      return add(x, scaled(-1, y))
    case 7:
      return times(x, y)
    case 8:
      return times(x, inverse(y))
    case 9:
      return scaled(-1, x)
    case 10:
      return power(x, y)
    case 11:
      return exp(x)
    case 12:
      return log(x)
    case 13:
      return chain(x, Math.sqrt(x.a), 0.5 / Math.sqrt(x.a), -0.25 / (x.a * Math.sqrt(x.a)))
    case 20:
      return real(x.a < y.a ? 1 : 0)
    case 27:
      return x.a !== 0 ? y : z
    case 32:
      return chain(x, Math.sin(x.a), Math.cos(x.a), -Math.sin(x.a))
    default:
      throw new Error(`no operation ${code} here`)
  }
}

interface DualInput {
  readonly t: Dual
  readonly y: readonly Dual[]
  readonly p: readonly Dual[]
}

/** The right-hand side of a model from its expression graph alone, without the derivatives that the product makes. */
function evaluate(model: Model, { t, y, p }: DualInput, rates: ArrayLike<number>): readonly Dual[] {
  const { size, operations, first, second, third, constants } = model.graph
  const values: Dual[] = []
  for (let node = 0; node < size; node++) {
    const code = operations[node]!
    const leaf = first[node]!
    if (code === 0) values.push(real(constants[leaf]!))
    else if (code === 1) values.push(t)
    else if (code === 2) values.push(y[leaf]!)
    else if (code === 3) values.push(p[leaf]!)
    else values.push(operate(code, values[leaf]!, values[second[node]!] ?? real(0), values[third[node]!] ?? real(0)))
  }
  return model.derivatives.map((root, i) => add(values[root]!, real(rates[i]!)))
}

/** State and its sensitivity to one parameter. */
export interface DualState {
  readonly y: readonly number[]
  readonly s: readonly number[]
}

/** One step in dual numbers, as the definition of the method has it; `parameter` is differentiated by. */
export function dualStep(
  method: Tableau | RosenbrockTableau,
  model: Model,
  parameters: ArrayLike<number>,
  parameter: number,
  rates: ArrayLike<number>,
  t: number,
  h: number,
  { y, s }: DualState,
): DualState {
  const n = y.length
  const moved = Array.from({ length: model.parameters.length }, (_, k) => ({
    ...real(parameters[k]!),
    c: k === parameter ? 1 : 0,
  }))
  const f = (time: Dual, state: readonly number[], tangent: readonly number[], along?: readonly number[]) =>
    evaluate(
      model,
      { t: time, y: state.map((a, i) => ({ a, b: along?.[i] ?? 0, c: tangent[i]!, d: 0 })), p: moved },
      rates,
    )
  const k: number[][] = []
  const dk: number[][] = []
  const combined = (weights: readonly number[], of: readonly (readonly number[])[], i: number) =>
    of.reduce((sum, stage, j) => sum + (weights[j] ?? 0) * stage[i]!, 0)
  const ended = (share: number): DualState => ({
    y: y.map((value, i) => value + share * combined(method.b, k, i)),
    s: s.map((value, i) => value + share * combined(method.b, dk, i)),
  })
  if (method.kind === 'explicit') {
    method.a.forEach((row, stage) => {
      const slope = f(
        real(t + method.c[stage]! * h),
        y.map((value, i) => value + h * combined(row, k, i)),
        s.map((value, i) => value + h * combined(row, dk, i)),
      )
      k.push(slope.map(({ a }) => a))
      dk.push(slope.map(({ c }) => c))
    })
    return ended(h)
  }
  const W = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const column = f(
      real(t),
      y,
      s,
      y.map((_, i) => (i === j ? 1 : 0)),
    )
    for (let i = 0; i < n; i++) W[i * n + j] = (i === j ? 1 / (h * method.gamma) : 0) - column[i]!.b
  }
  const byTime = f({ a: t, b: 1, c: 0, d: 0 }, y, s)
  method.a.forEach((row, stage) => {
    const slope = f(
      real(t + method.alpha[stage]! * h),
      y.map((value, i) => value + combined(row, k, i)),
      s.map((value, i) => value + combined(row, dk, i)),
    )
    const share = h * method.gammaSum[stage]!
    const c = method.C[stage]!
    const increment = solve(
      W,
      slope.map(({ a }, i) => a + combined(c, k, i) / h + share * byTime[i]!.b),
    )
    const bent = f(real(t), y, s, increment)
    const tangent = solve(
      W,
      slope.map(({ c: own }, i) => own + combined(c, dk, i) / h + share * byTime[i]!.d + bent[i]!.d),
    )
    k.push(increment)
    dk.push(tangent)
  })
  return ended(1)
}

/** Solution of a linear system by Gauss with row exchanges. */
function solve(matrix: Float64Array, right: readonly number[]): number[] {
  const n = right.length
  const a = Array.from({ length: n }, (_, i) => [...matrix.subarray(i * n, (i + 1) * n), right[i]!])
  for (let k = 0; k < n; k++) {
    let best = k
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[best]![k]!)) best = i
    ;[a[k], a[best]] = [a[best]!, a[k]!]
    for (let i = k + 1; i < n; i++) {
      const factor = a[i]![k]! / a[k]![k]!
      for (let j = k; j <= n; j++) a[i]![j] = a[i]![j]! - factor * a[k]![j]!
    }
  }
  const x = new Array<number>(n).fill(0)
  for (let i = n - 1; i >= 0; i--) {
    let sum = a[i]![n]!
    for (let j = i + 1; j < n; j++) sum -= a[i]![j]! * x[j]!
    x[i] = sum / a[i]![i]!
  }
  return x
}
