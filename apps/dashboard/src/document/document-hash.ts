import type { ProjectDocument } from './project-document.ts'
import { writeDocument } from './write-document.ts'

/** SHA-256 of the document's canonical JSON, 64 hexadecimal digits. Equal documents have equal hashes. */
export async function documentHash(document: ProjectDocument): Promise<string> {
  return sha256(new TextEncoder().encode(writeDocument(document)))
}

/** SHA-256 of some bytes, 64 hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
