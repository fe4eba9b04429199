import { expCoefficients } from '../../exp-coefficients.ts'
import { logCoefficients } from '../../log-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber, Operand } from '../lane-value.ts'
import { type LaneWords, productError } from './lane-words.ts'

const { ln2High, ln2Low } = expCoefficients
const { offsetHighWord, p } = logCoefficients
const [p0, p1, p2, p3, p4, p5] = p

/** Adding and subtracting 1.5·2^32 rounds to a multiple of 2^-20. */
const splitter = 6442450944

const offset = BigInt(offsetHighWord) << 32n
const smallestNormal = 2.2250738585072014e-308
const two54 = 18014398509481984

/** x = 2^k z with z/c − 1 = rHigh + rLow; all exact. */
interface ReducedLogarithm {
  readonly k: LaneNumber
  readonly lnHigh: LaneNumber
  readonly lnLow: LaneNumber
  readonly rHigh: LaneNumber
  readonly rLow: LaneNumber
}

function reduce(lane: LaneAssembler, x: LaneNumber, excess?: Operand): ReducedLogarithm {
  // bits of x/offset with an exponent biased by 1024 so that it is positive
  const bits = lane.addBits(lane.bitsOf(x), (1024n << 52n) - offset)
  const index = lane.andBits(lane.shiftRight(bits, 40), 127n << 5n)
  const [inverse = x, lnHigh = x, lnLow = x] = lane.row('log', index, 3)
  const z = lane.numberOf(lane.addBits(lane.andBits(bits, (1n << 52n) - 1n), offset))
  // the exponent as low bits of 2^52 + 1024 + k
  const biased = lane.numberOf(lane.orBits(lane.shiftRight(bits, 52), 0x4330_0000_0000_0000n))
  const exponent = lane.subtract(biased, 4503599627370496 + 1024)
  const k = excess === undefined ? exponent : lane.subtract(exponent, excess)
  const zHigh = lane.subtract(lane.add(z, splitter), splitter)
  const rHigh = lane.subtract(lane.multiply(zHigh, inverse), 1)
  const rLow = lane.multiply(lane.subtract(z, zHigh), inverse)
  return { k, lnHigh, lnLow, rHigh, rLow }
}

/** logTwoWords in lanes, for positive normal x; ln 2 · excess is taken off. */
export function logTwoWordsNormal(lane: LaneAssembler, x: LaneNumber, excess?: Operand): LaneWords {
  const { k, lnHigh, lnLow, rHigh, rLow } = reduce(lane, x, excess)
  const r = lane.add(rHigh, rLow)
  const rError = lane.add(lane.subtract(rHigh, r), rLow)
  const t = lane.add(lane.multiply(k, ln2High), lnHigh)
  const t1 = lane.add(t, r)
  const e1 = lane.add(lane.subtract(t, t1), r)
  const half = lane.multiply(-0.5, r)
  const halfHigh = lane.multiply(-0.5, rHigh)
  const squareHigh = lane.multiply(rHigh, halfHigh)
  const high = lane.add(t1, squareHigh)
  const e2 = lane.add(lane.subtract(t1, high), squareHigh)
  const squareLow = lane.multiply(rLow, lane.add(half, halfHigh))
  const r2 = lane.multiply(r, r)
  const linear = (a: number, b: number) => lane.add(a, lane.multiply(r, b))
  const start = lane.add(linear(p0, p1), lane.multiply(r2, linear(p2, p3)))
  const series = lane.add(start, lane.multiply(lane.multiply(r2, r2), linear(p4, p5)))
  const cube = lane.multiply(lane.multiply(r2, r), series)
  const constants = lane.add(lane.multiply(k, ln2Low), lnLow)
  const errors = lane.add(lane.add(constants, rError), lane.add(e1, e2))
  return { high, low: lane.add(lane.add(errors, squareLow), cube) }
}

/** logTwoWords in lanes, for positive finite x. */
export function logTwoWords(lane: LaneAssembler, x: LaneNumber): LaneWords {
  const subnormal = lane.less(x, smallestNormal)
  const normal = lane.select(subnormal, lane.multiply(x, two54), x)
  return logTwoWordsNormal(lane, normal, lane.select(subnormal, 54, 0))
}

/** log, log2 and log10 where x is not positive and finite, else the value. */
export function withLogSpecials(lane: LaneAssembler, x: LaneNumber, value: LaneNumber): LaneNumber {
  const special = lane.select(lane.equal(x, 0), -Infinity, lane.select(lane.less(0, x), x, NaN))
  return lane.select(lane.and(lane.less(0, x), lane.less(x, Infinity)), value, special)
}

export function log(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.ifAny(
    lane.notNormal(x),
    () => lane.call('logWide', x),
    () => logNormal(lane, x),
  )
}

/** log for every x. */
export function logWide(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const subnormal = lane.less(x, smallestNormal)
  const normal = lane.select(subnormal, lane.multiply(x, two54), x)
  return withLogSpecials(lane, x, logNormal(lane, normal, lane.select(subnormal, 54, 0)))
}

