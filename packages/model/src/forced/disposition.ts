import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Operation } from '../graph/operation.ts'
import type { LinearCompartments } from '../model.ts'

/** One of the exponentials exp(-slope t) of which amounts in the central and the peripheral compartments are sums. */
export interface Mode {
  readonly slope: NodeId
  /** Its coefficient in compartment [i] after 1 into compartment [j]; the central one is 0. */
  readonly shares: readonly (readonly NodeId[])[]
}

export interface Disposition {
  readonly modes: readonly Mode[]
  /** Least relative distance of two slopes, 1 for one: where it is small, coefficients are large and cancel each other. */
  readonly separation: NodeId
}

/**
 * Slopes and coefficients of one, two or three compartments from their rate constants, each to about rounding.
 *
 * M. Gibaldi, D. Perrier, Pharmacokinetics, 2nd edition, 1982, appendix B.
 */
export function dispositionOf(
  algebra: Algebra,
  { elimination, peripherals }: Pick<LinearCompartments, 'elimination' | 'peripherals'>,
): Disposition {
  const [first, second] = peripherals
  if (first === undefined) {
    return { modes: [{ slope: elimination, shares: [[algebra.one]] }], separation: algebra.one }
  }
  return second === undefined ? two(algebra, elimination, first) : three(algebra, elimination, [first, second])
}

interface Exchange {
  readonly out: NodeId
  readonly back: NodeId
}

/** The distances of the slopes from the return are taken from their product where their difference would cancel. */
function two(algebra: Algebra, elimination: NodeId, { out, back }: Exchange): Disposition {
  const half = algebra.constant(0.5)
  const middle = algebra.multiply(half, algebra.subtract(algebra.add(elimination, out), back))
  const product = algebra.multiply(out, back)
  const root = algebra.unary(Operation.sqrt, algebra.add(algebra.multiply(middle, middle), product))
  const isAbove = algebra.lessEqual(algebra.zero, middle)
  const larger = algebra.add(root, algebra.select(isAbove, middle, algebra.negate(middle)))
  const smaller = algebra.divide(product, larger)
  const above = algebra.select(isAbove, larger, smaller)
  const below = algebra.select(isAbove, smaller, larger)
  const gap = algebra.add(root, root)
  const fast = algebra.add(back, above)
  const slow = algebra.divide(algebra.multiply(elimination, back), fast)
  const over = (rate: NodeId) => algebra.divide(rate, gap)
  const [far, near, gone, returned] = [over(above), over(below), over(out), over(back)]
  return {
    modes: [
      {
        slope: fast,
        shares: [
          [far, algebra.negate(returned)],
          [algebra.negate(gone), near],
        ],
      },
      {
        slope: slow,
        shares: [
          [near, returned],
          [gone, far],
        ],
      },
    ],
    separation: algebra.divide(gap, fast),
  }
}

/**
 * The slopes are the roots of a cubic: the largest by the cosine, sharpened by Newton's method, which makes its derivatives
 * exact, and those of the quadratic that is left.
 */
function three(algebra: Algebra, elimination: NodeId, exchanges: readonly [Exchange, Exchange]): Disposition {
  const add = (...nodes: readonly NodeId[]) => nodes.reduce((a, b) => algebra.add(a, b))
  const times = (...nodes: readonly NodeId[]) => nodes.reduce((a, b) => algebra.multiply(a, b))
  const number = (value: number) => algebra.constant(value)
  const [{ out: k12, back: k21 }, { out: k13, back: k31 }] = exchanges
  // x³ − a x² + b x − c
  const a = add(elimination, k12, k21, k13, k31)
  const b = add(times(elimination, add(k21, k31)), times(k12, k31), times(k13, k21), times(k21, k31))
  const c = times(elimination, k21, k31)
  const third = algebra.divide(a, number(3))
  const spread = algebra.subtract(times(third, third), algebra.divide(b, number(3)))
  const radius = algebra.unary(Operation.sqrt, spread)
  // q(a/3) = -2 spread^(3/2) cos(angle)
  const atThird = algebra.subtract(times(third, algebra.add(algebra.multiply(number(-2 / 3), times(third, a)), b)), c)
  const cosine = algebra.divide(algebra.multiply(number(-0.5), atThird), times(spread, radius))
  const angle = algebra.unary(Operation.acos, algebra.min(algebra.one, algebra.max(number(-1), cosine)))
  const guess = algebra.add(
    third,
    times(number(2), radius, algebra.unary(Operation.cos, algebra.divide(angle, number(3)))),
  )
  const sharpened = (x: NodeId) => {
    const value = algebra.subtract(times(algebra.add(times(algebra.subtract(x, a), x), b), x), c)
    const slope = algebra.add(times(algebra.subtract(times(number(3), x), add(a, a)), x), b)
    return algebra.subtract(x, algebra.divide(value, slope))
  }
  const fast = sharpened(sharpened(guess))
  // the others from their product and sum, of which neither cancels
  const product = algebra.divide(c, fast)
  const sum = algebra.divide(algebra.subtract(b, product), fast)
  const gap = algebra.unary(Operation.sqrt, algebra.subtract(times(sum, sum), times(number(4), product)))
  const middle = times(number(0.5), algebra.add(sum, gap))
  const slow = algebra.divide(product, middle)
  const slopes = [fast, middle, slow]
  const modes = slopes.map((slope, j) => {
    const others = slopes.filter((_, i) => i !== j).map((other) => algebra.subtract(other, slope))
    const distances = times(...others)
    const [from21, from31] = [algebra.subtract(k21, slope), algebra.subtract(k31, slope)]
    const left = algebra.subtract(add(elimination, k12, k13), slope)
    const within = (from: NodeId, out: NodeId, back: NodeId) => algebra.subtract(times(left, from), times(out, back))
    const numerators = [
      [times(from21, from31), times(k21, from31), times(k31, from21)],
      [times(k12, from31), within(from31, k13, k31), times(k12, k31)],
      [times(k13, from21), times(k13, k21), within(from21, k12, k21)],
    ]
    return { slope, shares: numerators.map((row) => row.map((value) => algebra.divide(value, distances))) }
  })
  const separation = algebra.min(
    algebra.divide(algebra.subtract(fast, middle), fast),
    algebra.divide(algebra.subtract(middle, slow), middle),
  )
  return { modes, separation }
}
