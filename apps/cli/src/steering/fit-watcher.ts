import type { FitWatch, WatchedFit, WatchedProgress } from '@cartkin/studies'
import type { Io, TypedLines } from '../io.ts'
import { patientLine, traceLine } from './trace-line.ts'
import { typedCommand, typedHelp } from './typed-command.ts'

export interface WatchOptions {
  /** How iterations are shown (not at all). */
  readonly trace?: 'text' | 'json'
  /** Whether commands are read while a fit runs. */
  readonly interactive: boolean
}

/** Shows the fits of a study, takes typed commands to them, and stops them. */
export interface FitWatcher extends FitWatch {
  /** Whether lines are shown, in place of a progress line. */
  readonly isShown: boolean
  /** Asks all fits that run for their best values, and leaves out what is made of those that are done; false where there is nothing such. */
  stop(): boolean
}

export function fitWatcher({ trace, interactive }: WatchOptions, io: Io): FitWatcher {
  const running = new Set<WatchedFit>()
  const leaving: (() => void)[] = []
  const asked = { stop: false }
  const typing: { wake: (() => void) | null; state: 'unread' | 'open' | 'over' } = { wake: null, state: 'unread' }
  const input = interactive ? io.input : undefined

  const say = (fit: WatchedFit, told: WatchedProgress) => {
    const name = running.size > 1 ? `${fit.label}: ` : ''
    if (trace === 'json') io.note(`${JSON.stringify({ step: fit.step, start: fit.label, ...told }, plain)}\n`)
    else if (told.kind === 'steering') io.note(`${name}${traceLine(told.event)}\n`)
    else if (told.kind === 'subject-iteration') io.note(`${patientLine(told.id, told.search, told.iteration)}\n`)
    else io.note(`refused: ${told.message}\n`)
  }

  const read = async (lines: TypedLines) => {
    for await (const line of lines.read()) {
      try {
        const command = typedCommand(line)
        if (command === 'help') io.note(typedHelp)
        else {
          // a line of a file waits until the fit does
          const waits = command.command === 'resume' && !lines.isTerminal
          const woken = waits ? new Promise<void>((wake) => (typing.wake = wake)) : undefined
          for (const { control } of running) control.send(command)
          await woken
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        io.note(`${error.message}\n`)
      }
    }
    // nobody is left to say that it shall go on
    typing.state = 'over'
    for (const { control } of running) control.send({ command: 'resume' })
  }

  return {
    isShown: trace !== undefined || interactive,
    paused: interactive,
    holdAtEnd: interactive,
    begin(fit) {
      running.add(fit)
    },
    told(fit, progress) {
      if (trace !== undefined || interactive) say(fit, progress)
      const isPaused = progress.kind === 'steering' && progress.event.kind === 'paused'
      if (input === undefined || !isPaused) return
      typing.wake?.()
      typing.wake = null
      if (typing.state === 'over') fit.control.send({ command: 'resume' })
      if (typing.state !== 'unread') return
      typing.state = 'open'
      if (input.isTerminal) io.note(typedHelp)
      void read(input)
    },
    end(fit) {
      running.delete(fit)
      typing.wake?.()
      typing.wake = null
    },
    searched(leave) {
      leaving.push(leave)
      if (asked.stop) leave()
    },
    stop() {
      asked.stop = true
      for (const { control } of running) control.send({ command: 'stop' })
      for (const leave of leaving) leave()
      return running.size + leaving.length > 0
    },
  }
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Float64Array ? Array.from(value) : value
}
