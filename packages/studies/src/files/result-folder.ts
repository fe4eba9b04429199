import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { decodeText, parseManifest } from '@cartkin/tables'
import type { ResultFile } from '../steps/step-result.ts'
import { InputError } from './input-error.ts'
import { readInput } from './read-input.ts'
import { flushFolder, writeThrough } from './write-file-atomically.ts'

const manifestName = 'manifest.json'

/**
 * Checks that a result may be put into a folder: it does not exist, is empty, or holds an earlier result and nothing else.
 * Throws an InputError that names what is in the way.
 */
export async function checkResultFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found) {
    const parent = await stat(dirname(resolve(path))).catch(() => null)
    if (parent && !parent.isDirectory()) throw new InputError(path, 'lies below something that is not a directory')
    return
  }
  if (!found.isDirectory()) throw new InputError(path, 'is a file; a directory is expected')
  const names = await readdir(path)
  if (names.length === 0) return
  if (!names.includes(manifestName))
    throw new InputError(path, `holds ${names[0]} and no result of cartkin; choose an empty or a new directory`)
  const file = join(path, manifestName)
  const { files } = parseManifest(decodeText(await readInput(file), file), file)
  const own = new Set([manifestName, ...files.map(({ name }) => name)])
  const foreign = names.find((name) => !own.has(name))
  if (foreign !== undefined)
    throw new InputError(
      path,
      `holds ${foreign}, which is not of the result there; move it away or choose another directory`,
    )
}

/**
 * Puts the files of a result into a folder, all or none: they are written and flushed in a folder beside it, which then
 * takes its name. An earlier result there is replaced.
 */
export async function publishResult(path: string, files: readonly ResultFile[]): Promise<void> {
  const target = resolve(path)
  await checkResultFolder(target)
  await mkdir(dirname(target), { recursive: true })
  const mark = randomBytes(6).toString('hex')
  const beside = join(dirname(target), `.${basename(target)}.${mark}.part`)
  const old = join(dirname(target), `.${basename(target)}.${mark}.old`)
  try {
    await mkdir(beside)
    for (const { name, bytes } of files) await writeThrough(join(beside, name), bytes)
    await flushFolder(beside)
    const replaces = (await stat(target).catch(() => null)) !== null
    if (replaces) await rename(target, old)
    try {
      await rename(beside, target)
    } catch (error) {
      if (replaces) await rename(old, target)
      throw error
    }
    await flushFolder(dirname(target))
    await rm(old, { recursive: true, force: true })
  } catch (error) {
    await rm(beside, { recursive: true, force: true })
    throw error
  }
}
