/**
 * SHA-256 of some bytes as 64 hexadecimal digits, through WebCrypto (browser, worker and Node).
 *
 * @throws Error where WebCrypto is missing: a page served without TLS from another machine.
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle
  if (subtle === undefined)
    throw new Error('SHA-256 is not available: the page must come over https or from localhost to have crypto.subtle')
  const digest = await subtle.digest('SHA-256', new Uint8Array(bytes))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
