import { parseExpression } from '@cartkin/model'

/**
 * A number computed from named numbers by an expression of the model language, so that logarithms and powers have the
 * same bits in every engine. Throws an Error for text that is no expression or a name without a value.
 */
export function formula(text: string): (values: Readonly<Record<string, number>>) => number {
  const expression = parseExpression(text)
  if (!expression.ok) throw new Error(`formula ${text}: ${expression.diagnostics.map((d) => d.message).join('; ')}`)
  return (values) =>
    expression.evaluate((name) => {
      const value = values[name]
      if (value === undefined) throw new Error(`formula ${text} needs ${name}`)
      return value
    })
}
