import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { type Formula, formula } from './formula.ts'
import { lchoose } from './gamma-family.ts'
import type { LanguageFunction, LanguageFunctions } from './language-function.ts'

/** ln √(2π) and ln π */
const lnRootTwoPi = 0.9189385332046728
const lnPi = 1.1447298858494002

type Write = (f: Formula, x: NodeId, p: NodeId, q: NodeId, r: NodeId) => NodeId

/** A distribution: its parameters, its log density and the slopes of that by some of them. */
interface Likelihood {
  readonly name: string
  readonly of: string
  readonly parameters: readonly string[]
  readonly value: (f: Formula, x: NodeId, p: NodeId, q: NodeId, r: NodeId, algebra: Algebra) => NodeId
  readonly slopes: Readonly<Record<string, Write>>
  /** Where the density is not 0, as far as x decides. */
  readonly support?: (algebra: Algebra, x: NodeId, p: NodeId, q: NodeId) => NodeId
}

const notNegative = (algebra: Algebra, x: NodeId): NodeId => algebra.lessEqual(algebra.zero, x)
const positive = (algebra: Algebra, x: NodeId): NodeId => algebra.less(algebra.zero, x)

const distributions: readonly Likelihood[] = [
  {
    name: 'Norm',
    of: 'normal',
    parameters: ['mean', 'sd'],
    value: (f, x, mean, sd) =>
      f.minus(f.negative(f.half(f.square(deviate(f, x, mean, sd)))), f.sum(f.log(sd), f.number(lnRootTwoPi))),
    slopes: {
      mean: (f, x, mean, sd) => f.over(deviate(f, x, mean, sd), sd),
      sd: (f, x, mean, sd) => f.over(f.minus(f.square(deviate(f, x, mean, sd)), f.number(1)), sd),
    },
  },
  {
    name: 'Pois',
    of: 'Poisson',
    parameters: ['lambda'],
    value: (f, x, lambda) => f.minus(f.minus(f.xlogy(x, lambda), lambda), f.lgamma(f.sum(x, f.number(1)))),
    slopes: { lambda: (f, x, lambda) => f.minus(f.over(x, lambda), f.number(1)) },
    support: notNegative,
  },
  {
    name: 'Binom',
    of: 'binomial',
    parameters: ['size', 'prob'],
    value: (f, x, size, prob, _, algebra) =>
      f.sum(lchoose(algebra, size, x), f.xlogy(x, prob), f.xlog1py(f.minus(size, x), f.negative(prob))),
    slopes: {
      prob: (f, x, size, prob) => f.minus(f.over(x, prob), f.over(f.minus(size, x), f.minus(f.number(1), prob))),
    },
    support: (algebra, x, size) => algebra.and(notNegative(algebra, x), algebra.lessEqual(x, size)),
  },
  {
    name: 'Nbinom',
    of: 'negative binomial',
    parameters: ['size', 'prob'],
    value: (f, x, size, prob) => f.sum(waysToWait(f, x, size), f.xlogy(size, prob), f.xlog1py(x, f.negative(prob))),
    slopes: { prob: (f, x, size, prob) => f.minus(f.over(size, prob), f.over(x, f.minus(f.number(1), prob))) },
    support: notNegative,
  },
  {
    name: 'NbinomMu',
    of: 'negative binomial',
    parameters: ['size', 'mu'],
    value: (f, x, size, mu) =>
      f.sum(
        waysToWait(f, x, size),
        f.negative(f.product(size, f.log1p(f.over(mu, size)))),
        f.xlogy(x, f.over(mu, f.sum(size, mu))),
      ),
    slopes: { mu: (f, x, size, mu) => f.minus(f.over(x, mu), f.over(f.sum(x, size), f.sum(mu, size))) },
    support: notNegative,
  },
  {
    name: 'Beta',
    of: 'beta',
    parameters: ['shape1', 'shape2'],
    value: (f, x, a, b) =>
      f.minus(
        f.sum(f.xlogy(f.minus(a, f.number(1)), x), f.xlog1py(f.minus(b, f.number(1)), f.negative(x))),
        f.lbeta(a, b),
      ),
    slopes: {
      shape1: (f, x, a, b) => f.sum(f.log(x), f.minus(f.digamma(f.sum(a, b)), f.digamma(a))),
      shape2: (f, x, a, b) => f.sum(f.log1p(f.negative(x)), f.minus(f.digamma(f.sum(a, b)), f.digamma(b))),
    },
    support: (algebra, x) => algebra.and(notNegative(algebra, x), algebra.lessEqual(x, algebra.one)),
  },
  {
    name: 'T',
    of: 'Student t',
    parameters: ['df', 'mean', 'sd'],
    value: (f, x, df, mean, sd) => {
      const z = f.over(f.square(deviate(f, x, mean, sd)), df)
      const tail = f.product(f.half(f.sum(df, f.number(1))), f.log1p(z))
      return f.negative(f.sum(f.lbeta(f.number(0.5), f.half(df)), f.half(f.log(df)), f.log(sd), tail))
    },
    slopes: {
      df: (f, x, df, mean, sd) => {
        const z = f.square(deviate(f, x, mean, sd))
        const pull = f.over(f.product(f.sum(df, f.number(1)), z), f.product(df, f.sum(df, z)))
        const gammas = f.minus(f.digamma(f.half(f.sum(df, f.number(1)))), f.digamma(f.half(df)))
        return f.half(f.sum(f.minus(gammas, f.over(f.number(1), df)), f.minus(pull, f.log1p(f.over(z, df)))))
      },
      mean: (f, x, df, mean, sd) => f.over(f.product(weight(f, x, df, mean, sd), deviate(f, x, mean, sd)), sd),
      sd: (f, x, df, mean, sd) => {
        const pull = f.product(weight(f, x, df, mean, sd), f.square(deviate(f, x, mean, sd)))
        return f.over(f.minus(pull, f.number(1)), sd)
      },
    },
  },
  {
    name: 'Chisq',
    of: 'chi-squared',
    parameters: ['df'],
    value: (f, x, df) => {
      const half = f.half(df)
      const power = f.xlogy(f.minus(half, f.number(1)), x)
      return f.minus(f.minus(power, f.half(x)), f.sum(f.product(half, f.number(Math.LN2)), f.lgamma(half)))
    },
    slopes: { df: (f, x, df) => f.half(f.minus(f.log(f.half(x)), f.digamma(f.half(df)))) },
    support: notNegative,
  },
  {
    name: 'Exp',
    of: 'exponential',
    parameters: ['rate'],
    value: (f, x, rate) => f.minus(f.log(rate), f.product(rate, x)),
    slopes: { rate: (f, x, rate) => f.minus(f.over(f.number(1), rate), x) },
    support: notNegative,
  },
  {
    name: 'F',
    of: 'F',
    parameters: ['df1', 'df2'],
    value: (f, x, m, n) => {
      const share = f.sum(f.product(f.half(m), f.log(m)), f.product(f.half(n), f.log(n)))
      const power = f.xlogy(f.minus(f.half(m), f.number(1)), x)
      const tail = f.product(f.half(f.sum(m, n)), f.log(f.sum(n, f.product(m, x))))
      return f.minus(f.minus(f.sum(share, power), tail), f.lbeta(f.half(m), f.half(n)))
    },
    slopes: {
      df1: (f, x, m, n) => {
        const all = f.sum(n, f.product(m, x))
        const logs = f.minus(f.sum(f.log(m), f.log(x), f.number(1)), f.log(all))
        return f.half(f.sum(f.minus(logs, f.over(f.product(f.sum(m, n), x), all)), gammasOfHalf(f, m, n)))
      },
      df2: (f, x, m, n) => {
        const all = f.sum(n, f.product(m, x))
        const logs = f.minus(f.sum(f.log(n), f.number(1)), f.log(all))
        return f.half(f.sum(f.minus(logs, f.over(f.sum(m, n), all)), gammasOfHalf(f, n, m)))
      },
    },
    support: positive,
  },
  {
    name: 'Geom',
    of: 'geometric',
    parameters: ['prob'],
    value: (f, x, prob) => f.sum(f.log(prob), f.xlog1py(x, f.negative(prob))),
    slopes: { prob: (f, x, prob) => f.minus(f.over(f.number(1), prob), f.over(x, f.minus(f.number(1), prob))) },
    support: notNegative,
  },
  {
    name: 'Unif',
    of: 'uniform',
    parameters: ['alpha', 'beta'],
    value: (f, _, alpha, beta) => f.negative(f.log(f.minus(beta, alpha))),
    slopes: {
      alpha: (f, _, alpha, beta) => f.over(f.number(1), f.minus(beta, alpha)),
      beta: (f, _, alpha, beta) => f.over(f.number(-1), f.minus(beta, alpha)),
    },
    support: (algebra, x, alpha, beta) => algebra.and(algebra.lessEqual(alpha, x), algebra.lessEqual(x, beta)),
  },
  {
    name: 'Weibull',
    of: 'Weibull',
    parameters: ['shape', 'scale'],
    value: (f, x, shape, scale) => {
      const share = f.over(x, scale)
      const power = f.xlogy(f.minus(shape, f.number(1)), share)
      return f.minus(f.sum(f.log(f.over(shape, scale)), power), f.exp(f.product(shape, f.log(share))))
    },
    slopes: {
      shape: (f, x, shape, scale) => {
        const log = f.log(f.over(x, scale))
        const rest = f.minus(f.number(1), f.exp(f.product(shape, log)))
        return f.sum(f.over(f.number(1), shape), f.product(log, rest))
      },
      scale: (f, x, shape, scale) => {
        const hazard = f.exp(f.product(shape, f.log(f.over(x, scale))))
        return f.product(f.over(shape, scale), f.minus(hazard, f.number(1)))
      },
    },
    support: notNegative,
  },
  {
    name: 'Gamma',
    of: 'gamma',
    parameters: ['shape', 'rate'],
    value: (f, x, shape, rate) => {
      const power = f.xlogy(f.minus(shape, f.number(1)), x)
      return f.minus(f.sum(f.product(shape, f.log(rate)), power), f.sum(f.product(rate, x), f.lgamma(shape)))
    },
    slopes: {
      shape: (f, x, shape, rate) => f.minus(f.log(f.product(rate, x)), f.digamma(shape)),
      rate: (f, x, shape, rate) => f.minus(f.over(shape, rate), x),
    },
    support: notNegative,
  },
  {
    name: 'Cauchy',
    of: 'Cauchy',
    parameters: ['location', 'scale'],
    value: (f, x, location, scale) =>
      f.negative(f.sum(f.log(scale), f.log1p(f.square(deviate(f, x, location, scale))), f.number(lnPi))),
    slopes: {
      location: (f, x, location, scale) => {
        const z = deviate(f, x, location, scale)
        return f.over(f.product(f.number(2), z), f.product(scale, f.sum(f.number(1), f.square(z))))
      },
      scale: (f, x, location, scale) => {
        const square = f.square(deviate(f, x, location, scale))
        return f.over(f.minus(square, f.number(1)), f.product(scale, f.sum(f.number(1), square)))
      },
    },
  },
]

