import type { Endpoint, EstimatedParameter } from '@cartkin/fitting'
import type { ErrorArgument, ErrorModel, Model } from '@cartkin/model'
import type { ResidualError } from '../document/fit-choices.ts'

/** An endpoint in the terms of a fit, and the residual parameters that it brings. */
export interface NamedEndpoint {
  readonly endpoint: Endpoint
  /** Standard deviations to be estimated that are no parameters of the text. */
  readonly residuals: readonly Pick<EstimatedParameter, 'name' | 'start'>[]
  /** Those that the text gives as numbers. */
  readonly fixed: Readonly<Record<string, number>>
}

/** Where a relative standard deviation begins. */
const relativeStart = 0.3

/** A residual error that was chosen; its parameters are named after the quantity. `typical`: a usual value of what was observed. */
export function chosenEndpoint(quantity: string, error: ResidualError, typical: number): NamedEndpoint {
  const additive = { name: `${quantity}.add`, start: relativeStart * typical }
  const proportional = { name: `${quantity}.prop`, start: relativeStart }
  const logarithmic = { name: `${quantity}.sd`, start: relativeStart }
  switch (error) {
    case 'log':
      return {
        endpoint: { quantity, scale: 'log', error: { kind: 'additive', a: logarithmic.name } },
        residuals: [logarithmic],
        fixed: {},
      }
    case 'additive':
      return {
        endpoint: { quantity, scale: 'linear', error: { kind: 'additive', a: additive.name } },
        residuals: [additive],
        fixed: {},
      }
    case 'proportional':
      return {
        endpoint: { quantity, scale: 'linear', error: { kind: 'proportional', b: proportional.name } },
        residuals: [proportional],
        fixed: {},
      }
    case 'combined':
      return {
        endpoint: { quantity, scale: 'linear', error: { kind: 'combined2', a: additive.name, b: proportional.name } },
        residuals: [additive, proportional],
        fixed: {},
      }
  }
}

/** The residual error lines of a text in the terms of a fit; null where a fit on this page does not take one of them. */
export function textEndpoints({ errorModels }: Model): readonly NamedEndpoint[] | null {
  const found = errorModels.map(textEndpoint)
  const taken = found.filter((endpoint) => endpoint !== null)
  return taken.length === found.length && found.length > 0 ? taken : null
}

/** Names of the parameters that the error lines of a text are made of. */
export function errorParameterNames({ errorModels }: Model): ReadonlySet<string> {
  return new Set(
    errorModels.flatMap((line) => {
      if (line.kind !== 'continuous') return []
      const { additive, proportional, distribution } = line
      const freedom = distribution.kind === 't' ? distribution.degreesOfFreedom : undefined
      return [additive, proportional?.coefficient, proportional?.exponent, freedom].flatMap((argument) =>
        argument?.kind === 'parameter' ? argument.name : [],
      )
    }),
  )
}

function textEndpoint(line: ErrorModel): NamedEndpoint | null {
  if (line.kind !== 'continuous') return null
  const { name: quantity, additive, proportional, transform, distribution } = line
  if (transform.kind === 'boxCox' || transform.kind === 'yeoJohnson') return null
  const scale = transform.kind === 'identity' ? 'linear' : transform.kind === 'log' ? 'log' : transform
  const { exponent } = proportional ?? {}
  const given = [additive, proportional?.coefficient, exponent]
  const freedom = distribution.kind === 't' ? distribution.degreesOfFreedom : undefined
  if ([...given, freedom].some((argument) => argument?.kind === 'output')) return null
  const fixed: Record<string, number> = {}
  /** A parameter by its name, a number by the name it gets. */
  const named = (argument: ErrorArgument, suffix: string): string => {
    if (argument.kind !== 'number') return argument.name
    fixed[`${quantity}.${suffix}`] = argument.value
    return `${quantity}.${suffix}`
  }
  const direct = (argument: ErrorArgument): string | number =>
    argument.kind === 'number' ? argument.value : argument.name
  const c =
    exponent === undefined || (exponent.kind === 'number' && exponent.value === 1) ? undefined : direct(exponent)
  const error = (): Endpoint['error'] | null => {
    if (!proportional)
      return additive ? { kind: 'additive', a: named(additive, scale === 'linear' ? 'add' : 'sd') } : null
    const b = named(proportional.coefficient, 'prop')
    if (!additive) return c === undefined ? { kind: 'proportional', b } : { kind: 'power', b, c }
    const kind = line.combination === 'deviation' ? 'combined1' : 'combined2'
    return { kind, a: named(additive, 'add'), b, ...(c !== undefined && { c }) }
  }
  const law = error()
  if (!law) return null
  return {
    endpoint: {
      quantity,
      scale,
      error: law,
      ...(freedom && { distribution: { kind: 't', df: direct(freedom) } }),
    },
    residuals: [],
    fixed,
  }
}
