import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'

/**
 * Path of what `build(model, out)` makes from a generated model (a file with that text) and the `sources`, made at its
 * first use and kept under their hash.
 */
export function buildOnce(
  extension: string,
  sources: readonly string[],
  text: string,
  build: (model: string, out: string) => void,
): string {
  const hash = createHash('sha256').update(text)
  for (const source of sources) hash.update(readFileSync(source))
  const folder = join(cacheFolder(), 'drivers')
  const stem = join(folder, `m${hash.digest('hex').slice(0, 16)}`)
  const made = `${stem}.${extension}`
  if (existsSync(made)) return made
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${stem}.h`, text)
  const unfinished = `${stem}.${process.pid}`
  build(`${stem}.h`, unfinished)
  renameSync(unfinished, made)
  return made
}
