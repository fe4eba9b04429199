import { commandText, type FitProblem, type SteeringOptions, type SteeringRecord } from '@cartkin/fitting'
import { InputError } from '../files/input-error.ts'
import type { FitStep } from '../plan/plan.ts'
import type { FitWatch } from '../steps/fit-watch.ts'
import type { UncertaintyPlan } from '../uncertainty/uncertainty-plan.ts'

/** Refuses steering of several starts: iterations count for one search. */
export function checkSteering({ name, steering }: FitStep, starts: number, file: string): void {
  if (steering !== undefined && starts > 1)
    throw new InputError(file, `step ${name}: steering belongs to a fit from one start, and there are ${starts}`)
}

/** How the one search of a step is steered. */
export function steeringOptions({ steering }: FitStep, watch: FitWatch | undefined): SteeringOptions {
  return {
    ...(steering !== undefined && { log: steering }),
    ...(watch?.paused === true && { paused: true }),
    ...(watch?.holdAtEnd === true && { holdAtEnd: true }),
  }
}

/** Whether a fit took other commands than those of its plan. */
export function isSteeredLive({ steering = [] }: FitStep, record: SteeringRecord | undefined): boolean {
  const taken = record?.log ?? []
  return taken.map(commandText).join() !== steering.slice(0, taken.length).map(commandText).join()
}

/** What was held at the end, and what was tied to it. */
export function heldWithTies(
  { held }: SteeringRecord,
  { ties = {} }: Pick<FitProblem, 'ties'>,
): SteeringRecord['held'] {
  const tied = Object.entries(ties).flatMap(([name, { parameter, factor }]) =>
    held.flatMap((one) => (one.name === parameter ? [{ ...one, name, value: factor * one.value }] : [])),
  )
  return [...held, ...tied]
}

/** What is wanted of a fit that was steered: profiles of what is still estimated; nothing of one that was stopped. */
export function stillWanted(
  plan: UncertaintyPlan | undefined,
  record: SteeringRecord | undefined,
  isStopped: boolean,
): UncertaintyPlan | undefined {
  if (plan === undefined || isStopped) return undefined
  const { profile } = plan
  if (record === undefined || profile === undefined || profile === 'all') return plan
  const names = record.estimated.map(({ name }) => name)
  return { ...plan, profile: profile.filter((name) => names.includes(name)) }
}

/** How a fit was steered, and what that means for its estimates, in sentences. */
export function steeringNotes(
  record: SteeringRecord | undefined,
  isStopped: boolean,
  wanted: boolean,
): readonly string[] {
  const { log = [], held = [], notReached = [] } = record ?? {}
  const after = (iteration: number) => (iteration === 0 ? 'before the first iteration' : `after iteration ${iteration}`)
  const changes = log.filter(({ command }) => command !== 'stop')
  return [
    ...(changes.length > 0
      ? [
          `Steered while it ran: ${changes.map((entry) => `${after(entry.iteration)} ${commandText(entry)}`).join('; ')}.`,
        ]
      : []),
    ...held.map(
      ({ name, value, since }) =>
        `${name} was held at ${value} (${after(since)}) and counts as known: standard errors and intervals of the others hold given this value.`,
    ),
    ...(isStopped
      ? [
          `The fit was stopped ${after(log.at(-1)?.iteration ?? 0)}: these are the best values it had come to, with the covariance there.${wanted ? ' Profiles and bootstrap were left out.' : ''}`,
        ]
      : []),
    ...notReached.map(
      (entry) => `The search ended before iteration ${entry.iteration}: ${commandText(entry)} did not take effect.`,
    ),
  ]
}

/** What became of the uncertainty that was wanted where its computing was stopped. */
export function leftNotes(isLeft: boolean, hasProfiles: boolean): readonly string[] {
  if (!isLeft) return []
  const kept = hasProfiles
    ? 'The fit and its profiles are whole; the bootstrap was'
    : 'The fit is whole; profiles and bootstrap were'
  return [`${kept} stopped and left out.`]
}
