/** The buffers held anywhere in a plain value, each once: what is moved, not copied, when the value crosses a thread. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const item = pending.pop()
    if (typeof item !== 'object' || item === null) continue
    if (ArrayBuffer.isView(item)) {
      if (item.buffer instanceof ArrayBuffer) found.add(item.buffer)
    } else if (item instanceof ArrayBuffer) found.add(item)
    else if (Array.isArray(item)) pending.push(...item.filter((entry) => typeof entry === 'object'))
    else pending.push(...Object.values(item))
  }
  return [...found]
}
