import { type FitCommand, type FitControl, fitControl, notPausing } from '@cartkin/fitting'
import type { Progress } from './protocol.ts'

/** One control for many jobs. */
export interface SharedControl {
  /** The control of a job, which hears of all that was wished before it began. */
  own(): FitControl
  close(): void
}

/** Takes pause, resume and stop from a control to the fits of single subjects; other commands are refused, and told. */
export function sharedControl(control: FitControl, onProgress: (progress: Progress) => void): SharedControl {
  const controls: FitControl[] = []
  const wished: FitCommand[] = []
  const close = control.listen((command) => {
    if (command.command !== 'pause' && command.command !== 'resume' && command.command !== 'stop') {
      onProgress({ kind: 'refused', command, message: notPausing(command) })
      return
    }
    wished.push(command)
    for (const each of controls) each.send(command)
  })
  return {
    own() {
      const own = fitControl()
      for (const command of wished) own.send(command)
      controls.push(own)
      return own
    },
    close,
  }
}
