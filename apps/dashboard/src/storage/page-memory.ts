/** Small texts that outlive a reload, written at once; where the browser refuses nothing is kept. */
export interface PageMemory {
  get(key: string): string | null
  /** Whether it was kept. */
  set(key: string, value: string | null): boolean
  /** The keys that begin so. */
  keys(start: string): readonly string[]
  /** Whether the browser keeps anything here at all. */
  works(): boolean
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
    keys(start) {
      try {
        return Object.keys(storage())
          .filter((key) => key.startsWith(prefix + start))
          .map((key) => key.slice(prefix.length))
      } catch {
        return []
      }
    },
    works() {
      try {
        return storage().length >= 0
      } catch {
        return false
      }
    },
  }
}
