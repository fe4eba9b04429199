import type { Model } from '../model.ts'
import { Dependence, GraphBuilder } from './graph-builder.ts'

/**
 * Whether anything that a model computes depends on what time it is: on `t`, conditions in time, times since doses (`tad()`)
 * or a covariate that runs straight between its values. Where nothing does, all times of a run may be moved together.
 */
export function usesTime(model: Model): boolean {
  if (model.switches.length > 0) return true
  const builder = new GraphBuilder(model.graph)
  const { derivatives, outputRoots, initial, bioavailability, lag, duration, rate } = model
  const roots = [
    ...derivatives,
    ...outputRoots,
    ...initial,
    ...[bioavailability, lag, duration, rate].flatMap((entries) => [...entries.values()]),
  ]
  return roots.some((node) => builder.dependsOn(node, Dependence.time | Dependence.switch))
}
