import type { ModelInstance } from '@cartkin/model'
import type { RootCondition } from 'ode-ts'

/**
 * Makes steps end where a comparison of states changes its answer, on which a rate of change depends (`if (B > Bmin)`).
 * Nothing happens there but that the run goes on with the new answer; sensitivities go on as they are.
 */
export function stateEvents(instance: ModelInstance): readonly RootCondition[] {
  return Array.from({ length: instance.conditionCount }, (_, index) => ({
    value: (t: number, y: Float64Array) => instance.condition(index, t, y),
    states: instance.conditionStates(index),
    apply: () => {},
    jumps: true,
    // as of a root at a fixed time
    gradient: (_t: number, y: Float64Array, out: Float64Array) => {
      out.fill(0)
      out[y.length] = 1
    },
  }))
}
