import type { FitCommand } from './steering-command.ts'

/** Takes commands to a fit, wherever it runs. */
export interface FitControl {
  /** Commands that nobody listens to yet are kept. */
  send(command: FitCommand): void
  /** Names the one listener for commands to come; the answer ends it. */
  listen(listener: (command: FitCommand) => void): () => void
}

export function fitControl(): FitControl {
  const waiting: FitCommand[] = []
  const listening: { current: ((command: FitCommand) => void) | null } = { current: null }
  return {
    send(command) {
      if (listening.current === null) waiting.push(command)
      else listening.current(command)
    },
    listen(listener) {
      listening.current = listener
      for (const command of waiting.splice(0)) listener(command)
      return () => {
        if (listening.current === listener) listening.current = null
      }
    },
  }
}
