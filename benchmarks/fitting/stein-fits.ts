import { libraryModel } from '@cartkin/cart-models'
import type { FitJob } from '@cartkin/compute'
import { mulberry32 } from '../problems/mulberry32.ts'
import { standardNormal } from './standard-normal.ts'

/** Parameters of Stein 2019 in the order in which rivals take their logarithms. */
const typical = { foldx: 3900, Tmax: 9.3, Cmax: 24000, alpha: 0.16, FB: 0.0079, beta: 0.0032 }
/** Variances of the logarithms between patients, a quarter of the published: every patient's data tell all six. */
const variances = { foldx: 0.6, Tmax: 0.095, Cmax: 0.16, alpha: 0.23, FB: 0.2, beta: 0.22 }
const names = ['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta'] as const
const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 21, 28, 35, 42, 60, 90, 120, 180, 270, 365]
/** Standard deviation of the logarithm of a measurement. */
const sd = 0.2

/** Courses of patients who differ, each to be fitted alone: 24 values over a year, six parameters by their logarithms. */
export function steinFits(patients: number): readonly FitJob[] {
  const uniform = mulberry32(2019)
  const normal = standardNormal(uniform)
  const text = libraryModel('stein-2019').text
  return Array.from({ length: patients }, (_, k) => {
    const own = Object.fromEntries(
      names.map((name) => [name, typical[name] * Math.exp(Math.sqrt(variances[name]) * normal())]),
    ) as Record<(typeof names)[number], number>
    const observations = days.map((time) => ({
      endpoint: 0,
      time,
      value: course(own, time) * Math.exp(sd * normal()),
      sd,
    }))
    return {
      kind: 'fit',
      text,
      problem: {
        parameters: {},
        errorParameters: {},
        estimated: names.map((name) => ({
          name,
          start: typical[name],
          lower: typical[name] / 1000,
          upper: typical[name] * 1000,
          scale: 'log',
        })),
        endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'given' } }],
        subjects: [{ id: `P${k + 1}`, start: 0, records: [], parameters: {}, observations }],
      },
    }
  })
}

function course({ foldx, Tmax, Cmax, alpha, FB, beta }: Record<(typeof names)[number], number>, t: number): number {
  if (t < Tmax) return (Cmax / foldx) * Math.exp((Math.log(foldx) * t) / Tmax)
  return Cmax * ((1 - FB) * Math.exp(-alpha * (t - Tmax)) + FB * Math.exp(-beta * (t - Tmax)))
}

/** The jobs as numbers for a rival: parameters, patients, values of each, sd; logarithms of the starts; then times and logarithms of values. */
export function fitNumbers(jobs: readonly FitJob[]): string {
  const rows = jobs.flatMap(({ problem }) =>
    problem.subjects.flatMap(({ observations }) => [
      observations.map(({ time }) => time),
      observations.map(({ value }) => Math.log(value)),
    ]),
  )
  const starts = names.map((name) => Math.log(typical[name]))
  return [[starts.length, jobs.length, days.length, sd], starts, ...rows].map((row) => row.join(' ')).join('\n')
}
