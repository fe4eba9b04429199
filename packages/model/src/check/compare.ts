import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence } from '../graph/graph-builder.ts'
import { Operation } from '../graph/operation.ts'
import type { TimeSwitch } from '../model.ts'

export type Relation = '<' | '<=' | '>' | '>=' | '==' | '!='

/** The time switches of a model, each once. */
export class Switches {
  readonly #algebra: Algebra
  readonly #list: TimeSwitch[] = []
  readonly #index = new Map<string, number>()
  /** What is known of nodes as functions of time; undefined where one is not affine. */
  readonly affine = new Map<NodeId, Affine | undefined>()

  constructor(algebra: Algebra) {
    this.#algebra = algebra
  }

  get list(): readonly TimeSwitch[] {
    return this.#list
  }

  node(time: NodeId, holds: 'before' | 'after', atTime: boolean): NodeId {
    const key = `${time} ${holds} ${atTime}`
    const index = this.#index.get(key) ?? this.#list.push({ time, holds, atTime }) - 1
    this.#index.set(key, index)
    return this.#algebra.switch(index)
  }
}

/**
 * The node of `a relation b`, 0 or 1.
 *
 * An inequality affine in time with coefficients in parameters alone becomes a time switch at τ = -intercept/slope;
 * where the sign of the slope depends on parameters, it is a choice between two switches. So does one of inputs that are
 * linear in time (`linear(WT)`, `WT > 70`): from one of their nodes to the next τ stands still. What depends on states, other
 * switches or doses (`tad() > 3`) is compared as it stands: there is no one time at which it changes.
 */
export function compare(
  algebra: Algebra,
  switches: Switches,
  a: NodeId,
  relation: Relation,
  b: NodeId,
  isOfDoses = (node: NodeId) => algebra.builder.dependsOn(node, Dependence.dose),
): NodeId {
  if (relation === '==') return algebra.equal(a, b)
  if (relation === '!=') return algebra.notEqual(a, b)
  const orEqual = relation === '<=' || relation === '>='
  const [low, high] = relation === '<' || relation === '<=' ? [a, b] : [b, a]
  const plain = orEqual ? algebra.lessEqual(low, high) : algebra.less(low, high)
  if (!algebra.builder.dependsOn(plain, Dependence.time)) return plain
  if (algebra.builder.dependsOn(plain, Dependence.state | Dependence.switch) || isOfDoses(plain)) return plain
  const left = affineInTime(algebra, low, switches.affine)
  const right = affineInTime(algebra, high, switches.affine)
  if (left === undefined || right === undefined) return plain
  // low < high is slope·t < intercept
  const slope = algebra.subtract(left.slope, right.slope)
  const intercept = algebra.subtract(right.intercept, left.intercept)
  const quotient = algebra.divide(intercept, slope)
  // an input that stands still reaches no value
  const tau = algebra.builder.dependsOn(slope, Dependence.dose)
    ? algebra.select(algebra.equal(slope, algebra.zero), algebra.constant(Number.POSITIVE_INFINITY), quotient)
    : quotient
  const value = algebra.builder.valueOf(slope)
  const before = () => switches.node(tau, 'before', orEqual)
  const after = () => switches.node(tau, 'after', orEqual)
  const level = () => (orEqual ? algebra.lessEqual(algebra.zero, intercept) : algebra.less(algebra.zero, intercept))
  if (value !== undefined) return value > 0 ? before() : value < 0 ? after() : level()
  return algebra.select(
    algebra.less(algebra.zero, slope),
    before(),
    algebra.select(algebra.less(slope, algebra.zero), after(), level()),
  )
}

interface Affine {
  readonly slope: NodeId
  readonly intercept: NodeId
}

/** slope·t + intercept with coefficients in parameters alone, or undefined. Walks the nodes below with an explicit stack. */
function affineInTime(algebra: Algebra, root: NodeId, found: Map<NodeId, Affine | undefined>): Affine | undefined {
  const { builder } = algebra
  const stack: NodeId[] = [root]
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    if (found.has(node)) {
      stack.pop()
      continue
    }
    if (!builder.dependsOn(node, Dependence.time)) {
      found.set(node, { slope: algebra.zero, intercept: node })
      continue
    }
    const operation = builder.operation(node)
    if (operation === Operation.time) {
      found.set(node, { slope: algebra.one, intercept: algebra.zero })
      continue
    }
    const a = builder.argument(node, 0)
    const isNegation = operation === Operation.negate
    const b = isNegation ? a : builder.argument(node, 1)
    const left = found.get(a)
    const right = found.get(b)
    const isArithmetic = isNegation || (operation >= Operation.add && operation <= Operation.divide)
    const isOpen = (argument: NodeId, value: Affine | undefined) => value === undefined && !found.has(argument)
    if (isArithmetic && isOpen(a, left)) stack.push(a)
    else if (isArithmetic && isOpen(b, right)) stack.push(b)
    else {
      const isWhole = isArithmetic && left !== undefined && right !== undefined
      found.set(node, isWhole ? combine(algebra, operation, left, right) : undefined)
    }
  }
  return found.get(root)
}

function combine(algebra: Algebra, operation: Operation, a: Affine, b: Affine): Affine | undefined {
  const each = (f: (x: NodeId, y: NodeId) => NodeId): Affine => ({
    slope: f(a.slope, b.slope),
    intercept: f(a.intercept, b.intercept),
  })
  const times = (x: NodeId, factor: NodeId) => (x === algebra.zero ? x : algebra.multiply(x, factor))
  const scaled = (x: Affine, factor: NodeId): Affine => ({
    slope: times(x.slope, factor),
    intercept: times(x.intercept, factor),
  })
  switch (operation) {
    case Operation.add:
      return each((x, y) => algebra.add(x, y))
    case Operation.subtract:
      return each((x, y) => algebra.subtract(x, y))
    case Operation.negate:
      return each((x) => algebra.negate(x))
    case Operation.multiply:
      if (a.slope === algebra.zero) return scaled(b, a.intercept)
      return b.slope === algebra.zero ? scaled(a, b.intercept) : undefined
    case Operation.divide:
      if (b.slope !== algebra.zero) return undefined
      return {
        slope: algebra.divide(a.slope, b.intercept),
        intercept: a.intercept === algebra.zero ? algebra.zero : algebra.divide(a.intercept, b.intercept),
      }
    default:
      return undefined
  }
}
