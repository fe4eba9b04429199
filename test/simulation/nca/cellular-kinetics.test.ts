import { exp, log, randomStream } from '@cartkin/numerics'
import {
  type CellularKinetics,
  type Concentration,
  cellularKinetics,
  type KineticsName,
  startsFromKinetics,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

/** The closed form of Stein 2019 with its typical values, unless others are given. */
const typical = { foldx: 3900, Tmax: 9.3, Cmax: 24000, alpha: 0.16, FB: 0.0079, beta: 0.0032 }
type Stein = typeof typical
const stein =
  ({ foldx, Tmax, Cmax, alpha, FB, beta }: Stein) =>
  (t: number) =>
    t < Tmax
      ? (Cmax / foldx) * exp((log(foldx) / Tmax) * t)
      : Cmax * ((1 - FB) * exp(-alpha * (t - Tmax)) + FB * exp(-beta * (t - Tmax)))
const visits = [1, 3, 7, 10, 14, 21, 28, 60, 90, 180, 365]
const daily = Array.from({ length: 366 }, (_, day) => day)
const at = (value: (t: number) => number, times: readonly number[]): Concentration[] =>
  times.map((time) => ({ time, value: value(time) }))
const values = ({ figures }: CellularKinetics) =>
  Object.fromEntries(Object.values(figures).map(({ name, value }) => [name, value])) as Record<KineticsName, number>

describe('the closed form of Stein 2019', () => {
  it.each<[string, readonly number[], Partial<Stein>]>([
    ['daily for a year', daily, {}],
    ['at the visits of a trial', visits, {}],
    ['with a sample at the peak', [...visits, 9.3], {}],
    [
      'with the peak between samples, the last before it the highest',
      [0, 1, 3, 5, 7, 9, 14, 21, 28, 60, 90, 180, 365],
      {},
    ],
    ['of a late and slow patient', daily, { Tmax: 25.4, alpha: 0.05, FB: 0.1, beta: 0.004, foldx: 80 }],
    ['whose cells persist at a level', daily, { beta: 0, FB: 0.05 }],
  ])('%s: rates are the known ones', (_, times, own) => {
    const truth = { ...typical, ...own }
    const kinetics = cellularKinetics(at(stein(truth), times))
    const { rho, alpha, beta, doubling_time, half_life_alpha } = values(kinetics)
    const wanted = log(truth.foldx) / truth.Tmax
    expect(rho).toBeCloseTo(wanted, 8)
    expect(doubling_time).toBeCloseTo(Math.LN2 / wanted, 8)
    expect(alpha).toBeCloseTo(truth.alpha, 8)
    expect(half_life_alpha).toBeCloseTo(Math.LN2 / truth.alpha, 5)
    expect(beta).toBeCloseTo(truth.beta, 8)
    const starts = startsFromKinetics(kinetics)
    expect(starts?.Tmax).toBeCloseTo(truth.Tmax, 6)
    expect((starts?.Cmax ?? 0) / truth.Cmax).toBeCloseTo(1, 6)
    expect((starts?.foldx ?? 0) / truth.foldx).toBeCloseTo(1, 6)
    expect((starts?.FB ?? 0) / truth.FB).toBeCloseTo(1, 6)
    if (truth.beta > 0) expect(starts?.beta).toBeCloseTo(truth.beta, 8)
  })

  it('AUC0-28 is its integral', () => {
    const { Tmax, Cmax, alpha, FB, beta, foldx } = typical
    const rho = log(foldx) / Tmax
    const rest = 28 - Tmax
    const integral =
      (Cmax * (1 - 1 / foldx)) / rho +
      Cmax * (((1 - FB) * (1 - exp(-alpha * rest))) / alpha + (FB * (1 - exp(-beta * rest))) / beta)
    const fine = Array.from({ length: 2801 }, (_, k) => k / 100)
    expect(values(cellularKinetics(at(stein(typical), fine))).AUC0_28 / integral).toBeCloseTo(1, 4)
  })

  it('alpha is known from the first month alone, beta is not, and it says why', () => {
    const { figures } = cellularKinetics(at(stein(typical), daily.slice(0, 29)))
    expect(figures.alpha.value).toBeCloseTo(0.16, 6)
    expect(figures.beta).toMatchObject({
      value: Number.NaN,
      note: 'the quantifiable values after the peak show no second phase',
    })
  })

  it('in hours is the same as in days', () => {
    const days = at(stein(typical), visits)
    const inDays = values(cellularKinetics(days))
    const hours = days.map((row) => ({ ...row, time: 24 * row.time }))
    const inHours = values(cellularKinetics(hours, { unitsPerDay: 24, units: { time: 'h' } }))
    expect(inHours.AUC0_28 / inDays.AUC0_28).toBeCloseTo(24, 9)
    for (const name of ['rho', 'alpha', 'beta'] as const) expect(inHours[name] * 24).toBeCloseTo(inDays[name], 9)
    for (const name of ['Tmax', 'Tlast', 'doubling_time', 'persistence'] as const)
      expect(inHours[name] / 24).toBeCloseTo(inDays[name], 9)
    expect(inHours.Cmax).toBe(inDays.Cmax)
  })

  it('does not depend on the order of rows', () => {
    const rows = at(stein(typical), visits)
    expect(values(cellularKinetics(rows.toReversed()))).toEqual(values(cellularKinetics(rows)))
  })

  it('points of each phase are those where it rules', () => {
    const { expansion, decline } = cellularKinetics(at(stein(typical), visits))
    expect(expansion.found && expansion.line.points.map(({ time }) => time)).toEqual([1, 3, 7])
    expect(decline?.fast.points.map(({ time }) => time)).toEqual([10, 14, 21, 28])
    expect(decline?.slow?.points.map(({ time }) => time)).toEqual([60, 90, 180, 365])
  })

  it('with an error of 10 % on every value the rates stay near', () => {
    const ratios = { rho: [] as number[], alpha: [] as number[], beta: [] as number[] }
    for (let subject = 0; subject < 60; subject++) {
      const random = randomStream({ seed: 8, study: 0, subject, occasion: 0 })
      const noisy = at(stein(typical), visits).map(({ time, value }, draw) => ({
        time,
        value: value * exp(0.1 * random.normal(draw)),
      }))
      const found = values(cellularKinetics(noisy))
      ratios.rho.push(found.rho / 0.8891109)
      ratios.alpha.push(found.alpha / typical.alpha)
      ratios.beta.push(found.beta / typical.beta)
    }
    for (const list of Object.values(ratios)) {
      const sorted = list.filter((ratio) => !Number.isNaN(ratio)).toSorted((a, b) => a - b)
      expect(sorted.length).toBeGreaterThan(55)
      expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThan(0.95)
      expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(1.05)
    }
  })
})

describe('expansion', () => {
  it('begins where it leaves the level before it', () => {
    const [lag, rate] = [3.27, Math.LN2 / 0.755]
    const C = (t: number) => (t < lag ? 40 : t < 9.29 ? 40 * exp(rate * (t - lag)) : 10000 * exp(-0.14 * (t - 9.29)))
    for (const times of [daily.slice(0, 60), Array.from({ length: 601 }, (_, k) => k / 10)]) {
      const { figures } = cellularKinetics(at(C, times))
      expect(figures.lag.value).toBeCloseTo(lag, 6)
      expect(figures.doubling_time.value).toBeCloseTo(0.755, 6)
      expect(figures.alpha.value).toBeCloseTo(0.14, 6)
    }
  })

  it('of two points is said to be so; without one before the peak there is none', () => {
    const rows = (list: readonly number[]) => list.map((value, k) => ({ time: 7 * k, value }))
    expect(cellularKinetics(rows([0, 10, 1000, 100, 10])).figures.rho).toMatchObject({
      value: expect.closeTo(log(100) / 7, 12),
      note: 'from two points',
    })
    const { figures } = cellularKinetics(rows([0, 1000, 100, 10, 1]))
    for (const name of ['rho', 'doubling_time', 'lag'] as const)
      expect(figures[name]).toMatchObject({ value: Number.NaN, note: 'no quantifiable value stands before the peak' })
    expect(figures.Tlag.value).toBe(0)
  })
})

describe('decline', () => {
  it('of one exponential has one phase', () => {
    const { figures, decline } = cellularKinetics(at((t) => 1000 * exp(-0.1 * Math.abs(t - 10)), daily.slice(0, 90)))
    expect(figures.alpha.value).toBeCloseTo(0.1, 10)
    expect(figures.beta.value).toBeNaN()
    expect(decline?.slow).toBeNull()
  })

  it('that is none has a reason', () => {
    const { figures, decline } = cellularKinetics(at((t) => t + 1, [0, 1, 2, 3]))
    expect(decline).toBeUndefined()
    for (const name of ['alpha', 'half_life_alpha', 'beta'] as const)
      expect(figures[name]).toMatchObject({
        value: Number.NaN,
        note: 'the quantifiable values after the peak do not fall',
      })
  })
})

describe('persistence', () => {
  const rows = at((t) => 1000 * exp(-0.1 * t), [0, 10, 20, 30, 40, 50])

  it('ends between the samples where values below the limit are known', () => {
    const { figures } = cellularKinetics(rows, { lloq: 30 })
    expect(figures.persistence.value).toBeCloseTo(log(1000 / 30) / 0.1, 10)
    expect(figures.Tlast.value).toBe(30)
  })

  it('ends with the last quantifiable sample where they are not', () => {
    const censored = rows.map(
      (row): Concentration => (row.time > 30 ? { time: row.time, value: 30, censored: 'left' } : row),
    )
    expect(cellularKinetics(censored).figures.persistence).toMatchObject({ value: 30, note: '' })
    const zeros = rows.map((row) => (row.time > 30 ? { time: row.time, value: 0 } : row))
    expect(cellularKinetics(zeros, { lloq: 30 }).figures.persistence.value).toBe(30)
  })

  it('goes on where the last sample is quantifiable', () => {
    expect(cellularKinetics(rows).figures.persistence).toMatchObject({
      value: 50,
      note: expect.stringContaining('at least so long'),
    })
  })
})

describe('a patient without cells', () => {
  it('has a reason for every figure', () => {
    const kinetics = cellularKinetics(at(() => 0, visits))
    for (const { value, note } of Object.values(kinetics.figures)) {
      expect(value).toBeNaN()
      expect(note).toBe('every value is below quantification')
    }
    expect(startsFromKinetics(kinetics)).toBeUndefined()
  })

  it('or with one value has what it shows', () => {
    const kinetics = cellularKinetics([{ time: 7, value: 100 }])
    expect(values(kinetics)).toMatchObject({ Cmax: 100, Tmax: 7, Tlast: 7, rho: Number.NaN, alpha: Number.NaN })
    expect(startsFromKinetics(kinetics)).toEqual({ Tmax: 7, Cmax: 100 })
  })
})
