import { type Model, nearestName } from '@cartkin/model'

/** The inputs that a model compares with texts, by name; levels[k] has the code k + 1. */
export function textLevels({ parameters }: Model): ReadonlyMap<string, readonly string[]> {
  return new Map(parameters.flatMap(({ name, levels }) => (levels.length === 0 ? [] : [[name, levels] as const])))
}

/**
 * Parameter values with texts replaced by the codes of the levels they name. Throws a RangeError for a text that is no
 * level, and for a number given for an input that takes texts.
 */
export function codedParameters(
  model: Model,
  values: Readonly<Record<string, number | string>>,
): Readonly<Record<string, number>> {
  const levels = textLevels(model)
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, codeOf(name, value, levels.get(name) ?? [])]),
  )
}

function codeOf(name: string, value: number | string, levels: readonly string[]): number {
  if (levels.length === 0) {
    if (typeof value === 'number') return value
    throw new RangeError(`${name} takes a number, got "${value}"`)
  }
  const text = String(value)
  const code = levels.indexOf(text) + 1
  if (code > 0) return code
  const nearest = nearestName(text, levels)
  const quoted = levels.map((level) => `"${level}"`)
  const remedy =
    nearest === undefined
      ? `give ${quoted.join(', ')}, or say in the text what else there is: levels(${name}) <- c(${[...quoted, `"${text}"`].join(', ')})`
      : `did you mean "${nearest}"?`
  throw new RangeError(`${name} is compared with texts in the model, of which "${text}" is none; ${remedy}`)
}
