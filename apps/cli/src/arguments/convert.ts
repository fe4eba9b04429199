/** A decimal number; throws a RangeError for anything else. */
export function toNumber(text: string): number {
  const value = Number(text)
  const decimal = text !== '' && [...text].every((character) => '0123456789+-.eE'.includes(character))
  if (!(decimal && Number.isFinite(value))) throw new RangeError(`expected a number, got "${text}"`)
  return value
}

export function toPositive(text: string): number {
  const value = toNumber(text)
  if (!(value > 0)) throw new RangeError(`expected a positive number, got ${text}`)
  return value
}

/** A number between 0 and 1. */
export function toFraction(text: string): number {
  const value = toNumber(text)
  if (!(value > 0 && value < 1)) throw new RangeError(`expected a number above 0 and below 1, got ${text}`)
  return value
}

/** A whole number from `least` to `most`. */
export function toCount(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = toNumber(text)
    if (!(Number.isSafeInteger(value) && value >= least && value <= most))
      throw new RangeError(`expected a whole number from ${least} to ${most}, got ${text}`)
    return value
  }
}

export interface Assignment {
  readonly name: string
  readonly text: string
}

/** `name=text`. */
export function toAssignment(text: string): Assignment {
  const at = text.indexOf('=')
  if (at <= 0 || at === text.length - 1) throw new RangeError('expected name=value')
  return { name: text.slice(0, at), text: text.slice(at + 1) }
}

/** `name=number`. */
export function toNamedNumber(text: string): readonly [name: string, value: number] {
  const { name, text: value } = toAssignment(text)
  return [name, toNumber(value)]
}

/** `number` for all, or `name=number` for one. */
export function toTolerance(text: string): { readonly state: string | null; readonly value: number } {
  if (!text.includes('=')) return { state: null, value: toPositive(text) }
  const { name, text: value } = toAssignment(text)
  return { state: name, value: toPositive(value) }
}

/** One of some words. */
export function toOneOf<const W extends string>(...words: readonly W[]): (text: string) => W {
  return (text) => {
    const word = words.find((candidate) => candidate === text)
    if (word === undefined) throw new RangeError(`expected ${words.join(', ')}, got ${text}`)
    return word
  }
}

/** Any text but an empty one. */
export function toText(text: string): string {
  if (text === '') throw new RangeError('expected a text that is not empty')
  return text
}
