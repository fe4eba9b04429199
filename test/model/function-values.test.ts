import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { instanceOf } from './compile-text.ts'

type Row = readonly [
  expression: string,
  x: number,
  p: number,
  value: number,
  dx?: number,
  dp?: number,
  dxx?: number,
  dxp?: number,
]

/** By golden/make-functions.py: 60-digit arithmetic, derivatives by differences of 1e-16. */
const rows: readonly Row[] = JSON.parse(readFileSync(new URL('golden/functions.json', import.meta.url), 'utf8'))

/** f, ∂f/∂x, ∂f/∂p, ∂²f/∂x² and ∂²f/∂x∂p of an expression in the state x and the parameter p. */
function computed(expression: string, x: number, p: number): number[] {
  const instance = instanceOf(`p = ${p}\nd/dt(x) = ${expression} + 0*p`)
  const y = Float64Array.of(x)
  const out = () => new Float64Array(1)
  const [value, slope, byParameter, second, mixed] = [out(), out(), out(), out(), out()]
  instance.derivative(0, y, value)
  instance.jacobian?.(0, y, slope)
  const sensitivities = instance.sensitivities([0])
  sensitivities.tangent(0, y, Float64Array.of(0), byParameter)
  sensitivities.linearize(0, y)
  // along p alone, then along x and p together
  sensitivities.jacobianTangent(Float64Array.of(0), Float64Array.of(1), mixed)
  sensitivities.jacobianTangent(Float64Array.of(1), Float64Array.of(1), second)
  return [value, slope, byParameter, second, mixed].map(([number = Number.NaN]) => number)
}

describe('values and derivatives against 60-digit arithmetic', () => {
  const names = [...new Set(rows.map(([expression]) => expression))]
  it.each(names)('%s', (name) => {
    for (const [expression, x, p, ...exact] of rows.filter(([expression]) => expression === name)) {
      const found = computed(expression, x, p)
      const [value = 0, dx, dp, dxx, dxp] = exact
      const scale = Math.max(...exact.map((number) => Math.abs(number ?? 0)))
      expect(Math.abs((found[0] ?? 0) - value), `value at x = ${x}, p = ${p}`).toBeLessThanOrEqual(
        1e-15 + 3e-15 * Math.abs(value),
      )
      for (const [k, number] of [dx, dp].entries()) {
        if (number === undefined) continue
        const error = Math.abs((found[k + 1] ?? 0) - number)
        expect(error, `slope ${k} at x = ${x}, p = ${p}: ${found[k + 1]}`).toBeLessThanOrEqual(1e-13 * scale)
      }
      if (dxx === undefined || dxp === undefined) continue
      const mixed = (found[4] ?? 0) - dxp
      const both = (found[3] ?? 0) - (dxx + dxp)
      expect(Math.abs(mixed), `mixed at x = ${x}, p = ${p}: ${found[4]}`).toBeLessThanOrEqual(3e-13 * scale)
      expect(Math.abs(both), `second at x = ${x}, p = ${p}: ${found[3]}`).toBeLessThanOrEqual(3e-13 * scale)
    }
  })
})
