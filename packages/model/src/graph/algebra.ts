import type { Graph, NodeId } from './graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { Operation, operate } from './operation.ts'

/** Integer exponents up to this become multiplications; the rest stays a power. */
const largestUnrolledExponent = 64

/**
 * Builds expressions and simplifies them on the way.
 *
 * Rules keep every finite result (up to the sign of a zero): x+0, x·1, x/1, double signs, constants folded with the
 * product's own elementary functions. Nothing is reassociated, and x·0 stays, since x may be infinite.
 */
export class Algebra {
  readonly builder: GraphBuilder
  readonly zero: NodeId
  readonly one: NodeId

  constructor(start?: Graph) {
    this.builder = new GraphBuilder(start)
    this.zero = this.builder.constant(0)
    this.one = this.builder.constant(1)
  }

  constant(value: number): NodeId {
    return this.builder.constant(value)
  }

  get time(): NodeId {
    return this.builder.node(Operation.time)
  }

  state(index: number): NodeId {
    return this.builder.node(Operation.state, index)
  }

  parameter(index: number): NodeId {
    return this.builder.node(Operation.parameter, index)
  }

  switch(index: number): NodeId {
    return this.builder.node(Operation.switch, index)
  }

  dose(index: number): NodeId {
    return this.builder.node(Operation.dose, index)
  }

  isConstant(node: NodeId, value: number): boolean {
    return this.builder.valueOf(node) === value
  }

