/** A file or name that cannot be used. The message begins with `file:line:column:` where there is a place. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly file: string
  /** From 1; 0 where the whole file is meant. */
  readonly line: number
  readonly column: number

  constructor(file: string, message: string, place: { readonly line: number; readonly column: number } | null = null) {
    super(place ? `${file}:${place.line}:${place.column}: ${message}` : `${file}: ${message}`)
    this.file = file
    this.line = place?.line ?? 0
    this.column = place?.column ?? 0
  }
}
