import type { Endpoint } from '@cartkin/fitting'
import type { ErrorArgument, ErrorModel, ErrorTransform } from '@cartkin/model'
import type { NamedEndpoint } from './residual-names.ts'

/**
 * A residual error line of a model text in the terms of a fit; its numbers become values of residual parameters named after
 * the quantity. Throws what `fail` makes of a reason for what fits do not take.
 *
 * @param fixedValue of a parameter that is not estimated.
 */
export function residualEndpoint(
  line: ErrorModel,
  fail: (message: string) => Error,
  fixedValue: (name: string) => number | undefined,
): NamedEndpoint {
  const { name } = line
  const refuse: Refuse = (
    what,
    remedy = 'name endpoints with additive, proportional, power, combined or log instead',
  ) => fail(`the residual error of ${name} ${what}, which a fit does not take; ${remedy}`)
  if (line.kind !== 'continuous') throw refuse('is a count')
  const values: Record<string, number> = {}
  /** A parameter by its name, a number by the name it gets. */
  const named = (argument: ErrorArgument, suffix: string): string => {
    if (argument.kind === 'output') throw refuse(`is computed by the model (${argument.name})`)
    if (argument.kind === 'parameter') return argument.name
    values[`${name}.${suffix}`] = argument.value
    return `${name}.${suffix}`
  }
  const direct = (argument: ErrorArgument): string | number => {
    if (argument.kind === 'output') throw refuse(`is computed by the model (${argument.name})`)
    return argument.kind === 'parameter' ? argument.name : argument.value
  }
  const { additive, proportional, transform, distribution } = line
  const endpoint = (scale: Endpoint['scale'], error: Endpoint['error']): NamedEndpoint => ({
    endpoint: {
      quantity: name,
      scale,
      error,
      ...(distribution.kind === 't' && { distribution: { kind: 't', df: direct(distribution.degreesOfFreedom) } }),
    },
    residuals: [],
    fixed: values,
  })
  const scale = scaleOf(transform, refuse, fixedValue)
  const { exponent } = proportional ?? {}
  const c =
    exponent === undefined || (exponent.kind === 'number' && exponent.value === 1) ? undefined : direct(exponent)
  if (proportional === undefined) {
    if (additive === undefined) throw refuse('has no standard deviation')
    return endpoint(scale, { kind: 'additive', a: named(additive, scale === 'linear' ? 'add' : 'sd') })
  }
  const b = named(proportional.coefficient, 'prop')
  if (additive !== undefined) {
    const kind = line.combination === 'deviation' ? 'combined1' : 'combined2'
    return endpoint(scale, { kind, a: named(additive, 'add'), b, ...(c !== undefined && { c }) })
  }
  return endpoint(scale, c === undefined ? { kind: 'proportional', b } : { kind: 'power', b, c })
}

type Refuse = (what: string, remedy?: string) => Error

/** The scale of residuals. That of Box-Cox has an end where λ is not 0, so that its normal density is none of the values. */
function scaleOf(
  transform: ErrorTransform,
  refuse: Refuse,
  fixedValue: (name: string) => number | undefined,
): Endpoint['scale'] {
  switch (transform.kind) {
    case 'identity':
      return 'linear'
    case 'log':
      return 'log'
    case 'logit':
    case 'probit':
      return transform
    case 'boxCox':
    case 'yeoJohnson': {
      const { kind, lambda: argument } = transform
      if (argument.kind === 'output') throw refuse(`has a λ that is computed by the model (${argument.name})`)
      const value = argument.kind === 'number' ? argument.value : fixedValue(argument.name)
      if (value === undefined)
        throw refuse(
          `has a λ of ${kind} that is to be estimated (${argument.kind === 'parameter' ? argument.name : ''})`,
          'give its number, and compare fits of several λ by AIC',
        )
      if (kind === 'boxCox' && value === 0) return 'log'
      if (kind === 'boxCox')
        throw refuse(
          `is on the Box-Cox scale with λ ${value}, which ends at ${-1 / value} (a normal residual beyond is no value's, and AIC would not compare)`,
          `take yeoJohnson(${value}), or lnorm`,
        )
      if (!(value >= 0 && value <= 2))
        throw refuse(`is on the Yeo-Johnson scale with λ ${value}, which has an end`, 'give λ from 0 to 2')
      return { kind, lambda: value }
    }
  }
}
