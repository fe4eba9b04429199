import type { FitOptions } from '../fit.ts'
import { commandQueue } from './command-queue.ts'
import type { FitControl } from './fit-control.ts'
import { commandText, type FitCommand } from './steering-command.ts'

/** What fits ask between and within their iterations. */
export interface Pauses extends Required<Pick<FitOptions, 'pause' | 'shouldStop'>> {
  close(): void
}

/** Why a command is refused by fits that can be paused and stopped alone. */
export function notPausing(command: FitCommand): string {
  return `every subject is fitted alone: pause, resume and stop hold for all of them, ${commandText(command)} for none; fit anew with other values or bounds`
}

/** Pauses and stops fits as a control says; other commands are refused. */
export function pausedBy(
  control: FitControl,
  { pause, shouldStop }: Pick<FitOptions, 'pause' | 'shouldStop'>,
  onRefused: (command: FitCommand, message: string) => void = () => {},
): Pauses {
  const queue = commandQueue(control)
  const state = { isPaused: false, isStopped: false }
  const asked = () => state.isStopped || shouldStop?.() === true
  return {
    shouldStop: asked,
    async pause() {
      await pause?.()
      do {
        if (state.isPaused) await queue.wait(asked)
        for (let command = queue.take(); command !== undefined; command = queue.take()) {
          if (command.command === 'pause') state.isPaused = true
          else if (command.command === 'resume') state.isPaused = false
          else if (command.command === 'stop') state.isStopped = true
          else onRefused(command, notPausing(command))
        }
      } while (state.isPaused && !asked())
    },
    close: queue.close,
  }
}
