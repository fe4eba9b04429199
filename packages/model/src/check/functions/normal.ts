import { Operation } from '../../graph/operation.ts'
import { between, shareOf } from './elementary.ts'
import { alias, defaulted, type LanguageFunctions, operation } from './language-function.ts'

const phi = operation(Operation.normalCdf, '(x)', 'probability that a standard normal deviate is at most x')
const quantile = operation(
  Operation.normalQuantile,
  '(p)',
  'x that a standard normal deviate exceeds with probability 1 − p',
)

/** Error functions and the normal distribution. */
export const normal: LanguageFunctions = {
  erf: operation(Operation.erf, '(x)', 'error function'),
  erfc: operation(Operation.erfc, '(x)', '1 − erf(x), accurate for large x'),
  erfinv: operation(Operation.erfInverse, '(x)', 'number whose erf is x'),
  phi,
  normcdf: alias('phi', phi),
  pnorm: defaulted(
    '(x, mean = 0, sd = 1)',
    'probability that a normal deviate is at most x',
    [0, 1],
    (algebra, x, mean, sd) => {
      const deviate = algebra.divide(algebra.subtract(x ?? algebra.zero, mean ?? algebra.zero), sd ?? algebra.one)
      return algebra.unary(Operation.normalCdf, deviate)
    },
  ),
  qnorm: defaulted('(p, mean = 0, sd = 1)', 'quantile p of the normal distribution', [0, 1], (algebra, p, mean, sd) => {
    const deviate = algebra.unary(Operation.normalQuantile, p ?? algebra.zero)
    return algebra.add(mean ?? algebra.zero, algebra.multiply(sd ?? algebra.one, deviate))
  }),
  norminv: quantile,
  probit: defaulted(
    '(p, low = 0, high = 1)',
    'normal quantile of the share of p in (low, high)',
    [0, 1],
    (algebra, p, low, high) => algebra.unary(Operation.normalQuantile, shareOf(algebra, p, low, high)),
  ),
  probitInv: defaulted(
    '(x, low = 0, high = 1)',
    'normal probability of x, onto (low, high)',
    [0, 1],
    (algebra, x, low, high) => between(algebra, algebra.unary(Operation.normalCdf, x ?? algebra.zero), low, high),
  ),
}
