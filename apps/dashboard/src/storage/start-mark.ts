import type { PageMemory } from './page-memory.ts'

/** A note that a start is under way, which a start that came to an end takes away: what is left of it is from one that did not. */
export interface StartMark {
  /** Whether the last start with this project did not come to its end. */
  wasLeft(id: string): boolean
  set(id: string): void
  /** The project has been computed: a page that is left from now on was in no trouble. */
  computed(): void
  clear(): void
}

/** A page that is left sooner than this after its start was in no trouble, milliseconds: a machine may be that slow. */
const early = 8000

export function createStartMark(memory: PageMemory, now: () => number = Date.now): StartMark {
  const key = 'starting'
  let since: number | null = null
  let isComputed = false
  const clear = (): void => {
    memory.set(key, null)
    since = null
  }
  addEventListener('pagehide', () => {
    if (since !== null && (isComputed || now() - since < early)) clear()
  })
  return {
    wasLeft: (id) => memory.get(key) === id,
    set(id) {
      since = now()
      memory.set(key, id)
    },
    computed() {
      isComputed = true
    },
    clear,
  }
}
