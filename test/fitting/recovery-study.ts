import { libraryModel } from '@cartkin/cart-models'
import { type FitObservation, type FitProblem, fit, fitEach, profile } from '@cartkin/fitting'
import { exp, log, randomStream } from '@cartkin/numerics'
import { notedPlan } from '../../packages/studies/src/subjects/noted-plan.ts'
import { estimate, modelOf, problemOf, subject } from './fixtures.ts'
import { type SteinValues, steinCourse, steinDays } from './stein-patients.ts'

/** Stein 2019, Table 1: typical values and variances of their logarithms between patients. */
export const typical: SteinValues = { foldx: 3900, Tmax: 9.3, Cmax: 24000, alpha: 0.16, FB: 0.0079, beta: 0.0032 }
const variances: SteinValues = { foldx: 2.4, Tmax: 0.38, Cmax: 0.65, alpha: 0.91, FB: 0.8, beta: 0.86 }
export const names = ['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta'] as const
/** Copies per microgram of DNA. */
const limitOfQuantification = 50
/** Standard deviation of the logarithm of a measurement (Stein 2019, Table 1). */
export const residual = 0.56

const stein = libraryModel('stein-2019')
const model = modelOf(stein.text)
const endpoint = { quantity: 'C', scale: 'log', error: { kind: 'additive', a: 'sd' } } as const

interface Patient {
  readonly truth: SteinValues
  readonly observations: readonly FitObservation[]
}

/** `variability` scales the standard deviations between patients: 1 as published, 0 for patients that share one course. */
function patientOf(seed: number, patient: number, variability: number): Patient {
  const random = randomStream({ seed, study: 'recovery', subject: patient })
  const drawn = (name: keyof SteinValues, draw: number) =>
    typical[name] * exp(variability * Math.sqrt(variances[name]) * random.normal(draw))
  const truth = { ...typical, ...Object.fromEntries(names.map((name, k) => [name, drawn(name, k)])) }
  // Tmax from its distribution between 3 and 40 days
  for (let draw = 100; !(truth.Tmax >= 3 && truth.Tmax <= 40); draw++) truth.Tmax = drawn('Tmax', draw)
  const observations = steinDays.map((time, k) => ({
    endpoint: 0,
    time,
    value: steinCourse(truth, time) * exp(residual * random.normal(20 + k)),
  }))
  return { truth, observations }
}

const quantified = (all: readonly FitObservation[]) => all.filter(({ value }) => value >= limitOfQuantification)

/** Values below the limit as what they are (M3). */
const censored = (all: readonly FitObservation[]) =>
  all.map((row) =>
    row.value >= limitOfQuantification ? row : { ...row, value: limitOfQuantification, censored: 'left' as const },
  )

/** Observations as those of one patient. */
function pooled(observations: readonly FitObservation[]): FitProblem {
  return problemOf({
    model,
    endpoints: [endpoint],
    estimated: [
      ...names.map((name) => estimate(name, typical[name], 'log', typical[name] / 50, typical[name] * 50)),
      estimate('sd', 1, 'log', 0.01, 10),
    ],
    subjects: [subject(observations)],
  })
}

/** What 30 patients' data say of the terminal rate, pooled: with values below the limit dropped (M1) and as what they are (M3). */
export interface Replicate {
  readonly m1: number
  readonly m3: number
  /** The rate that the same patients' data give where nothing is censored. */
  readonly complete: number
  /** Share of values below the limit. */
  readonly below: number
}

export async function replicate(seed: number, variability: number): Promise<Replicate> {
  const drawn = patientsOf(seed, variability)
  // a search that ends in a kink, where Tmax meets a day of observation, has its best values, too
  const rate = async (observations: readonly FitObservation[]) => {
    const { estimates } = await fit(pooled(observations))
    return estimates.find(({ name }) => name === 'beta')?.estimate ?? Number.NaN
  }
  return {
    m1: await rate(quantified(drawn)),
    m3: await rate(censored(drawn)),
    complete: await rate(drawn),
    below: 1 - quantified(drawn).length / drawn.length,
  }
}

