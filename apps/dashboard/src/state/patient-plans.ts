import {
  type EstimatedParameter,
  type FitObservation,
  type StartOptions,
  type SubjectPlan,
  startPoints,
} from '@cartkin/fitting'
import { cellularKinetics, startsFromKinetics } from '@cartkin/simulation'
import type { FitProblemParts } from './fit-problem.ts'
import type { FitSetting } from './fit-setting.ts'

/** Quantified values for each parameter of the model from which on the residual error is estimated, too. */
const valuesPerParameter = 2

type Values = Readonly<Record<string, number>>

/**
 * Where the searches of each patient begin: at the sliders; where the library has a note on the model, at what its course
 * shows, too; and at starts that are drawn alike for every patient. A residual error of the note for which a patient has too few values
 * is held at the published one.
 */
export function patientPlans(setting: FitSetting, problem: FitProblemParts): ReadonlyMap<string, SubjectPlan> {
  const note = setting.opened.fitting
  const place = problem.endpoints.findIndex(({ quantity, scale }) => quantity === note?.quantity && scale === 'log')
  const { starts, seed } = setting.choices.fit
  const drawn = (estimated: readonly EstimatedParameter[]): readonly Values[] => {
    const options: StartOptions = { starts, seed, ...(estimated.every(isBounded) && { spread: 'bounds' }) }
    return startPoints(estimated, options)
      .slice(1)
      .map((point) => Object.fromEntries(estimated.map(({ name }, k) => [name, point[k] ?? Number.NaN])))
  }
  return new Map(
    problem.subjects.map(({ id, observations }): [string, SubjectPlan] => {
      const own = observations.filter(({ endpoint }) => endpoint === place)
      const quantified = own.filter(({ censored }) => censored === undefined)
      if (!note || quantified.length === 0) return [id, { starts: [{}, ...drawn(problem.estimated)] }]
      const peak = quantified.reduce((most, { value }) => Math.max(most, value), 0)
      const residual = `${note.quantity}.sd`
      const bounded = problem.estimated.map((parameter): EstimatedParameter => {
        const noted = note.estimated.find(({ name }) => name === parameter.name)
        if (noted?.from !== 'peak' || setting.choices.bounds[parameter.name]) return parameter
        const [lower, upper] = [noted.lower * peak, noted.upper * peak]
        const start = setting.scenario.parameters[parameter.name] ?? peak
        return { ...parameter, lower, upper, start: Math.min(upper, Math.max(lower, start)) }
      })
      const isHeld = quantified.length < valuesPerParameter * bounded.filter(({ name }) => name !== residual).length
      const estimated = isHeld ? bounded.filter(({ name }) => name !== residual) : bounded
      const read = readOff(own, estimated)
      return [
        id,
        {
          estimated,
          starts: [{}, ...(Object.keys(read).length > 0 ? [read] : []), ...drawn(estimated)],
          ...(isHeld && { errorParameters: { ...problem.errorParameters, [residual]: note.residual.sd } }),
        },
      ]
    }),
  )
}

function isBounded({ scale, lower, upper }: EstimatedParameter): boolean {
  return (scale === 'log' ? lower > 0 : lower > Number.NEGATIVE_INFINITY) && upper < Number.POSITIVE_INFINITY
}

/** What the course of a patient shows of the parameters, by the names of Stein 2019. */
function readOff(observations: readonly FitObservation[], estimated: readonly EstimatedParameter[]): Values {
  const series = observations.map(({ time, value, censored }) => ({ time, value: censored === 'left' ? 0 : value }))
  const read: Values = { ...startsFromKinetics(cellularKinetics(series)) }
  return Object.fromEntries(
    estimated.flatMap(({ name, lower, upper }) => {
      const value = read[name]
      return value !== undefined && value > 0 ? [[name, Math.min(upper, Math.max(lower, value))] as const] : []
    }),
  )
}
