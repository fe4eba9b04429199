import { parameterVector, simulateSubject } from '@cartkin/simulation'
import { integrate } from 'ode-ts'
import { describe, expect, it } from 'vitest'
import { compiled } from '../../simulation/fixtures.ts'

// A follows B at once, so the two stages that tell the stiffness are apart by a thousandth of a tolerance at one step and
// not at the next; what cannot be told must not count as easy.
describe.each([1e3, 1e5, 4.8e6])("'auto' on a state that follows another at the rate %d", (k) => {
  it.each([1e-7, 1e-8, 1e-10])('turns to the stiff method, rtol %d', (rtol) => {
    const { outcome, statistics } = integrate(
      {
        t0: 0,
        t1: 5,
        y0: Float64Array.of(1, 1),
        system: {
          dimension: 2,
          derivative: (_t, y, d) => {
            d[0] = -y[0]!
            d[1] = k * (y[0]! - y[1]!)
          },
        },
      },
      'auto',
      { rtol, atol: 1e-6 },
    )
    expect(outcome.status).toBe('finished')
    expect(statistics.steps).toBeLessThan(100)
  })

  it('so do marching kernels', () => {
    const model = compiled(`k = ${k}\nd/dt(B) = -B\nd/dt(A) = k*(B - A)\nA(0) = 1\nB(0) = 1`)
    const run = simulateSubject({
      model,
      parameters: parameterVector(model.model),
      records: [],
      start: 0,
      end: 5,
      options: { rtol: 1e-8, atol: 1e-6 },
    })
    expect(run.outcome.status).toBe('finished')
    expect(run.statistics.steps).toBeLessThan(100)
  })
})
