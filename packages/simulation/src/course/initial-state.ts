import { type ModelInstance, type ModelSensitivities, nearestName } from '@cartkin/model'
import { type Failure, steadySensitivities, steadyState } from 'ode-ts'
import { DoseHistory } from '../records/dose-history.ts'
import type { SolverOptions } from './solver-options.ts'
import type { StartState } from './start-state.ts'

/** The state of a run at its start and its sensitivities (m × n, parameter-major; empty where none are carried). */
export type InitialState =
  | { readonly status: 'found'; readonly y: Float64Array; readonly s: Float64Array }
  | {
      readonly status: 'failed'
      readonly reason: Failure
      readonly message: string
      /** The last state on the way. */
      readonly y: Float64Array
    }

/** What an untreated run from an earlier time on leads to. */
export type BurnIn = (duration: number) => InitialState

/**
 * The state that a run begins in. The instance has its parameters and is at the segment that begins at `start`.
 *
 * The steady state is that to which the untreated solution from x(0) tends, at the time `start`; its sensitivities follow
 * from the implicit function theorem. Throws a RangeError for values of states that the model lacks.
 */
export function initialState(
  instance: ModelInstance,
  tangents: ModelSensitivities | null,
  start: number,
  { values = {}, settle }: StartState,
  options: SolverOptions,
  burnIn: BurnIn,
): InitialState {
  if (settle?.kind === 'burn-in') {
    if (!(settle.duration > 0 && Number.isFinite(settle.duration)))
      throw new RangeError(`the duration of a burn-in must be a number above 0, got ${settle.duration}`)
    return burnIn(settle.duration)
  }
  const n = instance.dimension
  instance.setMoment(start)
  const y = new Float64Array(n)
  instance.initialState(y)
  const s = new Float64Array((tangents?.parameterCount ?? 0) * n)
  tangents?.initialState(s)
  const names = instance.model.states.map(({ name }) => name)
  for (const [name, value] of Object.entries(values)) {
    const k = names.indexOf(name)
    if (k < 0) throw new RangeError(`the start gives a value of ${name}, ${unknownState(name, names)}`)
    if (!Number.isFinite(value))
      throw new RangeError(`the start value of ${name} must be a finite number, got ${value}`)
    y[k] = value
    for (let at = k; at < s.length; at += n) s[at] = 0
  }
  if (settle === undefined || n === 0) return { status: 'found', y, s }
  instance.setDoses(new DoseHistory(instance.model.doseInputs).values(0))
  // never looser than a run, so that what begins here stays here
  const rtol = Math.min(options.rtol ?? 1e-6, 1e-9)
  const found = steadyState(instance, y, { t: start, rtol, stateNames: names })
  if (found.status === 'failed') {
    const { reason, y: last, message } = found
    return { status: 'failed', reason, y: last, message: `the untreated patient has no steady state: ${message}` }
  }
  if (tangents === null) return { status: 'found', y: found.y, s }
  const sensitivities = steadySensitivities(tangents, { t: start, y: found.y, y0: y, s0: s, elapsed: found.elapsed })
  if (sensitivities === null) {
    const message =
      'the steady state of the untreated patient has no sensitivities: its equations have a singular matrix'
    return { status: 'failed', reason: 'singular-matrix', y: found.y, message }
  }
  return { status: 'found', y: found.y, s: sensitivities }
}

function unknownState(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names)
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`
  return `which is no state of the model; ${nearest === undefined ? known : `did you mean ${nearest}?`}`
}
