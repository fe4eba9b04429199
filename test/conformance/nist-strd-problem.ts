import type { FitObservation, FitProblem } from '@cartkin/fitting'
import { estimate, formulaModel, problemOf, subject } from '../fitting/fixtures.ts'

/** A problem of the NIST Statistical Reference Datasets for nonlinear regression, numbers as printed there. */
export interface NistProblem {
  readonly model: string
  readonly difficulty: string
  readonly start1: readonly string[]
  readonly start2: readonly string[]
  readonly certified: readonly string[]
  readonly certified_sd: readonly string[]
  readonly rss: string
}

/** The formula as model text and least squares: t is the first predictor, x2 a value of each subject. Rows: response, predictors. */
export function nistFit(
  problem: NistProblem,
  start: 'start1' | 'start2',
  rows: readonly (readonly number[])[],
): FitProblem {
  const [response, formula] = problem.model.split('=').map((side) => side.trim()) as [string, string]
  const parameters = Object.fromEntries(problem[start].map((value, j) => [`b${j + 1}`, Number(value)]))
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
export function digits(value: number, certified: string): number {
  const error = Math.abs(value - Number(certified)) / Math.abs(Number(certified))
  return error === 0 ? 11 : Math.min(11, -Math.log10(error))
}
