import { readFile } from 'node:fs/promises'
import { InputError } from './input-error.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'is a directory; a file is expected',
  EACCES: 'may not be read (permission denied)',
  EPERM: 'may not be read (permission denied)',
  ENOTDIR: 'there is no such file (a part of its path is not a directory)',
  ELOOP: 'its links lead in a circle',
}

/** Bytes of a file that the user named; throws an InputError that says what is wrong with it, under the name `shown`. */
export async function readInput(path: string, shown = path): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new InputError(shown, reasonFor(error))
  }
}

function reasonFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? `cannot be read: ${error instanceof Error ? error.message : String(error)}`
}
