import { axiCelFit } from '@cartkin/cart-models'
import type { FitObservation, FitProblem } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { dailySummary, modelOf, packageFile } from './fixtures.ts'

const fit = axiCelFit(dailySummary)
const observationsOf = (quantity: string) =>
  fit.observations.filter(({ endpoint }) => fit.endpoints[endpoint]?.quantity === quantity)

describe('the axi-cel fit', () => {
  it('has the shape of a fitting problem', () => {
    const parts: Pick<FitProblem, 'estimated' | 'endpoints'> = fit
    const observations: readonly FitObservation[] = fit.observations
    expect(observations.every(({ endpoint }) => endpoint < parts.endpoints.length)).toBe(true)
  })

  it('estimates eight parameters from their calibrated values, on the log scale, within 20-fold bounds', () => {
    const golden: Record<string, number> = JSON.parse(packageFile('evidence/golden/oncology_parameters.json'))
    expect(fit.estimated.map(({ name }) => name)).toEqual(['rho', 'd_E', 'm_EM', 'd_M', 'p6', 'pG', 'CRPmax', 'eFer'])
    for (const { name, start, lower, upper, scale } of fit.estimated) {
      expect(start).toBe(golden[name])
      expect([lower, upper, scale]).toEqual([start / 20, start * 20, 'log'])
    }
  })

  it('observes what the model shows, after its start', () => {
    const model = modelOf(fit.model)
    const names = [...model.states, ...model.outputs].map(({ name }) => name)
    for (const { quantity } of fit.endpoints) expect(names).toContain(quantity)
    for (const { time, sd } of fit.observations) {
      expect(time).toBeGreaterThanOrEqual(fit.start)
      expect(sd).toBeGreaterThan(0)
    }
  })

  it('has 4 counts and the daily medians of days 1 to 8', () => {
    expect(fit.endpoints.map(({ quantity }) => observationsOf(quantity).length)).toEqual([4, 8, 8, 8])
    expect(observationsOf('CAR').map(({ time, value }) => [time, value])).toEqual([
      [7, 27.5],
      [14, 9.1],
      [28, 2.1],
      [90, 0.1],
    ])
  })

  it('gives every median the standard deviation of its logarithm', () => {
    // Counts: n = 23; the row of CRP on day 5: 27.225, 76.3, 123.475, n = 78.
    const sd = (q25: number, q75: number, n: number) => (1.2533 * Math.log(q75 / q25)) / 1.349 / Math.sqrt(n)
    expect(observationsOf('CAR')[0]?.sd).toBeCloseTo(sd(16.5, 57.5, 23), 12)
    expect(observationsOf('CRP')[4]).toMatchObject({ time: 5, value: 76.3 })
    expect(observationsOf('CRP')[4]?.sd).toBeCloseTo(sd(27.225, 123.475, 78), 12)
  })

  it('censors IL-6 medians at the floor and the ceiling of the assay only', () => {
    const atFloor = dailySummary.replace('IL_6,CRS2,1,50,16.55,6.875,37.7', 'IL_6,CRS2,1,50,1.0,0.9,2.0')
    expect(axiCelFit(atFloor).observations.find(({ censored }) => censored === 'left')).toMatchObject({ time: 1 })
    expect(observationsOf('IL6').every(({ censored }) => censored === undefined)).toBe(true)
    const atCeiling = dailySummary.replace('IL_6,CRS2,5,53,77.1,16.2,400.0', 'IL_6,CRS2,5,53,400.0,16.2,400.0')
    expect(axiCelFit(atCeiling).observations.find(({ censored }) => censored === 'right')).toMatchObject({ time: 5 })
    expect(['CAR', 'CRP', 'FER'].flatMap(observationsOf).every(({ censored }) => censored === undefined)).toBe(true)
  })

  it('leaves out days when less than half of the stratum was measured', () => {
    const few = dailySummary.replace('CRP,CRS2,6,79,', 'CRP,CRS2,6,30,')
    const days = axiCelFit(few)
      .observations.filter(({ endpoint }) => endpoint === 1)
      .map(({ time }) => time)
    expect(days).toHaveLength(7)
    expect(days).not.toContain(6)
  })

  it('refuses quartiles without spread', () => {
    const flat = dailySummary.replace('CRP,CRS2,6,79,53.5,21.75,117.9', 'CRP,CRS2,6,79,53.5,53.5,53.5')
    expect(() => axiCelFit(flat)).toThrow('CRP, day 6: quartiles 53.5 and 53.5 give no spread')
  })

  it('prints its sources and the licence', () => {
    expect(fit.attribution).toContain('Kimmel 2021')
    expect(fit.attribution).toContain('CC BY-NC 4.0')
  })
})
