/** A value that JSON holds; numbers are finite. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One file of a result directory, by its path below that directory (forward slashes). */
export interface ManifestFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** What a result was made from and by, and the hash of every file of it. */
export interface Manifest {
  readonly format: 'cartkin-manifest-1'
  /** Versions of the toolkit, its parts and the runtime: `{ cartkin: '0.1.0', node: '24.21.0' }`. */
  readonly versions: Readonly<Record<string, string>>
  readonly model: { readonly id: string; readonly sha256: string }
  /** Null where nothing was fitted to or read from data. */
  readonly data: { readonly file: string; readonly sha256: string } | null
  /** Everything that decides the result besides model and data: solver, parameters, times, plan. */
  readonly options: Json
  /** Null where nothing was drawn. */
  readonly seed: number | null
  /** Number of subjects (or runs) by how they ended: `{ ok: 198, failed: 2 }`. */
  readonly status: Readonly<Record<string, number>>
  /** Conditions under which data in the result may be used: `CC BY-NC 4.0 (Amidi et al. 2022)`. */
  readonly licences: readonly string[]
  /** Sorted by name. */
  readonly files: readonly ManifestFile[]
  /** SHA-256 over all fields above, as JSON with sorted keys. */
  readonly self: string
}
