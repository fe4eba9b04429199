import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '@cartkin/cli'
import { onTestFinished } from 'vitest'

export interface Run {
  readonly code: number
  readonly out: string
  readonly note: string
}

/** A folder that is removed after the test, with some files in it. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'cartkin-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Runs the program in this process. */
export async function cartkin(
  folder: string,
  words: readonly string[],
  signal = new AbortController().signal,
): Promise<Run> {
  const texts = { out: '', note: '' }
  const code = await main(words, {
    folder,
    terminal: false,
    signal,
    out: (text) => {
      texts.out += text
    },
    note: (text) => {
      texts.note += text
    },
  })
  return { code, ...texts }
}
