/** Small texts that outlive a reload, written at once; where the browser refuses they last as long as the page. */
export interface PageMemory {
  get(key: string): string | null
  /** Whether it was kept. */
  set(key: string, value: string | null): boolean
}

export function createPageMemory(storage: () => Storage): PageMemory {
  const prefix = 'cartkin.'
  return {
    get(key) {
      try {
        return storage().getItem(prefix + key)
      } catch {
        return null
      }
    },
    set(key, value) {
      try {
        if (value === null) storage().removeItem(prefix + key)
        else storage().setItem(prefix + key, value)
        return true
      } catch {
        return false
      }
    },
  }
}
