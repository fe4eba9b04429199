const ALLOWED = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-')
const LONGEST = 100

function isPlainPart(part: string): boolean {
  return part !== '' && part.length <= LONGEST && !part.startsWith('.') && [...part].every((c) => ALLOWED.has(c))
}

/** Whether a name is a path below the result directory made of plain parts: letters, digits, `.`, `_`, `-`. */
export function isManifestName(name: string): boolean {
  return name.split('/').every(isPlainPart)
}

/** @throws RangeError when `isManifestName` does not hold. */
export function checkManifestName(name: string): void {
  if (!isManifestName(name))
    throw new RangeError(
      `file name ${JSON.stringify(name)} is not allowed in a result directory; use parts of letters, digits, ".", "_" and "-" (at most ${LONGEST}, not beginning with "."), joined by "/"`,
    )
}
