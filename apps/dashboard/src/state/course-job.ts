import type { SimulateJob } from '@cartkin/compute'
import { courseTimes } from './course-times.ts'
import type { Project } from './project.ts'

/** How closely a course is computed: `preview` is off by less than a pixel and takes half the time. */
export type Precision = 'preview' | 'full'

/** Relative tolerance of a preview. */
const previewTolerance = 1e-4

/** The job that simulates a model over its whole horizon with some parameters changed. */
export function courseJob(
  { library }: Project,
  parameters: Readonly<Record<string, number>>,
  precision: Precision = 'full',
): SimulateJob {
  return {
    kind: 'simulate',
    text: library.text,
    parameters,
    doses: { regimen: library.regimen },
    start: library.start,
    times: courseTimes(library.start, library.horizon),
    endpoints: library.endpoints,
    ...(precision === 'preview' && { solver: { rtol: previewTolerance } }),
  }
}
