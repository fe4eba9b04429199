import type { Endpoint } from '@cartkin/fitting'

/**
 * The residual error of an endpoint as a model text has it, with numbers: `lnorm(0.31)`, `add(1) + prop(0.2) + combined1()`.
 * Null where every value brings its own error, or a number is not known.
 */
export function residualText(
  { scale, error, distribution }: Pick<Endpoint, 'scale' | 'error' | 'distribution'>,
  known: (name: string) => number | undefined,
): string | null {
  if (error.kind === 'given') return null
  const number = (argument: string | number) => (typeof argument === 'number' ? argument : (known(argument) ?? NaN))
  const additive = 'a' in error ? number(error.a) : undefined
  const exponent = 'c' in error && error.c !== undefined ? number(error.c) : undefined
  const growing =
    'b' in error ? [exponent === undefined ? `prop(${number(error.b)})` : `pow(${number(error.b)}, ${exponent})`] : []
  const terms = [
    ...(additive === undefined ? [] : [additiveText(scale, additive)]),
    ...growing,
    ...(typeof scale === 'object' && scale.kind === 'yeoJohnson' ? [`yeoJohnson(${scale.lambda})`] : []),
    ...(error.kind === 'combined1' ? ['combined1()'] : []),
    ...(distribution?.kind === 't' ? [`t(${number(distribution.df)})`] : []),
  ]
  const isOnScale = scale === 'linear' || additive !== undefined || (typeof scale === 'object' && 'lambda' in scale)
  const all = isOnScale ? terms : [additiveText(scale, 0), ...terms]
  return all.some((term) => term.includes('NaN')) ? null : all.join(' + ')
}

function additiveText(scale: Endpoint['scale'], sd: number): string {
  if (scale === 'log') return `lnorm(${sd})`
  if (typeof scale === 'object' && scale.kind !== 'yeoJohnson')
    return `${scale.kind === 'logit' ? 'logitNorm' : 'probitNorm'}(${sd}, ${scale.low}, ${scale.high})`
  return `add(${sd})`
}

/** The residual errors of a fit's endpoints by the quantity; none of those that have no text. */
export function residualTexts(
  endpoints: readonly Endpoint[],
  known: (name: string) => number | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    endpoints.flatMap((endpoint) => {
      const text = residualText(endpoint, known)
      return text === null ? [] : [[endpoint.quantity, text] as const]
    }),
  )
}
