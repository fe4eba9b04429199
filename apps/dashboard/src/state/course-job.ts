import type { SimulateJob } from '@cartkin/compute'
import type { Scenario } from '../document/scenario.ts'
import type { OpenedModel } from './opened-model.ts'

/** How closely a course is computed: `preview` is off by less than a pixel and takes half the time. */
export type Precision = 'preview' | 'full'

/** Relative tolerance of a preview. */
const previewTolerance = 1e-4

/** The job that simulates a model over its whole horizon. */
export function courseJob(
  { text, start, times, endpoints, extinction }: OpenedModel,
  { regimen, horizon, inputs, parameters }: Scenario,
  precision: Precision = 'full',
): SimulateJob {
  return {
    kind: 'simulate',
    text,
    parameters: { ...inputs, ...parameters },
    doses: { regimen },
    start,
    ...(extinction !== null && { extinction }),
    times: times(horizon),
    endpoints,
    ...(precision === 'preview' && { solver: { rtol: previewTolerance } }),
  }
}