function logNormal(lane: LaneAssembler, x: LaneNumber, excess?: Operand): LaneNumber {
  const { k, lnHigh, lnLow, rHigh, rLow } = reduce(lane, x, excess)
  const r = lane.add(rHigh, rLow)
  const t = lane.add(lane.multiply(k, ln2High), lnHigh)
  const head = lane.add(t, r)
  const rError = lane.add(lane.subtract(rHigh, r), rLow)
  const headError = lane.add(lane.subtract(t, head), r)
  const low = lane.add(lane.add(lane.multiply(k, ln2Low), lnLow), lane.add(rError, headError))
  const r2 = lane.multiply(r, r)
  const linear = (a: number, b: number) => lane.add(a, lane.multiply(r, b))
  const start = lane.add(linear(-0.5, p0), lane.multiply(r2, linear(p1, p2)))
  const series = lane.add(start, lane.multiply(lane.multiply(r2, r2), linear(p3, p4)))
  return lane.add(head, lane.add(low, lane.multiply(r2, series)))
}

export function log1p(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const sum = lane.add(1, x)
  return lane.ifAny(
    lane.notNormal(sum),
    () => lane.call('log1pWide', x),
    () => log1pOfSum(lane, x, sum),
  )
}

/** log1p for every x. */
export function log1pWide(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const value = log1pOfSum(lane, x, lane.add(1, x))
  const special = lane.select(lane.equal(x, -1), -Infinity, lane.select(lane.less(0, x), x, NaN))
  return lane.select(lane.and(lane.less(-1, x), lane.less(x, Infinity)), value, special)
}

function log1pOfSum(lane: LaneAssembler, x: LaneNumber, sum: LaneNumber): LaneNumber {
  const fromOne = lane.add(lane.subtract(1, sum), x)
  const lost = lane.select(lane.less(x, 1), fromOne, lane.add(lane.subtract(x, sum), 1))
  const { high, low } = logTwoWordsNormal(lane, sum)
  const value = lane.add(high, lane.add(low, lane.divide(lost, sum)))
  return lane.select(lane.less(lane.absolute(x), 1.1102230246251565e-16), x, value)
}

/** log2 and log10: ln x times 1 / ln base, given in two words. */
function logToBase(lane: LaneAssembler, { high, low }: LaneWords, inverse: number, inverseLow: number): LaneNumber {
  const product = lane.multiply(high, inverse)
  const factor = lane.constant(inverse)
  const rest = lane.add(lane.multiply(high, inverseLow), lane.multiply(low, inverse))
  return lane.add(product, lane.add(productError(lane, high, factor, product), rest))
}

function logOfBase(
  name: 'log2' | 'log10',
  inverse: number,
  inverseLow: number,
): {
  common: (lane: LaneAssembler, x: LaneNumber) => LaneNumber
  wide: (lane: LaneAssembler, x: LaneNumber) => LaneNumber
} {
  return {
    common: (lane, x) =>
      lane.ifAny(
        lane.notNormal(x),
        () => lane.call(`${name}Wide`, x),
        () => logToBase(lane, logTwoWordsNormal(lane, x), inverse, inverseLow),
      ),
    wide: (lane, x) => withLogSpecials(lane, x, logToBase(lane, logTwoWords(lane, x), inverse, inverseLow)),
  }
}

export const { common: log2, wide: log2Wide } = logOfBase('log2', Math.LOG2E, 2.0355273740931033e-17)
export const { common: log10, wide: log10Wide } = logOfBase('log10', Math.LOG10E, 1.098319650216765e-17)

export function logit(lane: LaneAssembler, p: LaneNumber): LaneNumber {
  const complement = lane.subtract(1, p)
  return lane.ifAny(
    lane.or(lane.notNormal(p), lane.notNormal(complement)),
    () => lane.call('logitWide', p),
    () => logitOf(lane, p, complement, logTwoWordsNormal(lane, p)),
  )
}

/** logit for every p. */
export function logitWide(lane: LaneAssembler, p: LaneNumber): LaneNumber {
  const value = logitOf(lane, p, lane.subtract(1, p), logTwoWords(lane, p))
  const special = lane.select(lane.equal(p, 0), -Infinity, lane.select(lane.equal(p, 1), Infinity, NaN))
  return lane.select(lane.and(lane.less(0, p), lane.less(p, 1)), value, special)
}

function logitOf(lane: LaneAssembler, p: LaneNumber, complement: LaneNumber, log: LaneWords): LaneNumber {
  const excess = lane.subtract(p, 0.5)
  return lane.branch(
    lane.less(lane.absolute(excess), 0.05),
    () => lane.call('log1p', lane.divide(lane.add(excess, excess), complement)),
    () => {
      const lost = lane.subtract(lane.subtract(1, complement), p)
      const other = logTwoWordsNormal(lane, complement)
      const otherLow = lane.add(other.low, lane.divide(lost, complement))
      return lane.add(lane.subtract(log.high, other.high), lane.subtract(log.low, otherLow))
    },
  )
}
