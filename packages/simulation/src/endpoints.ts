import type { Model } from '@cartkin/model'
import type { EndpointDefinition, EndpointValue } from './endpoint.ts'
import type { SubjectRun } from './simulate-subject.ts'

/** Evaluates endpoints on one run, in the order given. */
export declare function endpoints(
  model: Model,
  run: SubjectRun,
  definitions: readonly EndpointDefinition[],
): readonly EndpointValue[]
