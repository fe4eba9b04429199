/**
 * Runs tasks one after another, each in its own turn of the event loop, so that a slider that moves meanwhile waits for
 * one of them at most.
 */
export function oneAtATime(): (task: () => Promise<void> | void) => void {
  const waiting: (() => Promise<void> | void)[] = []
  let busy = false
  const next = async (): Promise<void> => {
    const task = waiting.shift()
    if (!task) {
      busy = false
      return
    }
    try {
      await task()
    } finally {
      setTimeout(() => void next(), 0)
    }
  }
  return (task) => {
    waiting.push(task)
    if (busy) return
    busy = true
    setTimeout(() => void next(), 0)
  }
}
