import { Algebra } from './graph/algebra.ts'
import type { NodeId } from './graph/graph.ts'
import { arity, Operation } from './graph/operation.ts'
import type { DoseInput, Model, TimeSwitch } from './model.ts'

/**
 * The same model with the times of doses that have a lag computed as the time at which they are given plus that lag: they
 * move with the parameters of the lag, and derivatives are to know it. The sum has the bits of the time at which the
 * simulation lets the dose arrive.
 */
export function withLaggedDoseTimes(model: Model): Model {
  if (!model.doseInputs.some((input) => isMoving(model, input))) return model
  const algebra = new Algebra(model.graph)
  const doseInputs = [...model.doseInputs]
  const input = (added: DoseInput) => {
    const known = doseInputs.findIndex(({ quantity, state }) => quantity === added.quantity && state === added.state)
    return algebra.dose(known >= 0 ? known : doseInputs.push(added) - 1)
  }
  const arrival = ({ quantity, state, before }: DoseInput): NodeId => {
    const isLast = quantity === 'tlast'
    const given = input({ quantity: isLast ? 'lastGiven' : 'firstGiven', state, before })
    const lagOf = (index: number) => model.lag.get(index) ?? algebra.zero
    if (state !== undefined) return algebra.add(given, lagOf(state))
    const into = input({ quantity: isLast ? 'lastInto' : 'firstInto', state, before: -1 })
    const lag = [...model.lag].reduce(
      (otherwise, [index, node]) => algebra.select(algebra.equal(into, algebra.constant(index)), node, otherwise),
      algebra.zero,
    )
    return algebra.add(given, lag)
  }
  const { builder } = algebra
  const { size, operations, first, second, third } = model.graph
  const moved = new Int32Array(size)
  for (let i = 0; i < size; i++) {
    const operation = operations[i] as Operation
    const operands = arity[operation] ?? 0
    if (operands > 0) {
      moved[i] = builder.node(
        operation,
        moved[first[i]!],
        operands > 1 ? moved[second[i]!] : 0,
        operands > 2 ? moved[third[i]!] : 0,
      )
      continue
    }
    const dose = operation === Operation.dose ? model.doseInputs[first[i]!] : undefined
    moved[i] = dose !== undefined && isMoving(model, dose) ? arrival(dose) : i
  }
  const now = (node: NodeId) => moved[node] as NodeId
  const all = (nodes: ReadonlyMap<number, NodeId>) => new Map([...nodes].map(([state, node]) => [state, now(node)]))
  return {
    ...model,
    doseInputs,
    derivatives: model.derivatives.map(now),
    initial: model.initial.map(now),
    outputRoots: model.outputRoots.map(now),
    bioavailability: all(model.bioavailability),
    lag: all(model.lag),
    duration: all(model.duration),
    rate: all(model.rate),
    switches: model.switches.map((entry): TimeSwitch => ({ ...entry, time: now(entry.time) })),
    graph: builder.finish(),
  }
}

function isMoving({ lag }: Model, { quantity, state }: DoseInput): boolean {
  if (quantity !== 'tlast' && quantity !== 'tfirst') return false
  return state === undefined ? lag.size > 0 : lag.has(state)
}
