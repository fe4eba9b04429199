import { Algebra } from './graph/algebra.ts'
import type { NodeId } from './graph/graph.ts'
import { Dependence } from './graph/graph-builder.ts'
import { Operation } from './graph/operation.ts'
import { rebuilt } from './graph/rebuilt.ts'
import type { DoseInput, Model, TimeSwitch } from './model.ts'
import { movedCompartments } from './moved-compartments.ts'

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
    const lagInto = (index: number) => lagAt(model, algebra, index, given)
    if (state !== undefined) return algebra.add(given, lagInto(state))
    const into = input({ quantity: isLast ? 'lastInto' : 'firstInto', state, before: -1 })
    const lag = [...model.lag.keys()].reduce<NodeId>(
      (otherwise, index) => algebra.select(algebra.equal(into, algebra.constant(index)), lagInto(index), otherwise),
      algebra.zero,
    )
    return algebra.add(given, lag)
  }
  const now = rebuilt(model.graph, algebra, model.graph.size, (operation, index) => {
    const dose = operation === Operation.dose ? model.doseInputs[index] : undefined
    return dose !== undefined && isMoving(model, dose) ? arrival(dose) : undefined
  })
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
    linear: model.linear && movedCompartments(model.linear, now),
    switches: model.switches.map((entry): TimeSwitch => ({ ...entry, time: now(entry.time) })),
    graph: algebra.builder.finish(),
  }
}

function isMoving({ lag }: Model, { quantity, state }: DoseInput): boolean {
  if (quantity !== 'tlast' && quantity !== 'tfirst') return false
  return state === undefined ? lag.size > 0 : lag.has(state)
}

/** The lag of state `index` for a dose given at a time; a lag may know that time, alone or by its conditions. */
function lagAt(model: Model, algebra: Algebra, index: number, given: NodeId): NodeId {
  const lag = model.lag.get(index)
  if (lag === undefined) return algebra.zero
  if (!algebra.builder.dependsOn(lag, Dependence.time | Dependence.switch)) return lag
  const now = rebuilt(model.graph, algebra, lag + 1, (operation, leaf) => {
    if (operation === Operation.time) return given
    const condition = operation === Operation.switch ? model.switches[leaf] : undefined
    return condition && holdsAt(algebra, condition, given)
  })
  return now(lag)
}

function holdsAt(algebra: Algebra, { time, holds, atTime }: TimeSwitch, t: NodeId): NodeId {
  const [left, right] = holds === 'before' ? [t, time] : [time, t]
  return algebra.builder.node(atTime ? Operation.lessEqual : Operation.less, left, right)
}
