import { stat } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { ColumnTable } from '@cartkin/simulation'
import { writeFileAtomically } from '@cartkin/studies'
import { sha256Hex, tableToArrow, tableToCsv } from '@cartkin/tables'
import { BadInput, Misuse } from '../failure.ts'
import type { Io } from '../io.ts'

/** A file written, as JSON output names it. */
export interface DeliveredFile {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

const encoders: Readonly<Record<string, (table: ColumnTable) => Uint8Array>> = {
  '.arrow': (table) => tableToArrow(table),
  '.csv': (table) => new TextEncoder().encode(tableToCsv(table)),
}

/** Checks before any work that a result can be written to `path`; throws Misuse or BadInput where it cannot. */
export async function checkTarget(path: string, io: Io): Promise<void> {
  const suffix = extname(path).toLowerCase()
  if (suffix === '.parquet')
    throw new Misuse(`--out ${path}: Parquet is not available yet; write .arrow (Arrow IPC file) or .csv`)
  if (!Object.hasOwn(encoders, suffix))
    throw new Misuse(`--out ${path}: the name must end in .arrow or .csv, got "${suffix}"`)
  await checkFile(path, io, 'result.arrow')
}

/** Checks before any work that a file can be written to `path`; `example` is a name for one. */
export async function checkFile(path: string, io: Io, example = 'model.txt'): Promise<void> {
  const target = await stat(resolve(io.folder, path)).catch(() => null)
  if (target?.isDirectory())
    throw new BadInput(`${path}: is a directory; name a file in it, such as ${path}/${example}`)
  const folder = await stat(resolve(io.folder, path, '..')).catch(() => null)
  if (!folder?.isDirectory()) throw new BadInput(`${path}: its folder does not exist`)
}

/** Writes a table to a file whose suffix says how, whole or not at all. */
export async function deliver(table: ColumnTable, path: string, io: Io): Promise<DeliveredFile> {
  const encode = encoders[extname(path).toLowerCase()]
  if (!encode) throw new Misuse(`--out ${path}: the name must end in .arrow or .csv`)
  return deliverBytes(encode(table), path, io)
}

/** Writes a file, whole or not at all. */
export async function deliverBytes(bytes: Uint8Array, path: string, io: Io): Promise<DeliveredFile> {
  try {
    await writeFileAtomically(resolve(io.folder, path), bytes)
  } catch (error) {
    throw new BadInput(`${path}: could not be written: ${error instanceof Error ? error.message : String(error)}`)
  }
  return { file: path, bytes: bytes.length, sha256: await sha256Hex(bytes) }
}