function patientsOf(seed: number, variability: number): readonly FitObservation[] {
  return Array.from({ length: 30 }, (_, k) => patientOf(seed, k, variability).observations).flat()
}

/** A 95 % interval and the truth. */
export interface Interval {
  readonly name: string
  readonly truth: number
  /** NaN where a side is open. */
  readonly lower: number
  readonly upper: number
  readonly identified: string
}

/** Whether an interval holds the truth; an open side holds everything. */
export const holds = ({ truth, lower, upper }: Interval): boolean => !(truth < lower) && !(truth > upper)

/** Profile intervals of 30 patients that share one course, pooled (M3). */
export async function pooledIntervals(seed: number): Promise<readonly Interval[]> {
  const problem = pooled(censored(patientsOf(seed, 0)))
  const profiles = await profile(problem, await fit(problem))
  return profiles.map(({ name, lower, upper }) => ({
    name,
    truth: { ...typical, sd: residual }[name] ?? Number.NaN,
    lower,
    upper,
    identified: Number.isFinite(lower) && Number.isFinite(upper) ? 'yes' : 'one-sided',
  }))
}

/** Profile intervals of a patient alone, fitted as `cartkin fit stein-2019 --data` does it. */
export async function patientIntervals(seed: number, patient: number): Promise<readonly Interval[]> {
  const note = stein.fitting
  if (note === undefined) throw new Error('stein-2019 has no note on how it is fitted')
  const { truth, observations } = patientOf(seed, patient, 1)
  const rows = censored(observations)
  const estimated = [
    ...note.estimated.map(({ name, lower, upper }) =>
      estimate(name, typical[name as keyof SteinValues], 'log', lower, upper),
    ),
    estimate('C.sd', residual, 'log', 0.01, 10),
  ]
  const { held: _, ...plan } = notedPlan(note, estimated, [], rows, undefined)
  const problem = problemOf({
    model,
    endpoints: [{ ...endpoint, error: { kind: 'additive', a: 'C.sd' } }],
    errorParameters: { 'C.sd': residual },
    estimated,
    subjects: [subject(rows)],
  })
  const [found] = await fitEach(problem, { plans: new Map([['1', plan]]), profiles: true })
  if (found?.status !== 'fitted') throw new Error(`not fitted: ${found?.reason}`)
  return found.profiles.map(({ name, lower, upper }, k) => ({
    name,
    truth: { ...truth, 'C.sd': residual }[name] ?? Number.NaN,
    lower,
    upper,
    identified: found.identifications[k]?.identified ?? 'no',
  }))
}

/** Bias of estimates on both scales, by mean and median. */
export function bias(
  estimates: readonly number[],
  truth: number,
): Readonly<Record<'mean' | 'median' | 'logMean' | 'logMedian', number>> {
  const differences = estimates.map((value) => value - truth)
  const logs = estimates.map((value) => log(value / truth))
  return { mean: mean(differences), median: median(differences), logMean: mean(logs), logMedian: median(logs) }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

/** Of each parameter the share of intervals that hold the truth, and how many of them close within fourfold. */
export function coverage(
  all: readonly Interval[],
): ReadonlyMap<
  string,
  { readonly share: number; readonly identified: number; readonly of: number; readonly shareOfIdentified: number }
> {
  const parameters = [...new Set(all.map(({ name }) => name))]
  return new Map(
    parameters.map((name) => {
      const own = all.filter((one) => one.name === name)
      const identified = own.filter((one) => one.identified === 'yes')
      const share = (of: readonly Interval[]) => mean(of.map((one) => (holds(one) ? 1 : 0)))
      return [
        name,
        { share: share(own), identified: identified.length, of: own.length, shareOfIdentified: share(identified) },
      ]
    }),
  )
}

/** Figures of the whole study on the terminal, four digits each. */
export function print(title: string, figures: unknown): void {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
  process.stdout.write(`${title} ${JSON.stringify(figures, rounded)}\n`)
}
