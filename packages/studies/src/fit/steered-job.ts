import type { FitJob } from '@cartkin/compute'
import { type SteeringRecord, steeredParts } from '@cartkin/fitting'
import type { Model } from '@cartkin/model'

/** The job as steering left it: what was held at the end is known, bounds are where they were moved to. */
export function steeredJob(job: FitJob, steering: SteeringRecord | undefined, model: Model): FitJob {
  if (steering === undefined || steering.log.length === 0) return job
  const { problem } = job
  const { held, ...parts } = steeredParts(problem, steering.estimated, steering.held)
  const known = new Set(model.parameters.map(({ name }) => name))
  const values = [...held].filter(([name]) => known.has(name))
  return {
    ...job,
    problem: { ...problem, ...parts, parameters: { ...problem.parameters, ...Object.fromEntries(values) } },
  }
}
