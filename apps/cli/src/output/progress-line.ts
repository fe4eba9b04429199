import type { Io } from '../io.ts'

/** Tells on one line how far a task is and how long it will take; silent for what ends within a second. */
export interface ProgressLine {
  /** Share done, 0 to 1. */
  update(share: number, what?: string): void
  /** Removes the line. */
  end(): void
}

const quietMilliseconds = 1000
/** Between two lines where they cannot be written over, milliseconds. */
const plainInterval = 5000
const terminalInterval = 100
/** From which share on the time left is worth telling. */
const smallestShare = 0.02

export function progressLine(io: Io, task: string, clock: () => number = () => performance.now()): ProgressLine {
  const began = clock()
  const interval = io.terminal ? terminalInterval : plainInterval
  let shown = Number.NEGATIVE_INFINITY
  let width = 0
  return {
    update(share, what = '') {
      const now = clock()
      if (now - began < quietMilliseconds || now - shown < interval) return
      shown = now
      const left =
        share >= smallestShare && share < 1 ? `, ${duration(((now - began) * (1 - share)) / share)} left` : ''
      const line = `${task}: ${Math.floor(100 * share)} %${what === '' ? '' : ` ${what}`}${left}`
      io.note(io.terminal ? `\r${line.padEnd(width)}` : `${line}\n`)
      width = line.length
    },
    end() {
      if (io.terminal && width > 0) io.note(`\r${' '.repeat(width)}\r`)
      width = 0
    },
  }
}

function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
