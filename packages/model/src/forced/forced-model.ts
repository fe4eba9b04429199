import { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Operation } from '../graph/operation.ts'
import { rebuilt } from '../graph/rebuilt.ts'
import type { DoseInput, LinearCompartments, Model, State } from '../model.ts'
import { movedCompartments } from '../moved-compartments.ts'
import { dispositionOf } from './disposition.ts'
import { compartmentAmount, depotAmount } from './linear-response.ts'

/** States of linear compartments: the depot, the central and the peripheral ones. */
export function compartmentsOf({ depot, central, peripherals }: LinearCompartments): readonly number[] {
  return [...(depot === null ? [] : [depot.state]), central, ...peripherals.map(({ state }) => state)]
}

/**
 * A model in which the compartments of `linCmt()` are a forcing function of the other equations, known in closed form:
 * their states hold the amounts at the start of the segment at hand, to which one state for each of them is added that
 * holds what is infused into it, and nothing of that changes within a segment. Its dose inputs are the switches and dose
 * inputs of the model and the segment's start, its outputs the amounts in the compartments, then the separation of their
 * slopes.
 *
 * Null where there is no such form: without other equations, and where the rate constants do not stand still within a
 * segment.
 */
export function forcedModel(model: Model): Model | null {
  const { states, switches, doseInputs } = model
  if (model.linear?.isPiecewiseConstant !== true || model.isLinCmt) return null
  const algebra = new Algebra(model.graph)
  const input = (operation: Operation, index: number) => {
    if (operation === Operation.switch) return algebra.dose(index)
    return operation === Operation.dose ? algebra.dose(switches.length + index) : undefined
  }
  const linear = movedCompartments(model.linear, rebuilt(model.graph, algebra, model.graph.size, input))
  const compartments = compartmentsOf(linear)
  const held = {
    passed: algebra.subtract(algebra.time, algebra.dose(switches.length + doseInputs.length)),
    amount: (state: number) => algebra.state(state),
    rate: (state: number) => algebra.state(states.length + compartments.indexOf(state)),
  }
  const disposition = dispositionOf(algebra, linear)
  const depots = linear.depot === null ? [] : [depotAmount(algebra, linear.depot, held)]
  const others = [linear.central, ...linear.peripherals].map((_, place) =>
    compartmentAmount(algebra, linear, disposition, place, held),
  )
  const amounts = [...depots, ...others]
  const now = rebuilt(model.graph, algebra, model.graph.size, (operation, index) =>
    operation === Operation.state ? amounts[compartments.indexOf(index)] : input(operation, index),
  )
  const rates = compartments.map((state) => renamed(states[state]!, `infusion into ${states[state]!.name}`))
  const still = [...states, ...rates].map(() => algebra.zero)
  const none = new Map<number, NodeId>()
  // set by nothing but what the instance follows
  const following: DoseInput = { quantity: 'since', parameter: -1, state: undefined, before: 0 }
  return {
    ...model,
    states: [...states, ...rates],
    outputs: [...compartments.map((state) => states[state]!), renamed(states[linear.central]!, 'separation')],
    outputRoots: [...amounts, disposition.separation],
    errorModels: [],
    linear: null,
    derivatives: [
      ...model.derivatives.map((node, i) => (compartments.includes(i) ? algebra.zero : now(node))),
      ...rates.map(() => algebra.zero),
    ],
    initial: still,
    bioavailability: none,
    lag: none,
    duration: none,
    rate: none,
    switches: [],
    doseInputs: [...switches.map(() => following), ...doseInputs, following],
    graph: algebra.builder.finish(),
  }
}

function renamed(state: State, name: string): State {
  return { ...state, name }
}
