import { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence } from '../graph/graph-builder.ts'
import { arity, Operation } from '../graph/operation.ts'
import { rebuilt } from '../graph/rebuilt.ts'
import type { LinearCompartments, Model } from '../model.ts'
import { dispositionOf } from './disposition.ts'
import { centralAmount, depotAmount } from './linear-response.ts'

/** States of linear compartments: the depot, the central and the peripheral ones. */
export function compartmentsOf({ depot, central, peripherals }: LinearCompartments): readonly number[] {
  return [...(depot === null ? [] : [depot.state]), central, ...peripherals.map(({ state }) => state)]
}

/**
 * A model in which the compartments of `linCmt()` are a forcing function of the other equations, known in closed form:
 * their states hold the amounts at the start of the segment at hand, to which one state for each of them is added that
 * holds what is infused into it, and nothing of that changes within a segment. Its last dose input is the segment's
 * start, its one output the separation of its slopes.
 *
 * Null where there is no such form: without other equations, where the rate constants do not stand still within a segment,
 * and where an equation reads a peripheral compartment.
 */
export function forcedModel(model: Model): Model | null {
  const { linear, states, doseInputs } = model
  if (linear === null || model.isLinCmt) return null
  const algebra = new Algebra(model.graph)
  const { builder } = algebra
  const constants = [
    linear.elimination,
    ...(linear.depot === null ? [] : [linear.depot.ka]),
    ...linear.peripherals.flatMap(({ out, back }) => [out, back]),
  ]
  const moving = Dependence.state | Dependence.time | Dependence.dose
  if (constants.some((node) => builder.dependsOn(node, moving))) return null
  const compartments = compartmentsOf(linear)
  const isLinear = new Set(compartments)
  const read = statesBelow(
    algebra,
    model.derivatives.filter((_, i) => !isLinear.has(i)),
  )
  if (linear.peripherals.some(({ state }) => read.has(state))) return null
  const start = { quantity: 'since', parameter: -1, state: undefined, before: 0 } as const
  const held = {
    passed: algebra.subtract(algebra.time, algebra.dose(doseInputs.length)),
    amount: (state: number) => algebra.state(state),
    rate: (state: number) => algebra.state(states.length + compartments.indexOf(state)),
  }
  const disposition = dispositionOf(algebra, linear)
  const central = read.has(linear.central) ? centralAmount(algebra, linear, disposition, held) : undefined
  const { depot } = linear
  const amounts = new Map<number, NodeId | undefined>([[linear.central, central]])
  if (depot !== null && read.has(depot.state)) amounts.set(depot.state, depotAmount(algebra, depot, held))
  const now = rebuilt(model.graph, algebra, model.graph.size, (operation, index) =>
    operation === Operation.state ? amounts.get(index) : undefined,
  )
  const rates = compartments.map((state) => {
    const { name, unit, label, span } = states[state]!
    return { name: `infusion into ${name}`, unit, label, span }
  })
  const still = Array.from({ length: states.length + rates.length }, () => algebra.zero)
  const none = new Map<number, NodeId>()
  const separation = { name: 'separation', unit: '1', label: '', span: states[linear.central]!.span }
  return {
    ...model,
    states: [...states, ...rates],
    outputs: [separation],
    outputRoots: [disposition.separation],
    errorModels: [],
    linear: null,
    derivatives: [
      ...model.derivatives.map((node, i) => (isLinear.has(i) ? algebra.zero : now(node))),
      ...rates.map(() => algebra.zero),
    ],
    initial: still,
    bioavailability: none,
    lag: none,
    duration: none,
    rate: none,
    switches: model.switches.map((entry) => ({ ...entry, time: now(entry.time) })),
    doseInputs: [...doseInputs, start],
    graph: algebra.builder.finish(),
  }
}

/** The states that nodes need. */
function statesBelow({ builder }: Algebra, roots: readonly NodeId[]): ReadonlySet<number> {
  const seen = new Set<NodeId>()
  const states = new Set<number>()
  const stack: NodeId[] = [...roots]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    const operation = builder.operation(node)
    if (operation === Operation.state) states.add(builder.argument(node, 0))
    const operands = arity[operation] ?? 0
    if (operands > 0) stack.push(builder.argument(node, 0))
    if (operands > 1) stack.push(builder.argument(node, 1))
    if (operands > 2) stack.push(builder.argument(node, 2))
  }
  return states
}
