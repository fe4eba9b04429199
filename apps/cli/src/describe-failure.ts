import { InputError } from '@cartkin/studies'
import { DataError } from '@cartkin/tables'
import { type ExitCode, exitCode } from './exit-code.ts'
import { BadInput, Misuse, Stopped } from './failure.ts'

/** The message and exit code of a failure that is the user's to mend; null for a defect of the program. */
export function describeFailure(error: unknown): { readonly message: string; readonly code: ExitCode } | null {
  if (error instanceof Misuse) return { message: `cartkin: ${error.message}`, code: exitCode.misuse }
  if (error instanceof DataError) return { message: placed(error), code: exitCode.badInput }
  if (error instanceof BadInput || error instanceof InputError)
    return { message: error.message, code: exitCode.badInput }
  if (error instanceof Stopped) return { message: `cartkin: ${error.message}`, code: exitCode.stopped }
  return null
}

/** `file:line:column: …` in place of the words that a DataError begins with. */
function placed({ message, file, position }: DataError): string {
  if (!position) return message
  const header = position.header === undefined ? '' : ` (${position.header})`
  const words = `${file}, line ${position.line}, column ${position.column}${header}: `
  const rest = message.startsWith(words) ? message.slice(words.length) : message
  const column = position.header === undefined ? '' : `column ${position.header}: `
  return `${file}:${position.line}:${position.column}: ${column}${rest}`
}
