import type { NodeId } from '../graph/graph.ts'
import type { Model } from '../model.ts'

/** The dosing properties a text may give a state. */
export type DosingProperty = 'bioavailability' | 'lag' | 'duration' | 'rate'

const properties: readonly DosingProperty[] = ['bioavailability', 'lag', 'duration', 'rate']

/** The roots of a model in parameters alone, and where each is in their list. */
export interface FixedRoots {
  readonly nodes: readonly NodeId[]
  /** Place of x(0) of state 0; those of the other states follow. */
  readonly initial: number
  /** Place of the time of switch 0. */
  readonly switchTimes: number
  /** Place of a property of a state; absent where the text does not give it. */
  readonly places: Readonly<Record<DosingProperty, ReadonlyMap<number, number>>>
}

export function fixedRoots(model: Model): FixedRoots {
  const nodes: NodeId[] = [...model.initial, ...model.switches.map(({ time }) => time)]
  const places: Record<DosingProperty, Map<number, number>> = {
    bioavailability: new Map(),
    lag: new Map(),
    duration: new Map(),
    rate: new Map(),
  }
  for (const property of properties) {
    for (const [state, node] of model[property]) places[property].set(state, nodes.push(node) - 1)
  }
  return { nodes, initial: 0, switchTimes: model.states.length, places }
}
