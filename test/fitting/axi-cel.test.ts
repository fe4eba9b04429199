import { readFileSync } from 'node:fs'
import { axiCelFit, libraryModel } from '@cartkin/cart-models'
import { type FitProblem, fit, objectiveAt } from '@cartkin/fitting'
import { compileModel, parseModel } from '@cartkin/model'
import { parameterVector, regimenRecords } from '@cartkin/simulation'
import { expect, it } from 'vitest'

const csv = new URL('../../packages/cart-models/data/bwh-cc-by-nc/daily_summary.csv', import.meta.url)

function axiCel(factor: number): FitProblem {
  const { model: id, regimen, start, estimated, endpoints, observations } = axiCelFit(readFileSync(csv, 'utf8'))
  const parsed = parseModel(libraryModel(id).text)
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
  const parameters = parameterVector(parsed.model)
  return {
    model: compileModel(parsed.model),
    parameters,
    errorParameters: {},
    estimated: estimated.map((p) => ({ ...p, start: p.start * factor })),
    endpoints,
    subjects: [
      { id: 'median', records: regimenRecords(parsed.model, regimen, parameters), observations, start, parameters: {} },
    ],
  }
}

it('fits the oncology model to the axi-cel medians, and to the same point, from half and twice the calibrated values', async () => {
  const published = objectiveAt(axiCel(1)).objective
  const [half, twice] = await Promise.all([fit(axiCel(0.5)), fit(axiCel(2))])
  for (const result of [half, twice]) {
    expect(result.outcome.status).toBe('converged')
    expect(result.objective).toBeLessThan(published)
    expect(result.iterations).toBeLessThan(40)
  }
  expect(Math.abs(half.objective / twice.objective - 1)).toBeLessThan(1e-6)
  for (const [k, { name, estimate, standardError, atBound }] of half.estimates.entries()) {
    expect(estimate / twice.estimates[k]!.estimate).toBeCloseTo(1, 3)
    // every parameter has its error, or is said to be at a bound or not to be identified
    const named = half.collinear.some(({ names }) => names.includes(name))
    expect(standardError > 0 || atBound !== null || named).toBe(true)
  }
})
