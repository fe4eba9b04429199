import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instanceOf } from './compile-text.ts'
import { derivativeOf, type RandomExpression, randomExpression } from './random-expression.ts'

const names = ['x', 'y', 'p', 'q'] as const
// the offsets keep generated points, which like to be equal, off the kinks of max, abs and ifelse
const values = fc
  .array(fc.double({ min: 0.2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((list) => list.map((value, i) => value + 0.0137 * (i + 1) * (i + 1)))

function system(f: RandomExpression, g: RandomExpression, [, , p = 1, q = 1]: readonly number[]) {
  const instance = instanceOf(`p = ${p}\nq = ${q}\nd/dt(x) = ${f.text}\nd/dt(y) = ${g.text}\nout = ${g.text}`)
  return { instance, sensitivities: instance.sensitivities([0, 1]) }
}

/** A kink within reach of a step makes differences meaningless. */
function isSmooth(f: RandomExpression, at: readonly number[], h: number): boolean {
  return names.every((_, i) => {
    const here = derivativeOf(f, at, i)
    return names.every((_, j) => {
      const there = derivativeOf(
        f,
        at.map((v, k) => (k === j ? v + 2 * h : v)),
        i,
      )
      const back = derivativeOf(
        f,
        at.map((v, k) => (k === j ? v - 2 * h : v)),
        i,
      )
      return Math.abs(there - here) + Math.abs(back - here) < 2e3 * h * (1 + Math.abs(here))
    })
  })
}

describe('second derivatives against differences of the first', () => {
  it('contracts ∂J/∂y and ∂J/∂p on random expressions', () => {
    const h = 1e-5
    const directions = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(randomExpression(names), randomExpression(names), values, directions, (f, g, at, d) => {
        fc.pre(isSmooth(f, at, h) && isSmooth(g, at, h))
        const { instance, sensitivities } = system(f, g, at)
        const s = Float64Array.from(d.slice(0, 4))
        const k = Float64Array.from(d.slice(4))
        const y = Float64Array.from(at.slice(0, 2))
        const exact = new Float64Array(4)
        sensitivities.linearize(0, y)
        sensitivities.jacobianTangent(s, k, exact)
        for (let j = 0; j < 2; j++) {
          const times = (sign: number) => {
            const moved = Float64Array.of(
              (at[2] ?? 0) + (j === 0 ? sign * h : 0),
              (at[3] ?? 0) + (j === 1 ? sign * h : 0),
            )
            instance.setParameters(moved)
            const jacobian = new Float64Array(4)
            instance.jacobian?.(
              0,
              y.map((v, i) => v + sign * h * (s[2 * j + i] ?? 0)),
              jacobian,
            )
            return [0, 1].map((i) => (jacobian[2 * i] ?? 0) * (k[0] ?? 0) + (jacobian[2 * i + 1] ?? 0) * (k[1] ?? 0))
          }
          const up = times(1)
          const down = times(-1)
          for (let i = 0; i < 2; i++) {
            const difference = ((up[i] ?? 0) - (down[i] ?? 0)) / (2 * h)
            const scale = 1 + Math.abs(difference) + Math.abs(up[i] ?? 0)
            expect(Math.abs((exact[2 * j + i] ?? 0) - difference)).toBeLessThan(2e-4 * scale)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is exact on a polynomial: f = p x² y, g = p² x + q y³', () => {
    const instance = instanceOf('p = 2\nq = 3\nd/dt(x) = p*x^2*y\nd/dt(y) = p^2*x + q*y^3')
    const sensitivities = instance.sensitivities([0, 1])
    const out = new Float64Array(4)
    sensitivities.linearize(0, Float64Array.of(5, 7))
    // J = [2pxy, px²; p², 3qy²]
    sensitivities.jacobianTangent(Float64Array.of(1, 10, 0, 0), Float64Array.of(1, 1), out)
    // parameter p: dJ = [2xy + 2py·1 + 2px·10, x² + 2px·1; 2p, 6qy·10]
    expect([...out]).toEqual([70 + 28 + 200 + 25 + 20, 4 + 1260, 0, 147])
  })
})

describe('∂f/∂t and its derivatives', () => {
  it('differentiates forcing in time', () => {
    const instance = instanceOf('a = 2\nw = 3\nd/dt(x) = a*x*t^2 + w*t')
    const sensitivities = instance.sensitivities([0, 1])
    const y = Float64Array.of(5)
    const out = new Float64Array(2)
    instance.timeDerivative?.(4, y, out)
    expect(out[0]).toBe(2 * 2 * 5 * 4 + 3)
    sensitivities.linearize(4, y)
    sensitivities.timeTangent(Float64Array.of(1, 0), out)
    expect([...out]).toEqual([2 * 5 * 4 + 2 * 2 * 4, 1])
  })
})

describe('derivatives where a formula alone would give NaN', () => {
  const jacobianOf = (text: string, y: number) => {
    const out = new Float64Array(1)
    instanceOf(`p = 2.5\nn = 0.5\nd/dt(x) = ${text}`).jacobian?.(0, Float64Array.of(y), out)
    return out[0]
  }
  it.each([
    ['max(x, 0)^n', -1, 0],
    ['max(x, 0)^n', 4, 0.25],
    ['sqrt(max(x, 0))', -1, 0],
    ['log(max(x, 0))*0 + 1', 1, 0],
    ['max(x, 0)^n/(1 + max(x, 0)^n)', -1, 0],
    ['x^p', 0, 0],
    ['ifelse(x > 0, log(x), x)', -1, 1],
    ['abs(x)', 0, 1],
    ['abs(x)', -2, -1],
    ['min(x, 1)', 1, 1],
    ['max(x, 1)', 1, 1],
    ['min(x, 1)', 2, 0],
    ['floor(x)', 1.5, 0],
    ['x*(x > 1)', 2, 1],
    ['expit(x)', -800, 0],
    ['tanh(x)', 800, 0],
  ])('d/dx %s at %d is %d', (text, y, expected) => {
    expect(jacobianOf(text, y)).toBe(expected)
  })

  it('∂(x^p)/∂p is 0 at x = 0', () => {
    const instance = instanceOf('p = 2.5\nd/dt(x) = x^p')
    const out = new Float64Array(1)
    instance.sensitivities([0]).tangent(0, Float64Array.of(0), Float64Array.of(0), out)
    expect(out[0]).toBe(0)
  })
})
