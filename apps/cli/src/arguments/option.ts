import { Misuse } from '../failure.ts'

/** One option of a command: how it is shown and how its texts are read. */
export interface Option<T> {
  /** What stands for its value in help, such as `FROM:TO:BY`; null for a flag. */
  readonly value: string | null
  readonly summary: string
  /** May be given several times, and takes further `name=value` words after the first. */
  readonly repeats: boolean
  /** From the texts given (none where the option is absent); throws Misuse. */
  readonly read: (texts: readonly string[], name: string) => T
}

/** Options by their long name without the dashes. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>

/** What the options of a table are read to. */
export type OptionValues<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never
}

export function flag(summary: string): Option<boolean> {
  return { value: null, summary, repeats: false, read: (texts) => texts.length > 0 }
}

export function optional<T>(value: string, summary: string, convert: (text: string) => T): Option<T | undefined> {
  return {
    value,
    summary,
    repeats: false,
    read: ([text], name) => (text === undefined ? undefined : converted(text, name, convert)),
  }
}

export function required<T>(value: string, summary: string, convert: (text: string) => T): Option<T> {
  return {
    value,
    summary,
    repeats: false,
    read: ([text], name) => {
      if (text === undefined) throw new Misuse(`--${name} ${value} is needed: ${summary}`)
      return converted(text, name, convert)
    },
  }
}

export function repeated<T>(value: string, summary: string, convert: (text: string) => T): Option<readonly T[]> {
  return {
    value,
    summary,
    repeats: true,
    read: (texts, name) => texts.map((text) => converted(text, name, convert)),
  }
}

function converted<T>(text: string, name: string, convert: (text: string) => T): T {
  try {
    return convert(text)
  } catch (error) {
    if (error instanceof RangeError) throw new Misuse(`--${name} ${text}: ${error.message}`)
    throw error
  }
}
