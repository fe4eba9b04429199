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

interface LockDuties {
  /** Saves what is not saved yet. */
  readonly beforeLoss: () => Promise<void>
  /** Reads again what other pages have made of the project. */
  readonly beforeGain: () => Promise<void>
}

/** Asks for the right to change a project; without Web Locks every page has it. It comes when the page that has it goes. */
export async function lockProject(id: string, { beforeLoss, beforeGain }: LockDuties): Promise<ProjectLock> {
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

  /** Settles once it is known whether this page has the right; `late`, where it comes after others have had it. */
  const request = (options: LockOptions, late: boolean): Promise<void> =>
    new Promise((settled) => {
      navigator.locks
        .request(name, options, async (lock) => {
          if (lock && late) await beforeGain()
          held.value = lock !== null
          settled()
          // kept until the page goes or another page takes it
          if (lock) await new Promise<void>(() => {})
        })
        .catch(() => {
          held.value = false
          settled()
          void request({}, true)
        })
    })

  await request({ ifAvailable: true }, false)
  if (!held.peek()) void request({}, true)
  return {
    held,
    async takeOver() {
      const saved = new Promise<void>((resolve) => {
        channel.addEventListener('message', ({ data }) => data === 'saved' && resolve())
        setTimeout(resolve, patience)
      })
      channel.postMessage('wanted')
      await saved
      await request({ steal: true }, true)
    },
  }
}
