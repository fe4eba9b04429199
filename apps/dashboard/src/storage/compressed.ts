/** Text in the fewest bytes (DEFLATE, RFC 1951). */
export async function compressed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/**
 * The text of compressed bytes; null where they are no compressed text, or one of more than `most` bytes: a few kilobytes
 * may stand for gigabytes, so no more than that is ever expanded.
 */
export async function expanded(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<string | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value)
      length += read.value.length
      if (length > most) {
        void reader.cancel().catch(() => {})
        return null
      }
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await new Blob(parts).arrayBuffer())
  } catch {
    return null
  }
}
