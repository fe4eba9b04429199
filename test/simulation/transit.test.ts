import { exp, lgamma, log } from '@cartkin/numerics'
import { type EventRecord, parameterVector, quantities, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

type Run = ReturnType<typeof simulateSubject>

const run = (model: ReturnType<typeof compiled>, records: readonly EventRecord[], end = 10): Run =>
  simulateSubject({
    model,
    parameters: parameterVector(model.model),
    records,
    start: 0,
    end,
    options: { rtol: 1e-10, atol: 1e-14 },
  })

/** Values of a quantity at times. */
function read(model: ReturnType<typeof compiled>, course: Run, name: string, times: readonly number[]) {
  const index = quantities(model.model).findIndex((quantity) => quantity.name === name)
  return times.map((t) => course.value(index, t))
}

const dose = (time: number, amt: number, more: Partial<EventRecord> = {}): EventRecord => ({
  time,
  evid: 1,
  cmt: 'depot',
  amt,
  ...more,
})

const chain = compiled(`
n = 3.7
mtt = 1.4
bio = 0.9
ka = 1.1
ke = 0.3
d/dt(depot) = transit(n, mtt, bio) - ka*depot
d/dt(central) = ka*depot - ke*central
f(depot) = 0
total = depot + central
`)

/** ∫ of the input of one dose from 0 to t against exp(−ka·(t − s)), by Simpson's rule. */
function depotBy(t: number, amount: number, n = 3.7, mtt = 1.4, ka = 1.1, from = 0): number {
  const ktr = (n + 1) / mtt
  const rate = (s: number) => (s <= 0 ? 0 : amount * ktr * exp(n * log(ktr * s) - ktr * s - lgamma(n + 1)))
  const steps = 20_000
  let sum = 0
  for (let k = 0; k <= steps; k++) {
    const s = from + ((t - from) * k) / steps
    const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2
    sum += weight * rate(s) * exp(-ka * (t - s))
  }
  return (sum * (t - from)) / (3 * steps)
}

describe('transit()', () => {
  it('is the density of a gamma distribution, times the amount', () => {
    const times = [0.3, 1, 2, 4, 9]
    const found = read(chain, run(chain, [dose(0, 50)]), 'depot', times)
    times.forEach((t, k) => {
      expect(Math.abs(found[k]! / depotBy(t, 45) - 1)).toBeLessThan(1e-6)
    })
  })

  it('begins anew with every dose', () => {
    const course = run(chain, [dose(0, 50, { ii: 6, addl: 1 })], 12)
    const left = depotBy(6, 45)
    for (const t of [6.5, 7.5, 11]) {
      const expected = left * exp(-1.1 * (t - 6)) + depotBy(t - 6, 45)
      expect(Math.abs(read(chain, course, 'depot', [t])[0]! / expected - 1)).toBeLessThan(1e-6)
    }
  })

  it('is proportional to the amount, and knows the doses into its own state', () => {
    const one = read(chain, run(chain, [dose(0, 1)]), 'total', [1, 3, 8])
    const many = read(chain, run(chain, [dose(0, 1000)]), 'total', [1, 3, 8])
    one.forEach((value, k) => {
      expect(many[k]! / value).toBeCloseTo(1000, 5)
    })
    expect(read(chain, run(chain, [dose(0, 7, { cmt: 'central' })]), 'depot', [1, 5])).toEqual([0, 0])
  })

  it('brings in the whole amount', () => {
    const closed = compiled('n = 2\nmtt = 0.5\nd/dt(depot) = transit(n, mtt)\nf(depot) = 0\n')
    expect(read(closed, run(closed, [dose(0, 30)], 30), 'depot', [30])[0]).toBeCloseTo(30, 6)
  })
})
