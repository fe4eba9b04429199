import { join } from 'node:path'
import { decodeText, type ManifestFinding, parseManifest, verifyManifest } from '@cartkin/tables'
import { InputError } from './input-error.ts'
import { readInput } from './read-input.ts'

export interface Verification {
  readonly files: number
  readonly findings: readonly ManifestFinding[]
}

/** Compares a result folder with its manifest; `shown` stands for the folder in messages. */
export async function verifyResult(folder: string, shown = folder): Promise<Verification> {
  const file = join(shown, 'manifest.json')
  const manifest = parseManifest(decodeText(await readInput(join(folder, 'manifest.json'), file), file), file)
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
