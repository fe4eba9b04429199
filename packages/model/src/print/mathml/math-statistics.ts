import type { ContinuousError, ErrorArgument, ErrorModel, ErrorTransform, OmegaBlock } from '../../model.ts'
import type { MathRow } from './math-equation.ts'
import { mathValue } from './math-expression.ts'
import type { MathNames } from './math-names.ts'
import { applied, branch, column, fenced, leaf, type MathNode, row } from './math-node.ts'

const isDrawn = leaf('mo', '∼')
// browsers leave none after this sign at the beginning of a line
const space = leaf('mtext', '\u2005')
const standardNormal = applied(leaf('mi', '𝒩'), [leaf('mn', '0'), leaf('mn', '1')])

/** The distribution of a block of random effects. */
export function mathRandomEffects({ names: effects, lower, level }: OmegaBlock, names: MathNames): MathRow {
  const entry = (k: number, l: number): MathNode => {
    const [i, j] = k >= l ? [k, l] : [l, k]
    return mathValue(lower[(i * (i + 1)) / 2 + j] ?? Number.NaN)
  }
  const signs = effects.map((name) => names.of(name))
  const isOne = signs.length === 1
  const left = isOne ? row(...signs) : fenced(column(signs.map((sign) => [sign])))
  const variance = isOne ? entry(0, 0) : fenced(column(signs.map((_, k) => signs.map((__, l) => entry(k, l)))))
  const per = level === 'id' ? [] : [leaf('mtext', `\u2003per ${level}`)]
  const distribution = applied(leaf('mi', '𝒩'), [leaf('mn', '0'), variance])
  return { left, lines: [row(isDrawn, space, distribution, ...per)], name: '', of: 'distribution' }
}

/** A residual error; ε has mean 0 and standard deviation or scale 1. */
export function mathResidualError(errorModel: ErrorModel, names: MathNames): MathRow {
  const observed = branch('msup', names.of(errorModel.name), leaf('mtext', 'obs'))
  const { endpoint, name } = errorModel
  const told = endpoint === name ? [] : [leaf('mtext', `\u2003(${endpoint})`)]
  const drawn = (word: string, ...given: readonly MathNode[]): MathRow => ({
    left: observed,
    lines: [row(isDrawn, space, applied(leaf('mi', word), given), ...told)],
    name,
    of: 'distribution',
  })
  switch (errorModel.kind) {
    case 'continuous':
      return { ...continuous(errorModel, observed, names, told), name, of: 'distribution' }
    case 'poisson':
      return drawn('Poisson', argument(errorModel.mean, names))
    case 'binomial':
      return drawn('Binomial', argument(errorModel.trials, names), argument(errorModel.probability, names))
  }
}

function continuous(
  { name, transform, additive, proportional, combination, distribution }: ContinuousError,
  observed: MathNode,
  names: MathNames,
  told: readonly MathNode[],
): Pick<MathRow, 'left' | 'lines'> {
  const prediction = names.of(name)
  const parts: MathNode[] = []
  if (additive !== undefined) parts.push(argument(additive, names))
  if (proportional !== undefined) {
    const { coefficient, exponent } = proportional
    const isLinear = exponent.kind === 'number' && exponent.value === 1
    const power = isLinear ? prediction : branch('msup', prediction, argument(exponent, names))
    parts.push(row(argument(coefficient, names), leaf('mo', '·'), power))
  }
  const [only = leaf('mn', '0'), second] = parts
  const sum = (terms: readonly MathNode[]) =>
    row(...terms.flatMap((term, k) => (k === 0 ? [term] : [leaf('mo', '+'), term])))
  const deviation =
    second === undefined
      ? only
      : combination === 'variance'
        ? branch('msqrt', sum(parts.map((part) => branch('msup', fenced(part), leaf('mn', '2')))))
        : fenced(sum(parts))
  const error =
    distribution.kind === 'normal'
      ? standardNormal
      : branch('msub', leaf('mi', 't'), argument(distribution.degreesOfFreedom, names))
  const scale = (of: MathNode) => transformed(transform, of, names)
  const epsilon = leaf('mi', 'ε')
  const right = row(
    leaf('mo', '='),
    scale(prediction),
    leaf('mo', '+'),
    deviation,
    leaf('mo', '·'),
    epsilon,
    leaf('mo', ','),
    leaf('mtext', '\u2003'),
    epsilon,
    isDrawn,
    error,
    ...told,
  )
  return { left: scale(observed), lines: [right] }
}

function transformed(transform: ErrorTransform, of: MathNode, names: MathNames): MathNode {
  switch (transform.kind) {
    case 'identity':
      return of
    case 'log':
      return applied(leaf('mi', 'ln'), [of])
    case 'logit':
    case 'probit':
      return applied(leaf('mi', transform.kind), [of, mathValue(transform.low), mathValue(transform.high)])
    case 'boxCox':
      return applied(leaf('mi', 'BoxCox'), [of, argument(transform.lambda, names)])
    case 'yeoJohnson':
      return applied(leaf('mi', 'YeoJohnson'), [of, argument(transform.lambda, names)])
  }
}

function argument(given: ErrorArgument, names: MathNames): MathNode {
  return given.kind === 'number' ? mathValue(given.value) : names.of(given.name)
}
