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
  // the starts of the plan remain those of the job
  const starts = new Map(problem.estimated.map(({ name, start }) => [name, start]))
  const estimated = parts.estimated.map((parameter) => {
    const { lower, upper, start } = parameter
    return { ...parameter, start: Math.min(upper, Math.max(lower, starts.get(parameter.name) ?? start)) }
  })
  return {
    ...job,
    problem: { ...problem, ...parts, estimated, parameters: { ...problem.parameters, ...Object.fromEntries(values) } },
  }
}
