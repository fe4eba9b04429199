import fc from 'fast-check'

/** A complex number; the imaginary part carries a derivative (complex step). */
export interface Complex {
  readonly re: number
  readonly im: number
}

/** An expression as text and as a function, each written on its own. */
export interface RandomExpression {
  readonly text: string
  readonly at: (x: readonly Complex[]) => Complex
}

const real = (re: number): Complex => ({ re, im: 0 })
const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im })
const subtract = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im })
const multiply = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re })
// the imaginary part is a derivative times 1e-100, so its square is nothing
const along = (a: Complex, value: number, slope: number): Complex => ({ re: value, im: slope * a.im })
const divide = (a: Complex, b: Complex): Complex => ({
  re: a.re / b.re,
  im: a.im / b.re - ((a.re / b.re) * b.im) / b.re,
})

type Node = RandomExpression
const binary = (a: Node, b: Node, text: string, f: (a: Complex, b: Complex) => Complex): Node => ({
  text,
  at: (x) => f(a.at(x), b.at(x)),
})

/** Functions that are smooth and tame everywhere, so that differences are a fair judge. */
const unaries: readonly ((a: Node) => Node)[] = [
  (a) => ({
    text: `exp(-(${a.text})^2/(1 + (${a.text})**2))`,
    at: (x) => {
      const u = a.at(x)
      const q = 1 + u.re * u.re
      const value = Math.exp((-u.re * u.re) / q)
      return along(u, value, (value * -2 * u.re) / (q * q))
    },
  }),
  (a) => ({
    text: `log(2 + sin(${a.text}))`,
    at: (x) => {
      const u = a.at(x)
      return along(u, Math.log(2 + Math.sin(u.re)), Math.cos(u.re) / (2 + Math.sin(u.re)))
    },
  }),
  (a) => ({
    text: `sqrt(1 + (${a.text})^2)`,
    at: (x) => {
      const u = a.at(x)
      const root = Math.sqrt(1 + u.re * u.re)
      return along(u, root, u.re / root)
    },
  }),
  (a) => ({
    text: `tanh(${a.text})`,
    at: (x) => along(a.at(x), Math.tanh(a.at(x).re), 1 / Math.cosh(a.at(x).re) ** 2),
  }),
  (a) => ({ text: `cos(${a.text})`, at: (x) => along(a.at(x), Math.cos(a.at(x).re), -Math.sin(a.at(x).re)) }),
  (a) => ({ text: `-(${a.text})`, at: (x) => subtract(real(0), a.at(x)) }),
  (a) => ({
    text: `(1.5 + cos(${a.text}))^1.7`,
    at: (x) => {
      const u = a.at(x)
      const base = 1.5 + Math.cos(u.re)
      return along(u, base ** 1.7, -1.7 * base ** 0.7 * Math.sin(u.re))
    },
  }),
  (a) => ({
    text: `expit(${a.text})`,
    at: (x) => {
      const u = a.at(x)
      const p = 1 / (1 + Math.exp(-u.re))
      return along(u, p, p * (1 - p))
    },
  }),
]

const binaries: readonly ((a: Node, b: Node) => Node)[] = [
  (a, b) => binary(a, b, `(${a.text} + ${b.text})`, add),
  (a, b) => binary(a, b, `(${a.text} - ${b.text})`, subtract),
  (a, b) => binary(a, b, `${wrap(a)}*${wrap(b)}`, multiply),
  (a, b) =>
    binary(a, b, `${wrap(a)}/(2 + sin(${b.text}))`, (u, v) => divide(u, along(v, 2 + Math.sin(v.re), Math.cos(v.re)))),
  (a, b) =>
    binary(a, b, `(2 + cos(${a.text}))^sin(${b.text})`, (u, v) => {
      const base = 2 + Math.cos(u.re)
      const p = Math.sin(v.re)
      const value = base ** p
      return { re: value, im: value * ((p / base) * -Math.sin(u.re) * u.im + Math.log(base) * Math.cos(v.re) * v.im) }
    }),
  (a, b) => binary(a, b, `max(${a.text}, ${b.text})`, (u, v) => (u.re >= v.re ? u : v)),
  (a, b) =>
    binary(a, b, `ifelse(${a.text} > ${b.text}, ${wrap(a)}*2, ${b.text})`, (u, v) => (u.re > v.re ? add(u, u) : v)),
  (a, b) => binary(a, b, `abs(${a.text} - ${b.text})`, (u, v) => (u.re < v.re ? subtract(v, u) : subtract(u, v))),
]

function wrap({ text }: Node): string {
  return `(${text})`
}

/** Expressions over the given names, up to four operations deep. */
export function randomExpression(names: readonly string[]): fc.Arbitrary<RandomExpression> {
  const leaf: fc.Arbitrary<Node> = fc.oneof(
    {
      arbitrary: fc.nat(names.length - 1).map((i): Node => ({ text: names[i] ?? '0', at: (x) => x[i] ?? real(0) })),
      weight: 4,
    },
    {
      arbitrary: fc.double({ min: 0.25, max: 3, noNaN: true }).map((c): Node => ({ text: `${c}`, at: () => real(c) })),
      weight: 1,
    },
  )
  const level = (below: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
    fc.oneof(
      below,
      fc.tuple(fc.constantFrom(...unaries), below).map(([f, a]) => f(a)),
      fc.tuple(fc.constantFrom(...binaries), below, below).map(([f, a, b]) => f(a, b)),
      fc.tuple(fc.constantFrom(...binaries), below, below).map(([f, a, b]) => f(a, b)),
    )
  return level(level(level(leaf)))
}

/** ∂f/∂x_i by the complex step: exact but for rounding. */
export function derivativeOf(f: RandomExpression, x: readonly number[], i: number): number {
  const tiny = 1e-100
  return f.at(x.map((re, k) => ({ re, im: k === i ? tiny : 0 }))).im / tiny
}

export function realValueOf(f: RandomExpression, x: readonly number[]): number {
  return f.at(x.map(real)).re
}
