import { describe, expect, it } from 'vitest'
import { matchError } from '../../benchmarks/match-error.ts'
import type { Contender } from '../../benchmarks/peers/contender.ts'

/** A solver whose one value is wrong by `error(rtol)`. */
function wrongBy(error: (rtol: number) => number): Contender {
  const effort = { steps: 1, rejected: 0, rhsEvaluations: 1 }
  return {
    name: 'fake',
    solve: async (rtol) => ({ values: Float64Array.of(error(rtol)), effort }),
    time: async () => 1,
    close() {},
  }
}
const errorOf = ([value]: Float64Array) => value ?? Number.NaN

describe('matchError', () => {
  it('comes close to the target from below', async () => {
    const match = await matchError(
      wrongBy((rtol) => 30 * rtol),
      1e-6,
      errorOf,
    )
    expect(match?.error).toBeLessThanOrEqual(1e-6)
    expect(match?.error).toBeGreaterThan(0.85e-6)
  })

  it('passes over tolerances at which the solver fails', async () => {
    const match = await matchError(
      wrongBy((rtol) => (rtol > 1e-5 ? Number.NaN : rtol / 100)),
      1e-3,
      errorOf,
    )
    expect(match?.rtol).toBeLessThanOrEqual(1e-5)
    expect(match?.rtol).toBeGreaterThan(0.85e-5)
  })

  it('finds the loosest where errors do not fall with every tolerance', async () => {
    const dip = (rtol: number) => rtol > 1.5e-5 && rtol < 2e-5
    const match = await matchError(
      wrongBy((rtol) => (rtol < 8e-6 || dip(rtol) ? 1e-7 : 1e-5)),
      1e-6,
      errorOf,
    )
    expect(match?.rtol).toSatisfy(dip)
  })

  it('finds nothing where the target is out of reach', async () => {
    const floor = wrongBy((rtol) => Math.max(rtol, 1e-5))
    expect(await matchError(floor, 1e-6, errorOf)).toBeNull()
  })
})
