import type { FitObservation, FitProblem } from '../problem/fit-problem.ts'

/** An assay that reads a value: below its limit it says only so, or nothing at all (null), and above it what it is. */
export function measured(
  observation: FitObservation,
  value: number,
  limit: number,
  leavesOut: boolean,
): FitObservation | null {
  const { censored, upper, ...rest } = observation
  if (censored === 'right') return value > observation.value ? observation : { ...rest, value }
  if (censored === 'interval') {
    if (value < observation.value) return { ...rest, value: observation.value, censored: 'left' }
    return upper !== undefined && value <= upper ? observation : { ...rest, value }
  }
  if (value >= limit) return { ...rest, value }
  return leavesOut ? null : { ...rest, value: limit, censored: 'left' }
}

/**
 * The limit of quantification of an observation: its `lloq`, its own value where it is left-censored, else that of the subject's nearest
 * left-censored observation of the endpoint, else of the first of any subject; −Infinity where none is censored.
 */
export function lowerLimits(problem: FitProblem): (subject: number, observation: FitObservation) => number {
  const censoredOf = (observations: readonly FitObservation[], endpoint: number) =>
    observations.filter((other) => other.censored === 'left' && other.endpoint === endpoint)
  const first = problem.endpoints.map(
    (_, endpoint) => problem.subjects.flatMap(({ observations }) => censoredOf(observations, endpoint))[0]?.value,
  )
  return (subject, observation) => {
    if (observation.lloq !== undefined) return observation.lloq
    if (observation.censored === 'left') return observation.value
    const own = censoredOf(problem.subjects[subject]!.observations, observation.endpoint)
    const away = (other: FitObservation) => Math.abs(other.time - observation.time)
    if (own.length > 0) return own.reduce((a, b) => (away(b) < away(a) ? b : a)).value
    return first[observation.endpoint] ?? -Infinity
  }
}
