import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence } from '../graph/graph-builder.ts'
import { arity, Operation } from '../graph/operation.ts'
import type { DoseInput } from '../model.ts'
import { functions } from './functions.ts'

/** The dose inputs of a model, each once. */
export class DoseInputs {
  readonly #algebra: Algebra
  readonly #list: DoseInput[] = []
  readonly #numbers = new Map<string, number>()

  constructor(algebra: Algebra) {
    this.#algebra = algebra
  }

  get list(): readonly DoseInput[] {
    return this.#list
  }

  node(quantity: DoseInput['quantity'], state: number | undefined): NodeId {
    const key = `${quantity} ${state ?? ''}`
    const before = quantity === 'podo' || quantity === 'dosenum' ? 0 : Number.NaN
    const number = this.#numbers.get(key) ?? this.#list.push({ quantity, state, before }) - 1
    this.#numbers.set(key, number)
    return this.#algebra.dose(number)
  }

  /** An input that is linear in time: the value at a node, and a slope from there. */
  linear(parameter: number): NodeId {
    const algebra = this.#algebra
    const leaf = (quantity: 'slope' | 'since') => {
      const key = `${quantity} of ${parameter}`
      const number = this.#numbers.get(key) ?? this.#list.push({ quantity, parameter, state: undefined, before: 0 }) - 1
      this.#numbers.set(key, number)
      return algebra.dose(number)
    }
    const passed = algebra.subtract(algebra.time, leaf('since'))
    return algebra.add(algebra.parameter(parameter), algebra.multiply(leaf('slope'), passed))
  }

  /** Whether a node needs anything of doses; a linear input does not. */
  isOfDoses(root: NodeId): boolean {
    const { builder } = this.#algebra
    const seen = new Set<NodeId>()
    const stack = [root]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen.has(node) || !builder.dependsOn(node, Dependence.dose)) continue
      seen.add(node)
      const operation = builder.operation(node)
      const isDose = operation === Operation.dose && this.#list[builder.argument(node, 0)]?.parameter === undefined
      if (isDose) return true
      const operands = arity[operation] ?? 0
      if (operands > 0) stack.push(builder.argument(node, 0))
      if (operands > 1) stack.push(builder.argument(node, 1))
      if (operands > 2) stack.push(builder.argument(node, 2))
    }
    return false
  }
}

/** A function of the doses given so far; its one argument is a state, or none for the doses into all. */
export interface DoseFunction {
  readonly signature: string
  readonly summary: string
  readonly build: (algebra: Algebra, doses: DoseInputs, state: number | undefined) => NodeId
}

/** 0 before the first dose, then `value`. */
function sinceFirst(algebra: Algebra, doses: DoseInputs, state: number | undefined, value: NodeId): NodeId {
  return algebra.select(algebra.equal(doses.node('dosenum', state), algebra.zero), algebra.zero, value)
}

/** The functions of doses, by name; each may also stand as a bare name. */
export const doseFunctions: ReadonlyMap<string, DoseFunction> = new Map<string, DoseFunction>([
  ['tad', timeSince('tlast', 'time after the last dose; NaN before the first')],
  ['tafd', timeSince('tfirst', 'time after the first dose; NaN before it')],
  ['tad0', timeSince0('tlast', 'time after the last dose; 0 before the first')],
  ['tafd0', timeSince0('tfirst', 'time after the first dose; 0 before it')],
  ['tlast', plain('tlast', 'time of the last dose; NaN before the first')],
  ['tfirst', plain('tfirst', 'time of the first dose; NaN before it')],
  ['tlast0', plain0('tlast', 'time of the last dose; 0 before the first')],
  ['tfirst0', plain0('tfirst', 'time of the first dose; 0 before it')],
  ['podo', plain('podo', 'amount of the last dose, before bioavailability; 0 before the first')],
  ['podo0', plain('podo', 'amount of the last dose, before bioavailability; 0 before the first')],
  ['dose', plain('dose', 'amount of the last dose; NaN before the first')],
  ['dose0', plain0('dose', 'amount of the last dose; 0 before the first')],
  ['dosenum', plain('dosenum', 'number of doses so far')],
])

function plain(quantity: DoseInput['quantity'], summary: string): DoseFunction {
  return { signature: '() or (state)', summary, build: (_, doses, state) => doses.node(quantity, state) }
}

function plain0(quantity: DoseInput['quantity'], summary: string): DoseFunction {
  return {
    signature: '() or (state)',
    summary,
    build: (algebra, doses, state) => sinceFirst(algebra, doses, state, doses.node(quantity, state)),
  }
}

function timeSince(quantity: 'tlast' | 'tfirst', summary: string): DoseFunction {
  return {
    signature: '() or (state)',
    summary,
    build: (algebra, doses, state) => algebra.subtract(algebra.time, doses.node(quantity, state)),
  }
}

function timeSince0(quantity: 'tlast' | 'tfirst', summary: string): DoseFunction {
  return {
    signature: '() or (state)',
    summary,
    build: (algebra, doses, state) =>
      sinceFirst(algebra, doses, state, algebra.subtract(algebra.time, doses.node(quantity, state))),
  }
}

/**
 * transit(n, mtt) or transit(n, mtt, bio): the rate at which the last dose leaves a chain of n transit compartments,
 * dose · bio · ktr · (ktr·tad)^n · exp(-ktr·tad) / n! with ktr = (n + 1)/mtt, for real n; 0 before the first dose.
 *
 * Savic et al., J Pharmacokinet Pharmacodyn 34:711, 2007, equation 2.
 */
export function buildTransit(
  algebra: Algebra,
  doses: DoseInputs,
  state: number | undefined,
  operands: readonly NodeId[],
): NodeId {
  const [n = algebra.zero, mtt = algebra.one, bio = algebra.one] = operands
  const call = (name: string, x: NodeId) => functions.get(name)?.build(algebra, [x]) ?? algebra.constant(Number.NaN)
  const next = algebra.add(n, algebra.one)
  const rate = algebra.divide(next, mtt)
  const passed = algebra.multiply(rate, algebra.subtract(algebra.time, doses.node('tlast', state)))
  // in logarithms, since powers and factorials overflow for long chains; 0^0 is 1
  const exponent = algebra.subtract(
    algebra.subtract(algebra.multiply(n, call('log', passed)), passed),
    call('lgamma', next),
  )
  const atStart = algebra.select(algebra.equal(n, algebra.zero), algebra.one, algebra.zero)
  const density = algebra.select(algebra.equal(passed, algebra.zero), atStart, call('exp', exponent))
  const amount = algebra.multiply(algebra.multiply(doses.node('podo', state), bio), algebra.multiply(rate, density))
  return sinceFirst(algebra, doses, state, amount)
}
