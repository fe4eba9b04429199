import { canonicalJson } from './canonical-json.ts'
import type { Json, Manifest } from './manifest.ts'
import { checkManifestName } from './manifest-name.ts'
import { sha256Hex } from './sha256-hex.ts'

/** What `manifestOf` hashes and records. */
export interface ManifestInput {
  readonly versions: Readonly<Record<string, string>>
  /** Library id or file name of the model, and its text. */
  readonly model: { readonly id: string; readonly text: string }
  /** Data file that was read, with its bytes. */
  readonly data?: { readonly file: string; readonly bytes: Uint8Array }
  readonly options: Json
  readonly seed?: number
  readonly status: Readonly<Record<string, number>>
  readonly licences?: readonly string[]
  /** Every file of the result but the manifest itself. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/** Hash over all fields but `self`. */
export function selfHash(manifest: Omit<Manifest, 'self'>): Promise<string> {
  const { format, versions, model, data, options, seed, status, licences, files } = manifest
  const fields = { format, versions, model, data, options, seed, status, licences }
  const listed = files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))
  return sha256Hex(new TextEncoder().encode(canonicalJson({ ...fields, files: listed })))
}

/**
 * The manifest of a result. It holds no time of day and no path of the machine, so that equal work gives an equal one.
 *
 * @throws RangeError for a file name that could lead out of the result directory, or one given twice.
 */
export async function manifestOf(input: ManifestInput): Promise<Manifest> {
  const names = new Set<string>()
  for (const { name } of input.files) {
    checkManifestName(name)
    if (names.has(name)) throw new RangeError(`file ${name} is listed twice; names in a result directory must differ`)
    names.add(name)
  }
  const files = await Promise.all(
    input.files.map(async ({ name, bytes }) => ({ name, bytes: bytes.length, sha256: await sha256Hex(bytes) })),
  )
  files.sort((a, b) => (a.name < b.name ? -1 : 1))
  const { id, text } = input.model
  const manifest: Omit<Manifest, 'self'> = {
    format: 'cartkin-manifest-1',
    versions: input.versions,
    model: { id, sha256: await sha256Hex(new TextEncoder().encode(text)) },
    data: input.data === undefined ? null : { file: input.data.file, sha256: await sha256Hex(input.data.bytes) },
    options: input.options,
    seed: input.seed ?? null,
    status: input.status,
    licences: input.licences ?? [],
    files,
  }
  return { ...manifest, self: await selfHash(manifest) }
}
