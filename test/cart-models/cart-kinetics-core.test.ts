import { libraryModel, steinKeyNumbers, twoSidedGridTable } from '@cartkin/cart-models'
import { fit } from '@cartkin/fitting'
import { randomStream } from '@cartkin/numerics'
import { parameterVector, randomEffectsOf, simulateSubject, timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled, courseAt } from './published/golden-course.ts'
import { targetsOfCsv } from './target-rows.ts'

const id = 'cart-kinetics-core'
const model = compiled(id)
const days = timeGrid(0, 365, 0.25)
const C = (parameters: Readonly<Record<string, number>> = {}) => courseAt(days, model, id, { parameters })('C')
const scenario = (name: string) => libraryModel(id).scenarios?.find((own) => own.id === name)?.parameters ?? {}

/** The course as it is written on paper. */
function printed(t: number, p: Readonly<Record<string, number>>): number {
  const { foldx = 3900, Tmax = 9.3, Cmax = 24000, alpha = 0.16, FB = 0.0079, beta = 0.0032, tlag = 0, kd = 0 } = p
  if (t < tlag) return (Cmax / foldx) * Math.exp(kd * (tlag - t))
  if (t < Tmax) return (Cmax / foldx) * foldx ** ((t - tlag) / (Tmax - tlag))
  return Cmax * ((1 - FB) * Math.exp(-alpha * (t - Tmax)) + FB * Math.exp(-beta * (t - Tmax)))
}

it('meets A01 to A04 with its own values', () => {
  const parameters = parameterVector(model.model, {})
  const run = simulateSubject({ model, parameters, records: [], start: 0, end: 365, options: { rtol: 1e-8 } })
  const table = twoSidedGridTable(model.model, run, timeGrid(0, 365, 0.01))
  const value = (name: string) => parameters[model.model.parameters.findIndex((own) => own.name === name)]!
  const numbers = steinKeyNumbers(table, {
    foldx: value('foldx'),
    Tmax: value('Tmax'),
    alpha: value('alpha'),
    beta: value('beta'),
  })
  const targets = targetsOfCsv().filter(({ metric }) => metric.startsWith('stein.'))
  expect(targets.map((target) => target.id)).toEqual(['A01', 'A02', 'A03', 'A04'])
  for (const { metric, lo, hi } of targets) {
    const ours = new Map(Object.entries(numbers)).get(metric.slice('stein.'.length))
    expect(ours).toBeGreaterThanOrEqual(lo)
    expect(ours).toBeLessThanOrEqual(hi)
  }
})

it('is the course of Stein 2019 without lag and distribution', () => {
  const stein = courseAt(days, compiled('stein-2019'), 'stein-2019')('C')
  C().forEach((value, k) => {
    expect(Math.abs(value / stein[k]! - 1)).toBeLessThan(1e-6)
  })
})

describe.each([
  ['default', {}],
  ['lag', scenario('lag')],
  ['distribution', scenario('distribution')],
])('%s', (_, parameters) => {
  it('is its printed formula at all times', () => {
    C(parameters).forEach((value, k) => {
      expect(Math.abs(value / printed(days[k]!, parameters) - 1), `day ${days[k]}`).toBeLessThan(1e-6)
    })
  })
})

describe('the smooth turn', () => {
  const sharp = C()
  const smooth = C({ width: 0.25 })

  it('leaves the course as it is but about the peak, which it lowers', () => {
    days.forEach((day, k) => {
      const change = smooth[k]! / sharp[k]! - 1
      if (Math.abs(day - 9.3) > 3) expect(Math.abs(change), `day ${day}`).toBeLessThan(0.013)
      else expect(change).toBeLessThan(1e-3)
    })
    expect(Math.max(...smooth) / 24000).toBeGreaterThan(0.8)
    expect(Math.max(...smooth) / 24000).toBeLessThan(0.95)
  })

  it('makes the derivative by the time to peak continuous where the sharp turn has a jump', () => {
    const slope = (t: number, width: number) => {
      const at = (Tmax: number) =>
        Math.log(courseAt(Float64Array.of(t), model, id, { parameters: { width, Tmax }, rtol: 1e-10 })('C')[0]!)
      return (at(9.3 + 1e-4) - at(9.3 - 1e-4)) / 2e-4
    }
    const jump = (width: number) => Math.abs(slope(9.301, width) - slope(9.299, width))
    expect(jump(0)).toBeGreaterThan(0.5)
    expect(jump(0.25)).toBeLessThan(0.013)
  })
})

it('brings bounds for a fit, patients that differ log-normally, and an error on the log scale', () => {
  const bounds = Object.fromEntries(model.model.parameters.map(({ name, lower, upper }) => [name, [lower, upper]]))
  expect(bounds).toMatchObject({
    Tmax: [4, 30],
    alpha: [0.05, 0.6],
    FB: [1e-4, 0.2],
    beta: [5e-4, 0.05],
  })
  // rates of expansion of 0.3 and 2 per day at the typical time to peak
  const [least = 0, most = 0] = bounds['foldx'] ?? []
  expect(Math.log(least) / 9.3).toBeCloseTo(0.3, 2)
  expect(Math.log(most) / 9.3).toBeCloseTo(2, 2)
  expect(randomEffectsOf(model.model)?.randomEffects).toHaveLength(6)
  expect(model.model.errorModels).toHaveLength(1)
})

describe('a fit to 30 noisy series of one course, some values below the limit of quantification', () => {
  const truth = { foldx: 1500, Tmax: 11, Cmax: 60_000, alpha: 0.21, FB: 0.012, beta: 0.006 }
  const times = Float64Array.of(1, 3, 5, 7, 9, 11, 13, 16, 21, 28, 45, 60, 90, 180, 270, 365)
  const limit = 200
  const course = courseAt(times, model, id, { parameters: truth })('C')
  const observations = Array.from({ length: 30 }, (_, patient) => {
    const stream = randomStream({ seed: 12, subject: patient })
    return Array.from(course, (value, k) => {
      const measured = value * Math.exp(0.56 * stream.normal(k))
      const time = times[k]!
      return measured < limit
        ? { endpoint: 0, time, value: limit, censored: 'left' as const }
        : { endpoint: 0, time, value: measured }
    })
  }).flat()

  it.each([
    ['sharp', 0],
    ['smooth', 0.25],
  ])('finds what the data were made with, within its bounds: %s turn', async (_, width) => {
    const result = await fit({
      model,
      parameters: parameterVector(model.model, { width }),
      errorParameters: {},
      endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'additive', a: 'sd.C' } }],
      estimated: model.model.parameters
        .filter(({ name, inIni, kind }) => inIni && kind === 'parameter' && name !== 'sd.C')
        .map(({ name, value, lower, upper }) => ({ name, start: value, lower, upper, scale: 'log' as const }))
        .concat({ name: 'sd.C', start: 0.3, lower: 0.01, upper: 5, scale: 'log' }),
      subjects: [{ id: 'all', records: [], start: 0, parameters: {}, observations }],
    })
    expect(result.outcome.status).toBe('converged')
    expect(observations.some((own) => 'censored' in own)).toBe(true)
    for (const [name, value] of Object.entries({ ...truth, 'sd.C': 0.56 })) {
      const found = result.estimates.find((own) => own.name === name)
      if (found === undefined) throw new Error(`no estimate of ${name}`)
      expect(Math.abs(found.estimate - value) / found.standardError, name).toBeLessThan(4)
      expect(found.standardError / found.estimate, name).toBeLessThan(0.5)
    }
  })
})
