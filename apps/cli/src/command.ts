import { flag, type OptionTable, type OptionValues } from './arguments/option.ts'
import { parseArguments } from './arguments/parse-arguments.ts'
import type { ExitCode } from './exit-code.ts'
import { Misuse } from './failure.ts'
import type { Io } from './io.ts'

/** A command as it is declared: its words and what it does. */
export interface CommandDefinition<O extends OptionTable> {
  readonly name: string
  readonly summary: string
  /** Words after the name: `MODEL`, `[ID]` where one may be left out. */
  readonly positionals: readonly string[]
  readonly options: O
  readonly examples: readonly string[]
  /** More to say below the options. */
  readonly notes?: string
  readonly execute: (
    call: { readonly positionals: readonly string[]; readonly options: OptionValues<O & CommonOptions> },
    io: Io,
  ) => Promise<ExitCode>
}

/** A command as the program holds it. */
export interface Command {
  readonly name: string
  readonly summary: string
  readonly positionals: readonly string[]
  readonly options: OptionTable
  readonly examples: readonly string[]
  readonly notes: string
  /** Whether the words ask for help. */
  wantsHelp(words: readonly string[]): boolean
  run(words: readonly string[], io: Io): Promise<ExitCode>
}

const common = {
  json: flag('Print the result as JSON'),
  help: flag('Print this help'),
}
type CommonOptions = typeof common

/** Joins a declaration with the options every command has. */
export function command<O extends OptionTable>(definition: CommandDefinition<O>): Command {
  const { execute, notes = '', ...shown } = definition
  const options = { ...definition.options, ...common }
  return {
    ...shown,
    notes,
    options,
    wantsHelp: (words) => {
      const end = words.indexOf('--')
      return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h')
    },
    run(words, io) {
      const { positionals, texts } = parseArguments(words, options)
      checkPositionals(definition, positionals)
      return execute({ positionals, options: readOptions(options, texts) }, io)
    },
  }
}

function readOptions<O extends OptionTable>(
  options: O,
  texts: ReadonlyMap<string, readonly string[]>,
): OptionValues<O> {
  const values = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, option.read(texts.get(name) ?? [], name)]),
  )
  return values as OptionValues<O>
}

function checkPositionals(
  { name, positionals }: { name: string; positionals: readonly string[] },
  given: readonly string[],
) {
  const needed = positionals.filter((positional) => !positional.startsWith('['))
  const missing = needed[given.length]
  if (missing !== undefined) throw new Misuse(`${name} needs ${missing}; see cartkin ${name} --help`)
  if (given.length > positionals.length)
    throw new Misuse(
      `${name} takes ${positionals.join(' ') || 'no words'}, got also ${given.slice(positionals.length).join(' ')}`,
    )
}
