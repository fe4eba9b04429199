import { sha256Hex, tableToArrow } from '@cartkin/tables'
import type { Course } from '../state/course.ts'

/** SHA-256 of a course as an Arrow file, as `cartkin run` writes it: equal courses have equal hashes wherever they were computed. */
export function courseHash({ table }: Course): Promise<string> {
  return sha256Hex(tableToArrow(table))
}
