import { nearestName } from '@cartkin/model'
import { Misuse } from '../failure.ts'
import type { OptionTable } from './option.ts'

export interface ParsedArguments {
  readonly positionals: readonly string[]
  /** Texts given for each option, by name; an empty text for a flag. */
  readonly texts: ReadonlyMap<string, readonly string[]>
}

/**
 * Splits the words after a command into positionals and options. An option's value is the next word, whatever it begins
 * with (`--times -5:365:1`) unless that is another option, or what follows `=`. Everything after `--` is a positional.
 */
export function parseArguments(words: readonly string[], options: OptionTable): ParsedArguments {
  const positionals: string[] = []
  const texts = new Map<string, string[]>()
  let at = 0
  while (at < words.length) {
    const word = words[at++] ?? ''
    if (word === '--') {
      positionals.push(...words.slice(at))
      break
    }
    if (isShort(word)) throw new Misuse(unknownOption(word, word.slice(1), Object.keys(options)))
    if (!isOption(word)) {
      positionals.push(word)
      continue
    }
    const equals = word.indexOf('=')
    const name = word === '-h' ? 'help' : word.slice(2, equals < 0 ? undefined : equals)
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (!option) throw new Misuse(unknownOption(`--${name}`, name, Object.keys(options)))
    const given = texts.get(name) ?? []
    texts.set(name, given)
    if (option.value === null) {
      if (equals >= 0) throw new Misuse(`--${name} takes no value, got ${word.slice(equals + 1)}`)
      given.push('')
      continue
    }
    if (given.length > 0 && !option.repeats) throw new Misuse(`--${name} is given twice`)
    const value = equals >= 0 ? word.slice(equals + 1) : words[at++]
    if (value === undefined || (equals < 0 && isOption(value)))
      throw new Misuse(`--${name} needs a value, ${option.value}${value === undefined ? '' : `, got ${value}`}`)
    given.push(value)
    while (option.repeats && at < words.length && isFurtherAssignment(words[at] ?? '')) given.push(words[at++] ?? '')
  }
  return { positionals, texts }
}

function isOption(word: string): boolean {
  return word.startsWith('--') || word === '-h'
}

/** `-t`, `-out`: not the way options are written here, and neither a number nor a time. */
function isShort(word: string): boolean {
  const letter = word.toLowerCase()[1] ?? ''
  return word.startsWith('-') && !isOption(word) && letter >= 'a' && letter <= 'z'
}

function isFurtherAssignment(word: string): boolean {
  return !word.startsWith('-') && word.indexOf('=') > 0
}

function unknownOption(written: string, name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known) ?? known.find((option) => name !== '' && option.startsWith(name))
  return nearest === undefined
    ? `unknown option ${written}; known are ${known.map((option) => `--${option}`).join(', ')}`
    : `unknown option ${written}; did you mean --${nearest}?`
}
