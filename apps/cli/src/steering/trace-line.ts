import { commandText, type FitEvent, type FitIteration, type SteeredValue } from '@cartkin/fitting'

/** An event of a fit on one line, for people. */
export function traceLine(event: FitEvent): string {
  switch (event.kind) {
    case 'iteration': {
      const { iteration, best, objective, accepted, gradient, timeLeft } = event
      return [
        `iteration ${iteration}: objective ${best.toPrecision(8)}`,
        accepted ? '' : ` (tried ${Number.isFinite(objective) ? objective.toPrecision(8) : 'a point without one'})`,
        Number.isFinite(gradient) ? `, gradient ${gradient.toExponential(1)}${steepest(event.parameters)}` : '',
        `; ${values(event.parameters)}`,
        timeLeft === null ? '' : `; ${shortTime(timeLeft.seconds)} left`,
      ].join('')
    }
    case 'changed':
      return `after iteration ${event.iteration}, ${commandText(event.command)}: ${event.message}; objective ${event.objective.toPrecision(8)}`
    case 'refused':
      return `after iteration ${event.iteration}, ${commandText(event.command)} is refused: ${event.message}`
    case 'paused':
      return event.outcome === null
        ? `paused after iteration ${event.iteration}`
        : `the search has ended after iteration ${event.iteration} (${event.outcome.status})`
    case 'resumed':
      return `goes on after iteration ${event.iteration}`
    case 'ended':
      return `ended after iteration ${event.iteration}: ${event.outcome.status}`
  }
}

/** An iteration of one of the searches of a patient. */
export function patientLine(id: string, search: number, { iteration, best, gradient }: FitIteration): string {
  return `patient ${id}, search ${search + 1}, iteration ${iteration}: objective ${best.toPrecision(8)}${Number.isFinite(gradient) ? `, gradient ${gradient.toExponential(1)}` : ''}`
}

function values(parameters: readonly SteeredValue[]): string {
  const marks = { free: '', fixed: ' (held)', 'at-lower': ' (at its lower bound)', 'at-upper': ' (at its upper bound)' }
  return parameters.map(({ name, value, status }) => `${name} ${value.toPrecision(5)}${marks[status]}`).join(', ')
}

/** The parameter whose derivative is the largest. */
function steepest(parameters: readonly SteeredValue[]): string {
  const moving = parameters.filter(({ status, gradient }) => status === 'free' && Number.isFinite(gradient))
  const [first] = moving.toSorted((a, b) => Math.abs(b.gradient) - Math.abs(a.gradient))
  return first === undefined ? '' : ` (${first.name})`
}

function shortTime(seconds: number): string {
  if (seconds < 1) return 'less than 1 s'
  return seconds < 90 ? `about ${Math.round(seconds)} s` : `about ${Math.round(seconds / 60)} min`
}
