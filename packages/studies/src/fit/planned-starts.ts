import type { FitJob } from '@cartkin/compute'
import { startPoints, type Waterfall } from '@cartkin/fitting'
import { asInput } from '../files/as-input.ts'
import type { FitStep } from '../plan/plan.ts'
import type { FitStepResult } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'

/** Where a fit begins, and what it is called. */
export interface PlannedStart {
  /** Of the starting values; null where the start was drawn. */
  readonly factor: number | null
  readonly label: string
  /** Values of the estimated parameters. */
  readonly point: Float64Array
}

/**
 * The starts of a step: values moved by factors, within their bounds, or drawn by the seed of the plan; where the step says neither,
 * those that are `known` of the model and the data, unless commands count the iterations of a single search.
 */
export function plannedStarts(
  step: FitStep,
  { problem }: FitJob,
  { plan, file }: Pick<StudyContext, 'plan' | 'file'>,
  known: readonly Readonly<Record<string, number>>[] | undefined,
): readonly PlannedStart[] {
  const { estimated } = problem
  const { multiStart } = step
  const isSilent = step.starts.length === 1 && step.starts[0] === 1 && step.steering === undefined
  if (multiStart === undefined && known !== undefined && isSilent) {
    const points = known.map((values) => Float64Array.from(estimated, ({ name, start }) => values[name] ?? start))
    const isNew = (point: Float64Array, place: number) =>
      points.findIndex((one) => one.join() === point.join()) === place
    return points.filter(isNew).map((point, place) => ({
      factor: null,
      label: place === 0 ? 'as read off the data' : `start ${place}`,
      point,
    }))
  }
  if (multiStart === undefined)
    return step.starts.map((factor) => ({
      factor,
      label: `values × ${factor}`,
      point: Float64Array.from(estimated, ({ start, lower, upper }) =>
        Math.min(upper, Math.max(lower, start * factor)),
      ),
    }))
  return asInput(file, () =>
    startPoints(estimated, {
      ...(known === undefined ? {} : { spread: 'bounds' }),
      ...multiStart,
      seed: plan.seed,
    }).map((point, place) => ({
      factor: place === 0 ? 1 : null,
      label: place === 0 ? 'given values' : `start ${place}`,
      point,
    })),
  )
}

/** Every start from best to worst, in short. */
export function startRows(fits: FitStepResult['fits'], { order, groups, message }: Waterfall) {
  return {
    message,
    fits: order.map((place) => {
      const { label, result } = fits[place]!
      const { outcome, objective, iterations, estimates } = result
      return {
        start: label,
        group: groups.findIndex(({ members }) => members.includes(place)) + 1,
        objective,
        outcome,
        iterations,
        estimates: estimates.map(({ name, start, estimate }) => ({ name, start, estimate })),
      }
    }),
  }
}
