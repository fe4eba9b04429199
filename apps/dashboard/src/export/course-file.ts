import { sha256Hex, tableToArrow } from '@cartkin/tables'
import type { Course } from '../state/course.ts'

/**
 * A course as an Arrow file, as `cartkin run` writes it, with its SHA-256: equal courses have equal hashes wherever they were
 * computed.
 */
export async function courseFile({
  table,
}: Course): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly hash: string }> {
  const bytes = new Uint8Array(tableToArrow(table))
  return { bytes, hash: await sha256Hex(bytes) }
}
