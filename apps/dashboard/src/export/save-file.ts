/** Offers text, bytes or a picture as a file download. */
export function saveFile(name: string, type: string, content: string | Blob | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has its own reference once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
