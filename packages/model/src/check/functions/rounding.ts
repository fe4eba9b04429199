import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import { alias, fixed, folded, type LanguageFunctions } from './language-function.ts'

const stepwise = fixed('(x)', 'slope of abs: −1, 0 or 1 as x is negative, 0 or positive', (algebra, x) =>
  sign(algebra, x ?? algebra.zero),
)
const isNoNumber = fixed('(x)', '1 where x is no number', (algebra, x) =>
  algebra.notEqual(x ?? algebra.zero, x ?? algebra.zero),
)

/** Rounding, signs, remainders and tests of numbers; steps, whose slope is 0. */
export const rounding: LanguageFunctions = {
  round: fixed('(x)', 'nearest whole number, halves away from 0', (algebra, x) => round(algebra, x ?? algebra.zero)),
  fround: fixed('(x, digits)', 'x rounded to that many digits after the point', (algebra, x, digits) =>
    roundTo(algebra, x ?? algebra.zero, algebra.unary(Operation.floor, digits ?? algebra.zero)),
  ),
  fprec: fixed('(x, digits)', 'x rounded to that many significant digits', (algebra, x, digits) =>
    significant(algebra, x ?? algebra.zero, digits ?? algebra.one),
  ),
  ftrunc: fixed('(x)', 'x without its fraction', (algebra, x) => algebra.unary(Operation.trunc, x ?? algebra.zero)),
  sign: {
    ...folded('product of the signs of the arguments', (algebra, a, b) => algebra.multiply(a, sign(algebra, b))),
    build: (algebra, operands) =>
      operands.map((x) => sign(algebra, x)).reduce((a, b) => algebra.multiply(a, b), algebra.one),
  },
  fsign: fixed('(x, y)', '|x| with the sign of y', (algebra, x, y) => {
    const size = algebra.unary(Operation.abs, x ?? algebra.zero)
    return algebra.select(algebra.less(y ?? algebra.zero, algebra.zero), algebra.negate(size), size)
  }),
  abs1: fixed('(x)', '|x|, and 1 for x = 0', (algebra, x) => {
    const u = x ?? algebra.zero
    return algebra.select(algebra.equal(u, algebra.zero), algebra.one, algebra.unary(Operation.abs, u))
  }),
  dabs: stepwise,
  dabs1: alias('dabs', stepwise),
  dabs2: fixed('(x)', 'second derivative of abs: 0', (algebra) => algebra.zero),
  'is.nan': isNoNumber,
  'is.na': alias('is.nan', isNoNumber),
  'is.finite': fixed('(x)', '1 where x is a number other than Inf and −Inf', (algebra, x) =>
    algebra.less(algebra.unary(Operation.abs, x ?? algebra.zero), algebra.constant(Number.POSITIVE_INFINITY)),
  ),
  'is.infinite': fixed('(x)', '1 where x is Inf or −Inf', (algebra, x) =>
    algebra.equal(algebra.unary(Operation.abs, x ?? algebra.zero), algebra.constant(Number.POSITIVE_INFINITY)),
  ),
}

/** a %% b, the remainder with the sign of b. */
export function modulo(algebra: Algebra, a: NodeId, b: NodeId): NodeId {
  return algebra.call(Operation.modulo, a, b)
}

/** A NaN stays. */
function sign(algebra: Algebra, x: NodeId): NodeId {
  const { zero, one } = algebra
  const orZero = algebra.select(algebra.less(x, zero), algebra.constant(-1), algebra.unary(Operation.trunc, x))
  return algebra.select(algebra.less(zero, x), one, orZero)
}

function round(algebra: Algebra, x: NodeId): NodeId {
  const whole = algebra.unary(Operation.trunc, x)
  const rest = algebra.subtract(x, whole)
  const up = algebra.lessEqual(algebra.constant(0.5), rest)
  const down = algebra.lessEqual(rest, algebra.constant(-0.5))
  const orDown = algebra.select(down, algebra.subtract(whole, algebra.one), whole)
  return algebra.select(up, algebra.add(whole, algebra.one), orDown)
}

/** Rounded to a multiple of 10^(−digits), by a power of ten that is a whole number. */
function roundTo(algebra: Algebra, x: NodeId, digits: NodeId): NodeId {
  const power = algebra.power(algebra.constant(10), algebra.unary(Operation.abs, digits))
  const fine = algebra.divide(round(algebra, algebra.multiply(x, power)), power)
  const coarse = algebra.multiply(round(algebra, algebra.divide(x, power)), power)
  const isFine = algebra.lessEqual(algebra.zero, digits)
  return algebra.select(isFine, fine, coarse)
}

function significant(algebra: Algebra, x: NodeId, digits: NodeId): NodeId {
  const { zero, one } = algebra
  const size = algebra.unary(Operation.log10, algebra.unary(Operation.abs, x))
  const count = algebra.max(one, algebra.unary(Operation.floor, algebra.add(digits, algebra.constant(0.5))))
  const after = algebra.subtract(algebra.subtract(count, one), algebra.unary(Operation.floor, size))
  return algebra.select(algebra.equal(x, zero), zero, roundTo(algebra, x, after))
}
