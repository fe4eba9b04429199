import { type ReadonlySignal, signal } from '@preact/signals'

/** The right to change a project, which one page has at a time. */
export interface ProjectLock {
  /** Whether this page has it. */
  readonly held: ReadonlySignal<boolean>
  /** Takes it from the page that has it, once that has saved. */
  takeOver(): Promise<void>
  /** Tells the pages that look on that the project has been saved. */
  tell(): void
}

/** How long the page that has a project may take to say so, milliseconds, and to save before it is taken from it. */
const answerPatience = 1500
const savePatience = 3000

export interface LockDuties {
  /** Saves what is not saved yet. */
  readonly beforeLoss: () => Promise<void>
  /** Reads again what other pages have made of the project. */
  readonly beforeGain: () => Promise<void>
  /** The right is gone before this page could save: it was asleep. */
  readonly afterTheft: () => void
  /** The page that has the project has saved it. */
  readonly onChange: () => void
}

/** The name under which pages share the right to a project. */
export const lockName = (id: string): string => `cartkin-project-${id}`

/**
 * Asks for the right to change a project; without Web Locks every page has it. It comes at once, or when the page that has it
 * goes: what was just reloaded waits a moment for its predecessor, unless another page answers that it is there.
 */
export async function lockProject(id: string, duties: LockDuties): Promise<ProjectLock> {
  const held = signal(false)
  if (!('locks' in navigator)) {
    held.value = true
    return { held, takeOver: async () => {}, tell: () => {} }
  }
  const name = lockName(id)
  const channel = new BroadcastChannel(name)
  const others = {
    /** Whether another page was found to have the project, so that this one has to read it again. */
    found: false,
    waiting: new AbortController(),
  }

  const hold = (options: LockOptions): Promise<void> =>
    new Promise((settled) => {
      const had = { it: false }
      navigator.locks
        .request(name, options, async () => {
          if (others.found) await duties.beforeGain().catch(() => undefined)
          had.it = true
          held.value = true
          settled()
          // kept until the page goes or another page takes it
          await new Promise<never>(() => {})
        })
        .catch(() => {
          if (options.signal?.aborted) return
          if (had.it && held.peek()) duties.afterTheft()
          // a browser that gives no locks stops nobody
          held.value = !had.it
          settled()
          if (had.it) void wait()
        })
    })
  const wait = (): Promise<void> => {
    others.waiting = new AbortController()
    return hold({ signal: others.waiting.signal })
  }
  /** Settles with the first message of this kind, or after some time. */
  const heard = (wanted: string, milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const listen = ({ data }: MessageEvent): void => {
        if (data !== wanted) return
        channel.removeEventListener('message', listen)
        resolve()
      }
      channel.addEventListener('message', listen)
      setTimeout(() => listen(new MessageEvent('message', { data: wanted })), milliseconds)
    })

  channel.addEventListener('message', ({ data }) => {
    if (data === 'changed' && !held.peek()) duties.onChange()
    if (data === 'who' && held.peek()) channel.postMessage('here')
    if (data === 'wanted' && held.peek())
      void duties.beforeLoss().finally(() => {
        others.found = true
        held.value = false
        channel.postMessage('saved')
      })
  })
  const answered = heard('here', answerPatience)
  channel.postMessage('who')
  await Promise.race([wait(), answered])
  others.found = !held.peek()

  return {
    held,
    async takeOver() {
      others.found = true
      const saved = heard('saved', savePatience)
      channel.postMessage('wanted')
      await saved
      others.waiting.abort()
      await hold({ steal: true })
    },
    tell: () => channel.postMessage('changed'),
  }
}
