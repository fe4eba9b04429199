import type { ErrorArgument, ErrorModel, ErrorTransform } from '../model.ts'

/** One word or number of a residual error's canonical form. */
export type ErrorWord = string | number

/** All that a residual error model says, in one fixed order. */
export function canonicalError(errorModel: ErrorModel): readonly ErrorWord[] {
  const { kind, name, endpoint } = errorModel
  return [kind, name, endpoint, ...ownWords(errorModel)]
}

function ownWords(errorModel: ErrorModel): readonly ErrorWord[] {
  switch (errorModel.kind) {
    case 'continuous': {
      const { transform, additive, proportional, combination, distribution } = errorModel
      return [
        ...transformWords(transform),
        'additive',
        ...argumentWords(additive),
        'proportional',
        ...argumentWords(proportional?.coefficient),
        ...argumentWords(proportional?.exponent),
        combination,
        distribution.kind,
        ...(distribution.kind === 't' ? argumentWords(distribution.degreesOfFreedom) : []),
      ]
    }
    case 'poisson':
      return argumentWords(errorModel.mean)
    case 'binomial':
      return [...argumentWords(errorModel.trials), ...argumentWords(errorModel.probability)]
  }
}

function transformWords(transform: ErrorTransform): readonly ErrorWord[] {
  switch (transform.kind) {
    case 'identity':
    case 'log':
      return [transform.kind]
    case 'logit':
    case 'probit':
      return [transform.kind, transform.low, transform.high]
    case 'boxCox':
    case 'yeoJohnson':
      return [transform.kind, ...argumentWords(transform.lambda)]
  }
}

function argumentWords(argument: ErrorArgument | undefined): readonly ErrorWord[] {
  if (argument === undefined) return ['none']
  return [argument.kind, argument.kind === 'number' ? argument.value : argument.name]
}
