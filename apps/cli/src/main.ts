import { nearestName } from '@cartkin/model'
import { commands } from './commands.ts'
import { describeFailure } from './describe-failure.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { Misuse } from './failure.ts'
import { commandHelp, programHelp } from './help.ts'
import type { Io } from './io.ts'

/** Runs the command that the words name and gives its exit code; never throws but for a defect of the program. */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(words, io)
  } catch (error) {
    const failure = describeFailure(error)
    if (!failure) throw error
    io.note(`${failure.message}\n`)
    if (words.includes('--json'))
      io.out(`${JSON.stringify({ error: { exitCode: failure.code, message: failure.message } })}\n`)
    return failure.code
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === 'help' && rest.length > 0) return dispatch([...rest, '--help'], io)
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(programHelp(commands))
    return name === undefined ? exitCode.misuse : exitCode.ok
  }
  const found = commands.find((command) => command.name === name)
  if (!found) {
    const names = commands.map((command) => command.name)
    const nearest = nearestName(name, names)
    throw new Misuse(
      nearest === undefined
        ? `unknown command ${name}; known are ${names.join(', ')}`
        : `unknown command ${name}; did you mean ${nearest}?`,
    )
  }
  if (found.wantsHelp(rest)) {
    io.out(commandHelp(found))
    return exitCode.ok
  }
  return found.run(rest, io)
}
