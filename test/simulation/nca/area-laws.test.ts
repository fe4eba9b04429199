import { exp } from '@cartkin/numerics'
import { type AreaMethod, type Concentration, type NcaName, type NcaOptions, nca } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const methods: readonly AreaMethod[] = ['linear', 'linear-log', 'linear-up log-down']
const oral = { amount: 100, route: 'extravascular' } as const

/** Courses with times 0 … and values over five orders of magnitude, some of them 0. */
const courses = fc
  .array(
    fc.record({
      gap: fc.double({ min: 0.1, max: 20, noNaN: true }),
      size: fc.integer({ min: -500, max: 500 }).map((size) => size / 100),
      zero: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 4, maxLength: 20 },
  )
  .map((steps) => {
    let time = 0
    return steps.map(({ gap, size, zero }): Concentration => {
      time += gap
      return { time, value: zero === 0 ? 0 : exp(size) }
    })
  })
const anyMethod = fc.constantFrom(...methods)
const close = (a: number, b: number, tolerance = 1e-9) =>
  (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))

describe('areas', () => {
  it('of parts add up to that of the whole', () => {
    fc.assert(
      fc.property(courses, anyMethod, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (series, method, part) => {
        const end = series.at(-1)?.time ?? 0
        const split = part * end
        const { partial } = nca(series, oral, {
          method,
          partial: [
            [0, split],
            [split, end],
            [0, end],
          ],
        })
        const [a, b, whole] = partial.map(({ value }) => value)
        if (whole === undefined || Number.isNaN(whole)) return
        expect(close((a ?? 0) + (b ?? 0), whole)).toBe(true)
      }),
    )
  })

  it('add up beyond the last value, and go to AUCinf', () => {
    const series = [1, 2, 4, 8, 12].map((time) => ({ time, value: 10 * exp(-0.2 * time) }))
    const { partial, figures } = nca(series, oral, {
      partial: [
        [0, 20],
        [20, 400],
        [0, 400],
      ],
    })
    const [a = 0, b = 0, whole = 0] = partial.map(({ value }) => value)
    expect(a + b).toBeCloseTo(whole, 10)
    expect(whole).toBeCloseTo(figures.AUCinf_obs.value, 10)
    expect(partial[0]?.note).toBe('extrapolated after 12')
  })

  it('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(
        courses.chain((series) =>
          fc.tuple(fc.constant(series), fc.shuffledSubarray([...series], { minLength: series.length })),
        ),
        anyMethod,
        ([series, shuffled], method) => {
          expect(nca(shuffled, oral, { method })).toEqual({
            ...nca(series, oral, { method }),
            terminal: expect.anything(),
          })
        },
      ),
    )
  })

  it.each<[NcaName, number, number, number]>([
    // name, powers of concentration, time and dose
    ['Cmax', 1, 0, 0],
    ['Cmax_D', 1, 0, -1],
    ['Tmax', 0, 1, 0],
    ['lambda_z', 0, -1, 0],
    ['half_life', 0, 1, 0],
    ['lambda_z_points', 0, 0, 0],
    ['R2_adjusted', 0, 0, 0],
    ['AUClast', 1, 1, 0],
    ['AUCall', 1, 1, 0],
    ['AUCinf_obs', 1, 1, 0],
    ['AUCinf_D_pred', 1, 1, -1],
    ['AUC_extrapolated_obs', 0, 0, 0],
    ['AUMClast', 1, 2, 0],
    ['AUMCinf_pred', 1, 2, 0],
    ['MRTlast', 0, 1, 0],
    ['MRTinf_obs', 0, 1, 0],
    ['CL_obs', -1, -1, 1],
    ['Vz_pred', -1, 0, 1],
  ])('%s scales with the units', (name, concentration, time, dose) => {
    fc.assert(
      fc.property(courses, anyMethod, (series, method) => {
        const scaled = series.map((row) => ({ time: 24 * row.time, value: 1000 * row.value }))
        const value = nca(series, oral, { method }).figures[name].value
        const other = nca(scaled, { ...oral, amount: 700 }, { method }).figures[name].value
        expect(close(other, value * 1000 ** concentration * 24 ** time * 7 ** dose, 1e-7)).toBe(true)
      }),
    )
  })

  it('log-down is exact on an exponential, whatever the times', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: 0.1, max: 50, noNaN: true }), { minLength: 5, maxLength: 15 }),
        fc.double({ min: 1e-6, max: 2, noNaN: true }),
        (times, rate) => {
          const value = (time: number) => 100 * exp(-rate * time)
          const { figures } = nca(
            [0, ...times].map((time) => ({ time, value: value(time) })),
            { amount: 100, route: 'bolus' },
          )
          const end = Math.max(...times)
          const left = exp(-rate * end)
          const area = (100 / rate) * (1 - left)
          // 1 - (1 + x) exp(-x) by its series where it cancels
          const x = rate * end
          const rest = x < 0.01 ? x * x * (1 / 2 - x / 3 + (x * x) / 8) : 1 - (1 + x) * left
          expect(close(figures.AUClast.value, area, 1e-8)).toBe(true)
          expect(close(figures.AUMClast.value, (100 / (rate * rate)) * rest, 1e-6)).toBe(true)
        },
      ),
    )
  })

  it('linear is exact on straight lines', () => {
    const series = [0, 1, 5, 7].map((time) => ({ time, value: 3 + 2 * time }))
    const { figures, partial } = nca(series, oral, { method: 'linear', partial: [[0.5, 6]] })
    expect(figures.AUClast.value).toBeCloseTo(3 * 7 + 49, 12)
    expect(partial[0]?.value).toBeCloseTo(3 * 5.5 + 36 - 0.25, 12)
  })

  it('linear-log is straight to the peak and exponential after it, up or down', () => {
    const values = [1, 4, 2, 3]
    const series = values.map((value, time) => ({ time, value }))
    const exponential = (a: number, b: number) => (a - b) / Math.log(a / b)
    const area = (method: AreaMethod) => nca(series, oral, { method }).figures.AUClast.value
    expect(area('linear')).toBeCloseTo(2.5 + 3 + 2.5, 12)
    expect(area('linear-log')).toBeCloseTo(2.5 + exponential(4, 2) + exponential(2, 3), 12)
    expect(area('linear-up log-down')).toBeCloseTo(2.5 + exponential(4, 2) + 2.5, 12)
  })

  it('linear-log keeps its digits where a value rises by many orders after the peak', () => {
    const series = [4, 1e-12, 3].map((value, time) => ({ time, value }))
    const { figures } = nca(series, oral, { method: 'linear-log' })
    const wanted = (4 - 1e-12) / Math.log(4e12) + (3 - 1e-12) / Math.log(3e12)
    expect(Math.abs(figures.AUClast.value / wanted - 1)).toBeLessThan(1e-14)
  })

  it('of neighbours that are nearly equal keep their digits', () => {
    const series: Concentration[] = [0, 1, 2, 3].map((time) => ({ time, value: 1 - time * 1e-12 }))
    const options: NcaOptions = { method: 'linear-up log-down' }
    const { figures } = nca(series, { amount: 1, route: 'bolus' }, options)
    expect(figures.AUClast.value).toBeCloseTo(3 - 4.5e-12, 14)
    expect(figures.AUMClast.value).toBeCloseTo(4.5 - 9e-12, 14)
  })
})
