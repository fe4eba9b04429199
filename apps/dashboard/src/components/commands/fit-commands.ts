import type { Command } from './command.ts'
import { withCtrl } from './key-words.ts'
import type { PageParts } from './page-parts.ts'
import { startFit } from './start-fit.ts'

const panels = [
  ['curves', 'curves'],
  ['residuals', 'residuals'],
  ['check', 'predictive check'],
  ['profiles', 'profiles'],
] as const

/** Starting and steering a fit, and what it says of its data. */
export function fitCommands(parts: PageParts): readonly Command[] {
  const { fit } = parts.dashboard
  const state = fit.state.peek()
  const group = 'Fit'
  if (state.kind === 'running') {
    const isPaused = state.phase === 'paused' || state.phase === 'pausing'
    return [
      { title: 'Stop the fit and keep best', group, run: fit.stop },
      isPaused
        ? { title: 'Resume the fit', group, run: () => fit.resume() }
        : { title: 'Pause the fit', group, run: fit.pause },
    ]
  }
  const shown =
    state.kind === 'done'
      ? panels
          .filter(([id]) => id !== fit.panel.peek())
          .map(([id, words]) => ({
            title: `Show ${words} of the fit`,
            group,
            run: () => {
              fit.panel.value = id
            },
          }))
      : []
  const title = state.kind === 'done' ? 'Fit again' : 'Fit to data'
  return [{ title, group, keys: withCtrl('Enter'), run: () => startFit(parts) }, ...shown]
}
