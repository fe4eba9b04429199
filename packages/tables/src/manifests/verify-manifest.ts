import type { Manifest } from './manifest.ts'
import { selfHash } from './manifest-of.ts'
import { sha256Hex } from './sha256-hex.ts'

/** Something that does not agree with the manifest. */
export interface ManifestFinding {
  /** File concerned; `manifest.json` when the manifest itself was changed. */
  readonly file: string
  readonly kind: 'manifest-changed' | 'missing' | 'length' | 'content'
  readonly message: string
}

/**
 * Compares a result with its manifest. Files that the manifest does not list are not looked at.
 *
 * @param readFile gives a file's bytes by its name in the manifest, or null where there is none.
 * @returns what disagrees, in the manifest's order; an empty list when all is as it was written.
 */
export async function verifyManifest(
  manifest: Manifest,
  readFile: (name: string) => Promise<Uint8Array | null>,
): Promise<readonly ManifestFinding[]> {
  const findings: ManifestFinding[] = []
  if ((await selfHash(manifest)) !== manifest.self)
    findings.push({
      file: 'manifest.json',
      kind: 'manifest-changed',
      message: 'manifest.json was changed after it was written: its own hash does not agree',
    })
  for (const { name, bytes, sha256 } of manifest.files) {
    const content = await readFile(name)
    if (content === null) findings.push({ file: name, kind: 'missing', message: `${name} is missing` })
    else if (content.length !== bytes)
      findings.push({ file: name, kind: 'length', message: `${name} has ${content.length} bytes instead of ${bytes}` })
    else if ((await sha256Hex(content)) !== sha256)
      findings.push({ file: name, kind: 'content', message: `${name} differs from what was written (SHA-256)` })
  }
  return findings
}
