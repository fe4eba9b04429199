import type { ModelInstance } from '@cartkin/model'
import type { TimeEvent } from 'ode-ts'
import type { CovariateCourse } from './covariate-course.ts'

/**
 * Events at the nodes of covariates, from which the run goes on with other parameters. Their times are fixed, and the state
 * goes on as it is, so that sensitivities do, too.
 */
export function covariateEvents(
  instance: ModelInstance,
  covariates: CovariateCourse,
  start: number,
  end: number,
): readonly TimeEvent[] {
  if (covariates.nodes.length === 0) return []
  const apply = (time: number) => {
    covariates.after(time)
    instance.beginSegment(time)
  }
  const nodes = covariates.nodes.filter((node) => node > start && node <= end)
  return Array.from(nodes, (t) => ({ t, apply }))
}
