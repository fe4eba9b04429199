import { type Model, parseExpression } from '@cartkin/model'

/**
 * The value of a number or an expression over the model's parameters at given values. Throws a RangeError that begins with
 * `what` where it cannot be read or is not a finite number.
 */
export function parameterExpression(
  model: Model,
  parameters: Float64Array,
  expression: number | string,
  what: string,
): number {
  const value = typeof expression === 'number' ? expression : evaluated(model, parameters, expression, what)
  if (Number.isFinite(value)) return value
  throw new RangeError(
    `${what} ${expression}${typeof expression === 'number' ? '' : ` is ${value}`}; it must be finite`,
  )
}

function evaluated(model: Model, parameters: Float64Array, text: string, what: string): number {
  const expression = parseExpression(text)
  if (!expression.ok)
    throw new RangeError(`${what} ${text}: ${expression.diagnostics[0]?.message ?? 'not an expression'}`)
  return expression.evaluate((name) => {
    const index = model.parameters.findIndex((parameter) => parameter.name === name)
    if (index < 0) throw new RangeError(`${what} ${text}: the model has no parameter ${name}`)
    return parameters[index]!
  })
}
