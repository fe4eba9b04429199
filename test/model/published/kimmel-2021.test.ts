import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, goldenRows, peak, publishedModel } from './published-model.ts'

/**
 * Axicabtagene ciloleucel: normal and CAR-T cells compete for room by Gompertz growth. G. J. Kimmel et al., Proc. R. Soc. B
 * 288:20210229, 2021.
 */
const text = `# Axicabtagene ciloleucel in large B-cell lymphoma: competition of T cells for room (Kimmel 2021)
KN     = 500    # [cells/uL] Carrying capacity of normal T cells (found)
KC     = 139    # [cells/uL] Carrying capacity of CAR-T cells (found)
rN     = 0.17   # [1/day] Growth of normal T cells (found)
rhoC   = 0.0251 # [1/day] Least growth of CAR-T cells (found)
a      = 0.423  # [1] Width of the dependence on all T cells (found)
b      = 0.525  # [1/day] Largest gain of growth of CAR-T cells (found)
rB     = 0.01   # [1/day] Growth of tumour (found, 0.01 to 0.5)
gammaB = 1.15   # [1/day] Fastest killing (found)
kB     = 4.05   # [cells/uL] CAR-T cells for half of the fastest killing (found)
N0     = 6      # [cells/uL] Normal T cells at infusion (found)
C0     = 0.36   # [cells/uL] CAR-T cells at infusion (found)
B0     = 94.86  # [mL] Tumour at infusion (found)

T  = N + C # [cells/uL] All T cells
rC = rhoC + b*(T - KN)^2/(a*T^2 + (T - KN)^2) # [1/day] Growth of CAR-T cells

d/dt(N) = -rN*N*log((N + C)/KN)     # [cells/uL] Normal T cells
d/dt(C) = -rC*C*log((N + C)/KC)     # [cells/uL] CAR-T cells
d/dt(B) = rB*B - gammaB*B*C/(kB + C) # [mL] Tumour
N(0) = N0
C(0) = C0
B(0) = B0
`

const model = publishedModel(text, ['[cells/uL] CAR-T cells for half', '[mL] CAR-T cells for half'])

describe('the course', () => {
  const rows = goldenRows('kimmel2021.csv', ['day', 'N', 'C', 'B'])
  const course = courseAt(
    Float64Array.from(rows, ({ day }) => day),
    model,
  )

  it.each(['N', 'C'] as const)('of %s is that of the independent simulation over 180 days', (name) => {
    const values = course(name)
    expect(rows.length).toBeGreaterThan(100)
    for (const [k, row] of rows.entries()) expect(deviation(values[k]!, row[name])).toBeLessThan(1e-5)
  })

  it('of the tumour too, down to the absolute tolerance of the solver', () => {
    const values = course('B')
    for (const [k, { B }] of rows.entries()) expect(Math.abs(values[k]! - B)).toBeLessThanOrEqual(1e-5 * B + 1e-9)
  })

  it('of CAR-T cells peaks on day 7 and has the published order of magnitude later', () => {
    const grid = timeGrid(0, 30, 0.01)
    const { value, at } = peak(grid, courseAt(grid, model)('C'))
    expect(deviation(value, 30.108957538308847)).toBeLessThan(1e-5)
    expect(at).toBeCloseTo(7.01, 8)
    // day, value re-simulated, range of the patients
    for (const [day, derived, low, high] of [
      [7, 30.1, 16.5, 57.5],
      [14, 9.0, 3.8, 31.1],
      [28, 2.5, 0.6, 6.1],
      [90, 0.34, 0.01, 0.4],
    ] as const) {
      const [cells = Number.NaN] = courseAt(Float64Array.of(day), model)('C')
      expect(cells.toPrecision(2)).toBe(derived.toPrecision(2))
      expect(cells).toBeGreaterThan(low)
      expect(cells).toBeLessThan(high)
    }
  })
})

it('is at rest with the normal cells at their capacity and nothing else', () => {
  const grid = timeGrid(0, 100, 10)
  const course = courseAt(grid, model, { given: { N0: 500, C0: 0, B0: 0 } })
  for (const name of ['N', 'C', 'B']) {
    const values = course(name)
    for (const value of values) expect(value).toBeCloseTo(values[0]!, 11)
  }
})