function deviate(f: Formula, x: NodeId, location: NodeId, scale: NodeId): NodeId {
  return f.over(f.minus(x, location), scale)
}

/** (ν + 1)/(ν + z²), by which the t distribution weighs a deviate. */
function weight(f: Formula, x: NodeId, df: NodeId, mean: NodeId, sd: NodeId): NodeId {
  return f.over(f.sum(df, f.number(1)), f.sum(df, f.square(deviate(f, x, mean, sd))))
}

/** ln Γ(x + size)/(Γ(size) x!) = −ln(x + size) − ln B(size, x + 1). */
function waysToWait(f: Formula, x: NodeId, size: NodeId): NodeId {
  return f.negative(f.sum(f.log(f.sum(x, size)), f.lbeta(size, f.sum(x, f.number(1)))))
}

/** ψ((m + n)/2) − ψ(m/2). */
function gammasOfHalf(f: Formula, m: NodeId, n: NodeId): NodeId {
  return f.minus(f.digamma(f.half(f.sum(m, n))), f.digamma(f.half(m)))
}

/**
 * Log likelihoods `llikNorm(x, mean, sd)`, their slopes `llikNormDmean(x, mean, sd)`, and both with a number in front that
 * says which of several places is meant, which has no bearing here: `llikXNorm(i, x, mean, sd)`.
 */
