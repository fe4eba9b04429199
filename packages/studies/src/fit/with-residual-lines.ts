import { parseModel } from '@cartkin/model'

/** A model text with residual errors by quantity, at the end of its `model({ })` block where it has one, else at its end. */
export function withResidualLines(text: string, errors: Readonly<Record<string, string>>): string {
  const lines = Object.entries(errors)
    .map(([quantity, error]) => `${quantity} ~ ${error}\n`)
    .join('')
  const whole = text.trimEnd()
  const after = `${whole}\n${lines}`
  const end = whole.lastIndexOf('}')
  const parsed = parseModel(after)
  if (end < 0 || !parsed.ok || parsed.model.errorModels.length > 0) return after
  const within = `${whole.slice(0, end).trimEnd()}\n${lines}${whole.slice(end)}\n`
  const found = parseModel(within)
  return found.ok && found.model.errorModels.length > 0 ? within : after
}