  add(a: NodeId, b: NodeId): NodeId {
    if (this.#isPlain(a) && this.#isPlain(b)) return this.#ordered(Operation.add, a, b)
    if (this.isConstant(a, 0)) return b
    if (this.isConstant(b, 0)) return a
    const minusB = this.#negated(b)
    if (minusB !== undefined) return this.subtract(a, minusB)
    const minusA = this.#negated(a)
    if (minusA !== undefined) return this.subtract(b, minusA)
    return this.#commutative(Operation.add, a, b)
  }

  subtract(a: NodeId, b: NodeId): NodeId {
    if (this.#isPlain(a) && this.#isPlain(b)) return this.builder.node(Operation.subtract, a, b)
    if (this.isConstant(b, 0)) return a
    if (this.isConstant(a, 0)) return this.negate(b)
    const minusB = this.#negated(b)
    if (minusB !== undefined) return this.add(a, minusB)
    return this.#folded(Operation.subtract, a, b)
  }

  multiply(a: NodeId, b: NodeId): NodeId {
    if (this.#isPlain(a) && this.#isPlain(b)) return this.#ordered(Operation.multiply, a, b)
    if (this.isConstant(a, 1)) return b
    if (this.isConstant(b, 1)) return a
    if (this.isConstant(a, -1)) return this.negate(b)
    if (this.isConstant(b, -1)) return this.negate(a)
    const minusA = this.#negated(a)
    const minusB = this.#negated(b)
    if (minusA !== undefined && minusB !== undefined) return this.multiply(minusA, minusB)
    if (minusA !== undefined) return this.negate(this.multiply(minusA, b))
    if (minusB !== undefined) return this.negate(this.multiply(a, minusB))
    return this.#commutative(Operation.multiply, a, b)
  }

  divide(a: NodeId, b: NodeId): NodeId {
    if (this.#isPlain(a) && this.#isPlain(b)) return this.builder.node(Operation.divide, a, b)
    if (this.isConstant(b, 1)) return a
    if (this.isConstant(b, -1)) return this.negate(a)
    const minusA = this.#negated(a)
    const minusB = this.#negated(b)
    if (minusA !== undefined && minusB !== undefined) return this.divide(minusA, minusB)
    if (minusA !== undefined) return this.negate(this.divide(minusA, b))
    if (minusB !== undefined) return this.negate(this.divide(a, minusB))
    return this.#folded(Operation.divide, a, b)
  }

  negate(a: NodeId): NodeId {
    const minus = this.#negated(a)
    if (minus !== undefined) return minus
    if (this.builder.operation(a) === Operation.subtract) {
      return this.subtract(this.builder.argument(a, 1), this.builder.argument(a, 0))
    }
    return this.unary(Operation.negate, a)
  }

  power(base: NodeId, exponent: NodeId): NodeId {
    const p = this.builder.valueOf(exponent)
    if (p === undefined || this.builder.valueOf(base) !== undefined)
      return this.#folded(Operation.power, base, exponent)
    if (p === 0.5) return this.unary(Operation.sqrt, base)
    if (!Number.isInteger(p) || Math.abs(p) > largestUnrolledExponent)
      return this.#folded(Operation.power, base, exponent)
    if (p < 0) return this.divide(this.one, this.#unrolled(base, -p))
    return this.#unrolled(base, p)
  }

  /** An operation of one argument. */
  unary(operation: Operation, a: NodeId): NodeId {
    const value = this.builder.valueOf(a)
    return value === undefined
      ? this.builder.node(operation, a)
      : this.builder.constant(operate(operation, value, 0, 0))
  }

  /** A special function of one, two or three arguments. */
  call(operation: Operation, ...operands: readonly NodeId[]): NodeId {
    const values = operands.map((operand) => this.builder.valueOf(operand))
    const [a = 0, b = 0, c = 0] = values
    const isFixed = !values.includes(undefined)
    return isFixed ? this.builder.constant(operate(operation, a, b, c)) : this.builder.node(operation, ...operands)
  }

  min(a: NodeId, b: NodeId): NodeId {
    return a === b ? a : this.#folded(Operation.min, a, b)
  }

  max(a: NodeId, b: NodeId): NodeId {
    return a === b ? a : this.#folded(Operation.max, a, b)
  }

  less(a: NodeId, b: NodeId): NodeId {
    return this.#folded(Operation.less, a, b)
  }

  lessEqual(a: NodeId, b: NodeId): NodeId {
    return this.#folded(Operation.lessEqual, a, b)
  }

  equal(a: NodeId, b: NodeId): NodeId {
    return this.#commutative(Operation.equal, a, b)
  }

  notEqual(a: NodeId, b: NodeId): NodeId {
    return this.#commutative(Operation.notEqual, a, b)
  }

  and(a: NodeId, b: NodeId): NodeId {
    return this.#commutative(Operation.and, a, b)
  }

  or(a: NodeId, b: NodeId): NodeId {
    return this.#commutative(Operation.or, a, b)
  }

  not(a: NodeId): NodeId {
    return this.unary(Operation.not, a)
  }

  select(condition: NodeId, yes: NodeId, no: NodeId): NodeId {
    const value = this.builder.valueOf(condition)
    if (value !== undefined) return value !== 0 ? yes : no
    if (yes === no) return yes
    if (this.builder.operation(condition) === Operation.not) {
      return this.select(this.builder.argument(condition, 0), no, yes)
    }
    return this.builder.node(Operation.select, condition, yes, no)
  }

  /** Neither a constant nor a negation: what no rule but those of its own operation changes. */
  #isPlain(node: NodeId): boolean {
    const operation = this.builder.operation(node)
    return operation !== Operation.constant && operation !== Operation.negate
  }

  /** An operation whose arguments may change places: in the order of the nodes. */
  #ordered(operation: Operation, a: NodeId, b: NodeId): NodeId {
    return a <= b ? this.builder.node(operation, a, b) : this.builder.node(operation, b, a)
  }

  /** x where the node is -x, or the opposite of a negative constant. */
  #negated(node: NodeId): NodeId | undefined {
    if (this.builder.operation(node) === Operation.negate) return this.builder.argument(node, 0)
    const value = this.builder.valueOf(node)
    return value !== undefined && value < 0 ? this.builder.constant(-value) : undefined
  }

  #folded(operation: Operation, a: NodeId, b: NodeId): NodeId {
    const left = this.builder.valueOf(a)
    const right = this.builder.valueOf(b)
    if (left === undefined || right === undefined) return this.builder.node(operation, a, b)
    return this.builder.constant(operate(operation, left, right, 0))
  }

  #commutative(operation: Operation, a: NodeId, b: NodeId): NodeId {
    return a <= b ? this.#folded(operation, a, b) : this.#folded(operation, b, a)
  }

  /** base^p by squaring, p a whole number ≥ 0. */
  #unrolled(base: NodeId, p: number): NodeId {
    let result: NodeId | undefined
    let square = base
    for (let rest = p; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = result === undefined ? square : this.multiply(result, square)
      if (rest > 1) square = this.multiply(square, square)
    }
    return result ?? this.one
  }
}
