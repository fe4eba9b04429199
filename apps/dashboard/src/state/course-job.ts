import type { SimulateJob } from '@cartkin/compute'
import { courseTimes } from './course-times.ts'
import type { Project } from './project.ts'

/** The job that simulates a model over its whole horizon with some parameters changed. */
export function courseJob({ library }: Project, parameters: Readonly<Record<string, number>>): SimulateJob {
  return {
    kind: 'simulate',
    text: library.text,
    parameters,
    doses: { regimen: library.regimen },
    start: library.start,
    times: courseTimes(library.start, library.horizon),
    endpoints: library.endpoints,
  }
}