export const likelihoods: LanguageFunctions = Object.fromEntries(
  distributions.flatMap((distribution) => {
    const { name, of, value, slopes } = distribution
    const log = likelihood(distribution, `log density of the ${of} distribution at x`, value, -Infinity)
    const both = (suffix: string, made: LanguageFunction): [string, LanguageFunction][] => [
      [`llik${name}${suffix}`, made],
      [`llikX${name}${suffix}`, placed(made)],
    ]
    return [
      ...both('', log),
      ...Object.entries(slopes).flatMap(([parameter, write]) =>
        both(`D${parameter}`, likelihood(distribution, `slope of llik${name} by ${parameter}`, write, 0)),
      ),
    ]
  }),
)

/** `outside`: the value where the density is 0. */
function likelihood(
  { parameters, support }: Likelihood,
  summary: string,
  write: Likelihood['value'],
  outside: number,
): LanguageFunction {
  return {
    least: 1 + parameters.length,
    most: 1 + parameters.length,
    signature: `(${['x', ...parameters].join(', ')})`,
    summary,
    build: (algebra, [x = algebra.zero, p = algebra.zero, q = algebra.zero, r = algebra.zero]) => {
      const inside = write(formula(algebra), x, p, q, r, algebra)
      return support === undefined
        ? inside
        : algebra.select(support(algebra, x, p, q), inside, algebra.constant(outside))
    },
  }
}

/** The same with the number of a place in front. */
function placed({ least, most, signature, summary, build }: LanguageFunction): LanguageFunction {
  return {
    least: least + 1,
    most: most + 1,
    signature: signature.replace('(', '(i, '),
    summary,
    build: (algebra, [, ...operands]) => build(algebra, operands),
  }
}
