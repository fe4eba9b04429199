import type { CompiledModel } from '@cartkin/model'
import { endpoints, gridTable, parameterVector, recordTable } from '@cartkin/simulation'
import { doseTimes } from './dose-times.ts'
import type { JobHooks } from './job-hooks.ts'
import type { SimulateAnswer, SimulateJob } from './protocol.ts'
import { scenarioCourse } from './scenario-course.ts'

/** One subject's course on the wanted times, with its endpoints. */
export function runSimulate(model: CompiledModel, job: SimulateJob, hooks: JobHooks): SimulateAnswer {
  const began = performance.now()
  const parameters = parameterVector(model.model, job.parameters)
  const shouldStop = () => hooks.wanted?.() === 'cancel'
  const { run, records } = scenarioCourse(model, job, parameters, job.times, shouldStop)
  return {
    kind: 'simulate',
    table: job.rows === 'records' ? recordTable(model.model, run, records) : gridTable(model.model, run, job.times),
    endpoints: endpoints(model.model, run, job.endpoints),
    doseTimes: doseTimes(records, run.end),
    outcome: run.outcome,
    statistics: run.statistics,
    milliseconds: performance.now() - began,
  }
}
