import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FitObservation, fit } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { estimate, formulaModel, problemOf, subject } from '../fitting/fixtures.ts'

const { CARTKIN_SUITES: suites = join(import.meta.dirname, '../../../shared/suites') } = process.env
const folder = join(suites, 'nist-strd')
const certifiedFile = join(folder, 'certified.json')

interface Certified {
  readonly model: string
  readonly n_obs: number
  readonly difficulty: string
  readonly start1: readonly string[]
  readonly start2: readonly string[]
  readonly certified: readonly string[]
  readonly certified_sd: readonly string[]
  readonly rss: string
}

/** Rows of a .dat file: response, then predictors; the data begin on line 61. */
function rowsOf(name: string, count: number): readonly (readonly number[])[] {
  const rows = readFileSync(join(folder, `${name}.dat`), 'utf8')
    .split(/\r?\n/)
    .slice(60)
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length > 1 && row.every(Number.isFinite))
  if (rows.length !== count) throw new Error(`${name}: read ${rows.length} rows of ${count}`)
  return rows
}

/** The formula as model text: t is the first predictor, x2 a value of each subject. */
function problemFor(name: string, certified: Certified, start: readonly string[]) {
  const [response, formula] = certified.model.split('=').map((side) => side.trim()) as [string, string]
  const rows = rowsOf(name, certified.n_obs)
  const parameters = Object.fromEntries(start.map((value, j) => [`b${j + 1}`, Number(value)]))
  const text = formula.replaceAll('**', '^').replace(/\bx1?\b/g, 't')
  const bySecond = Map.groupBy(rows, (row) => row[2] ?? 0)
  const observe = (row: readonly number[]): FitObservation => ({
    endpoint: 0,
    time: row[1]!,
    value: response === 'log(y)' ? Math.log(row[0]!) : row[0]!,
    sd: 1,
  })
  return problemOf({
    model: formulaModel({ ...parameters, ...(bySecond.size > 1 && { x2: 0 }) }, text),
    estimated: Object.entries(parameters).map(([key, value]) => estimate(key, value)),
    subjects: [...bySecond].map(([x2, own], k) =>
      subject(own.map(observe), {
        id: String(k + 1),
        start: Math.min(...own.map((row) => row[1]!)),
        ...(bySecond.size > 1 && { parameters: { x2 } }),
      }),
    ),
  })
}

/** -log10 of the relative error, at most 11: as many as are printed. */
function digits(value: number, certified: string): number {
  const error = Math.abs(value - Number(certified)) / Math.abs(Number(certified))
  return error === 0 ? 11 : Math.min(11, -Math.log10(error))
}

if (!existsSync(certifiedFile)) {
  describe('NIST StRD nonlinear regression', () => {
    it.skip(`skipped: ${certifiedFile} is not there; set CARTKIN_SUITES`, () => {})
  })
} else {
  const problems = Object.entries(JSON.parse(readFileSync(certifiedFile, 'utf8')) as Record<string, Certified>)
  describe.each(problems)('NIST StRD %s', (name, certified) => {
    // Lanczos and Bennett5 are so badly conditioned that the certified digits themselves are few
    const wanted = /Lanczos|Bennett5/.test(name) ? 4 : certified.difficulty === 'Lower' ? 9 : 6
    it.each(['start1', 'start2'] as const)('from %s', async (start) => {
      const result = await fit(problemFor(name, certified, certified[start]), { maxIterations: 500 })
      expect(result.outcome.status).toBe('converged')
      const parameterDigits = result.estimates.map(({ estimate: value }, j) => digits(value, certified.certified[j]!))
      expect(Math.min(...parameterDigits)).toBeGreaterThan(wanted)
      if (name === 'Lanczos1') return // its residuals are rounding errors of the data
      expect(digits(result.objective, certified.rss)).toBeGreaterThan(6)
      for (const [j, { standardError }] of result.estimates.entries())
        expect(digits(standardError, certified.certified_sd[j]!)).toBeGreaterThan(4)
    })
  })
}
