import { type ReadonlySignal, signal } from '@preact/signals'

/** The right to change a project, which one page has at a time. */
export interface ProjectLock {
  /** Whether this page has it. */
  readonly held: ReadonlySignal<boolean>
  /** Takes it from the page that has it, once that has saved. */
  takeOver(): Promise<void>
}

/** How long a page may take to save before its project is taken from it. */
const patience = 1000

/**
 * Asks for the right to change a project; without Web Locks every page has it. `beforeLoss` saves what is not saved yet.
 */
export async function lockProject(id: string, beforeLoss: () => Promise<void>): Promise<ProjectLock> {
  const held = signal(false)
  const name = `cartkin-project-${id}`
  if (!('locks' in navigator)) {
    held.value = true
    return { held, takeOver: async () => {} }
  }
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }): void => {
    if (data === 'wanted' && held.peek())
      void beforeLoss().finally(() => {
        held.value = false
        channel.postMessage('saved')
      })
  }

  const request = (options: LockOptions): Promise<void> =>
    new Promise((settled) => {
      navigator.locks
        .request(name, options, (lock) => {
          held.value = lock !== null
          settled()
          // kept until the page goes or another page takes it
          return lock === null ? undefined : new Promise<void>(() => {})
        })
        .catch(() => {
          held.value = false
          settled()
        })
    })

  await request({ ifAvailable: true })
  return {
    held,
    async takeOver() {
      const saved = new Promise<void>((resolve) => {
        channel.addEventListener('message', ({ data }) => data === 'saved' && resolve())
        setTimeout(resolve, patience)
      })
      channel.postMessage('wanted')
      await saved
      await request({ steal: true })
    },
  }
}
