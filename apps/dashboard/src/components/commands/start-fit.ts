import { missingText } from '../../state/fit-prerequisites.ts'
import type { PageParts } from './page-parts.ts'

/** Starts a fit and shows how it goes; where something is missing, leads to what says so. */
export function startFit({ dashboard, regions }: Pick<PageParts, 'dashboard' | 'regions'>): void {
  const { fit } = dashboard
  regions.right.value = 'fit'
  if (fit.state.peek().kind === 'running') return
  const isReady = fit.data.peek() !== undefined && missingText(fit.prerequisites.peek()) === ''
  if (isReady) void fit.start()
  // the card comes with the next frame, or when it has been fetched
  else setTimeout(() => document.querySelector<HTMLElement>('.fit .button.primary, [data-tab="fit"]')?.focus(), 100)
}
