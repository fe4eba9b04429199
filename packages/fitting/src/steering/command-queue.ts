import type { FitControl } from './fit-control.ts'
import type { FitCommand } from './steering-command.ts'

/** Commands that wait for the next boundary between two iterations. */
export interface CommandQueue {
  take(): FitCommand | undefined
  /** Until a command has come, or `isOver`, which is asked now and then. */
  wait(isOver: () => boolean): Promise<void>
  close(): void
}

/** How often it is asked whether a paused fit shall end, milliseconds. */
const interval = 20

export function commandQueue(control: FitControl | undefined): CommandQueue {
  const commands: FitCommand[] = []
  const waiting: { wake: () => void } = { wake: () => {} }
  const close = control?.listen((command) => {
    commands.push(command)
    waiting.wake()
  })
  return {
    take: () => commands.shift(),
    async wait(isOver) {
      while (commands.length === 0 && !isOver()) {
        const { promise, resolve } = Promise.withResolvers<void>()
        waiting.wake = resolve
        const timer = setTimeout(resolve, interval)
        await promise
        clearTimeout(timer)
      }
    },
    close: () => close?.(),
  }
}
