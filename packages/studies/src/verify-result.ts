import { join } from 'node:path'
import { decodeText, type ManifestFinding, parseManifest, verifyManifest } from '@cartkin/tables'
import { InputError } from './input-error.ts'
import { readInput } from './read-input.ts'

export interface Verification {
  readonly files: number
  readonly findings: readonly ManifestFinding[]
}

/** Compares a result folder with its manifest. */
export async function verifyResult(folder: string): Promise<Verification> {
  const file = join(folder, 'manifest.json')
  const manifest = parseManifest(decodeText(await readInput(file), file), file)
  const findings = await verifyManifest(manifest, async (name) => {
    try {
      return await readInput(join(folder, name))
    } catch (error) {
      if (error instanceof InputError) return null
      throw error
    }
  })
  return { files: manifest.files.length, findings }
}
