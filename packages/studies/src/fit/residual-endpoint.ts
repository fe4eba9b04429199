import type { Endpoint } from '@cartkin/fitting'
import type { ErrorArgument, ErrorModel } from '@cartkin/model'
import type { NamedEndpoint } from './residual-names.ts'

/**
 * A residual error line of a model text in the terms of a fit; its numbers become values of residual parameters named after
 * the quantity. Throws what `fail` makes of a reason for what fits do not take.
 */
export function residualEndpoint(line: ErrorModel, fail: (message: string) => Error): NamedEndpoint {
  const { name } = line
  const refuse = (what: string) =>
    fail(
      `the residual error of ${name} ${what}, which a fit does not take yet; name endpoints with add, prop, power, combined or log instead`,
    )
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
  if (transform.kind === 'log' && additive !== undefined && proportional === undefined)
    return endpoint('log', { kind: 'additive', a: named(additive, 'sd') })
  if (transform.kind !== 'identity') throw refuse(`is on the scale ${transform.kind}`)
  const { exponent } = proportional ?? {}
  const c =
    exponent === undefined || (exponent.kind === 'number' && exponent.value === 1) ? undefined : direct(exponent)
  if (proportional === undefined) {
    if (additive === undefined) throw refuse('has no standard deviation')
    return endpoint('linear', { kind: 'additive', a: named(additive, 'add') })
  }
  const b = named(proportional.coefficient, 'prop')
  if (additive !== undefined) {
    const kind = line.combination === 'deviation' ? 'combined1' : 'combined2'
    return endpoint('linear', { kind, a: named(additive, 'add'), b, ...(c !== undefined && { c }) })
  }
  return endpoint('linear', c === undefined ? { kind: 'proportional', b } : { kind: 'power', b, c })
}
