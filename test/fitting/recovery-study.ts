import { libraryModel } from '@cartkin/cart-models'
import { type FitObservation, type FitProblem, fit } from '@cartkin/fitting'
import { exp, log, randomStream } from '@cartkin/numerics'
import { estimate, modelOf, problemOf, subject } from './fixtures.ts'

/** Stein 2019, Table 1: typical values and variances of their logarithms between patients. */
const typical = { foldx: 3900, Tmax: 9.3, Cmax: 24000, alpha: 0.16, FB: 0.0079, beta: 0.0032 }
const variances = { foldx: 2.4, Tmax: 0.38, Cmax: 0.65, alpha: 0.91, FB: 0.8, beta: 0.86 }
const names = ['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta'] as const
const days = [1, 3, 7, 10, 14, 21, 28, 60, 90, 180, 365]
/** Copies per microgram of DNA. */
const limitOfQuantification = 50
/** Standard deviation of the logarithm of a measurement (Stein 2019, Table 1). */
const residual = 0.56

const model = modelOf(libraryModel('stein-2019').text)

/** What 30 patients' data say of the terminal rate, pooled: with values below the limit dropped (M1) and as what they are (M3). */
export interface Replicate {
  readonly m1: number
  readonly m3: number
  /** The slope that the same patients' data give where nothing is censored. */
  readonly complete: number
  readonly below: number
}

/** One replicate; `variability` scales the standard deviations between patients. */
export async function replicate(seed: number, variability: number): Promise<Replicate> {
  const drawn = Array.from({ length: 30 }, (_, patient) => patientData(seed, patient, variability)).flat()
  const quantified = drawn.filter(({ value }) => value >= limitOfQuantification)
  const below = drawn.filter(({ value }) => value < limitOfQuantification)
  const censored = below.map((row) => ({ ...row, value: limitOfQuantification, censored: 'left' as const }))
  return {
    m1: await slope(quantified),
    m3: await slope([...quantified, ...censored]),
    complete: await slope(drawn),
    below: below.length / drawn.length,
  }
}

function patientData(seed: number, patient: number, variability: number): readonly FitObservation[] {
  const random = randomStream({ seed, study: 'recovery', subject: patient })
  const values = Object.fromEntries(
    names.map((name, k) => [name, typical[name] * exp(variability * Math.sqrt(variances[name]) * random.normal(k))]),
  ) as Record<(typeof names)[number], number>
  // Tmax from its distribution between 3 and 40 days
  for (let draw = 100; !(values.Tmax >= 3 && values.Tmax <= 40); draw++)
    values.Tmax = typical.Tmax * exp(variability * Math.sqrt(variances.Tmax) * random.normal(draw))
  return days.map((time, k) => ({
    endpoint: 0,
    time,
    value: course(values, time) * exp(residual * random.normal(20 + k)),
  }))
}

/** The course in closed form. */
function course({ foldx, Tmax, Cmax, alpha, FB, beta }: Record<(typeof names)[number], number>, t: number): number {
  if (t < Tmax) return (Cmax / foldx) * exp((log(foldx) / Tmax) * t)
  return Cmax * ((1 - FB) * exp(-alpha * (t - Tmax)) + FB * exp(-beta * (t - Tmax)))
}

/** The terminal rate of all patients as one. */
async function slope(observations: readonly FitObservation[]): Promise<number> {
  const problem: FitProblem = problemOf({
    model,
    endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'additive', a: 'sd' } }],
    estimated: [
      ...names.map((name) => estimate(name, typical[name], 'log', typical[name] / 50, typical[name] * 50)),
      estimate('sd', 1, 'log', 0.01, 10),
    ],
    subjects: [subject(observations)],
  })
  // a search that ends in a kink, where Tmax meets a day of observation, has its best values, too
  const { estimates } = await fit(problem)
  return estimates.find(({ name }) => name === 'beta')!.estimate
}
