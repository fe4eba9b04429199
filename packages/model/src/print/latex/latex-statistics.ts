import type { ContinuousError, ErrorArgument, ErrorModel, ErrorTransform, OmegaBlock } from '../../model.ts'
import { latexValue } from './latex-expression.ts'
import type { LatexNames } from './latex-names.ts'
import { latexText } from './latex-text.ts'

/** The distribution of a block of random effects as a row of an `align*`; `labels`: what is said of the effects. */
export function latexRandomEffects(
  { names: effects, lower, level }: OmegaBlock,
  names: LatexNames,
  labels: ReadonlyMap<string, string>,
): string {
  const signs = effects.map((name) => names.of(name))
  const entry = (row: number, column: number): string => {
    const [i, j] = row >= column ? [row, column] : [column, row]
    return latexValue(lower[(i * (i + 1)) / 2 + j] ?? Number.NaN)
  }
  const told = effects.map((name) => labels.get(name) ?? '').filter((label) => label !== '')
  const about = told.length === 0 ? '' : ` \\quad \\text{(${latexText(told.join('; '))})}`
  const per = (level === 'id' ? '' : ` \\quad \\text{per ${latexText(level)}}`) + about
  if (signs.length === 1) return `${signs[0]} &\\sim \\mathcal{N}\\left(0, ${entry(0, 0)}\\right)${per}`
  const rows = signs.map((_, row) => signs.map((__, column) => entry(row, column)).join(' & '))
  return `${column(signs)} &\\sim \\mathcal{N}\\left(0, ${column(rows)}\\right)${per}`
}

/** `amsmath` takes ten columns of a matrix unless told otherwise. */
function column(rows: readonly string[]): string {
  const columns = (rows[0] ?? '').split('&').length
  return `\\left(\\begin{array}{${'c'.repeat(columns)}} ${rows.join(' \\\\ ')} \\end{array}\\right)`
}

/** A residual error as a row of an `align*`; ε has mean 0 and standard deviation or scale 1. */
export function latexResidualError(errorModel: ErrorModel, names: LatexNames): string {
  const observed = `${names.of(errorModel.name)}^{\\text{obs}}`
  const { endpoint, name } = errorModel
  const of = endpoint === name ? '' : ` \\quad \\text{(${latexText(endpoint)})}`
  switch (errorModel.kind) {
    case 'continuous':
      return `${latexContinuous(errorModel, observed, names)}${of}`
    case 'poisson':
      return `${observed} &\\sim \\operatorname{Poisson}\\left(${latexArgument(errorModel.mean, names)}\\right)${of}`
    case 'binomial': {
      const trials = latexArgument(errorModel.trials, names)
      return `${observed} &\\sim \\operatorname{Binomial}\\left(${trials}, ${latexArgument(errorModel.probability, names)}\\right)${of}`
    }
  }
}

function latexContinuous(errorModel: ContinuousError, observed: string, names: LatexNames): string {
  const { transform, additive, proportional, combination, distribution } = errorModel
  const prediction = names.of(errorModel.name)
  const parts: string[] = []
  if (additive !== undefined) parts.push(latexArgument(additive, names))
  if (proportional !== undefined) {
    const { coefficient, exponent } = proportional
    const isLinear = exponent.kind === 'number' && exponent.value === 1
    const power = isLinear ? prediction : `{${prediction}}^{${latexArgument(exponent, names)}}`
    parts.push(`${latexArgument(coefficient, names)} \\cdot ${power}`)
  }
  const [only = '0', second] = parts
  const deviation =
    second === undefined
      ? only
      : combination === 'variance'
        ? `\\sqrt{{${parts.map((part) => `\\left(${part}\\right)^{2}`).join(' + ')}}}`
        : `\\left(${parts.join(' + ')}\\right)`
  const error =
    distribution.kind === 'normal'
      ? '\\mathcal{N}\\left(0, 1\\right)'
      : `t_{${latexArgument(distribution.degreesOfFreedom, names)}}`
  const scale = (of: string) => transformed(transform, of, names)
  return `${scale(observed)} &= ${scale(prediction)} + ${deviation} \\cdot \\varepsilon, \\quad \\varepsilon \\sim ${error}`
}

function transformed(transform: ErrorTransform, of: string, names: LatexNames): string {
  switch (transform.kind) {
    case 'identity':
      return of
    case 'log':
      return `\\ln\\left(${of}\\right)`
    case 'logit':
    case 'probit':
      return `\\operatorname{${transform.kind}}\\left(${of}; ${latexValue(transform.low)}, ${latexValue(transform.high)}\\right)`
    case 'boxCox':
      return `\\operatorname{BoxCox}\\left(${of}; ${latexArgument(transform.lambda, names)}\\right)`
    case 'yeoJohnson':
      return `\\operatorname{YeoJohnson}\\left(${of}; ${latexArgument(transform.lambda, names)}\\right)`
  }
}

function latexArgument(argument: ErrorArgument, names: LatexNames): string {
  return argument.kind === 'number' ? latexValue(argument.value) : names.of(argument.name)
}
