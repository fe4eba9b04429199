import type { PageParts } from './page-parts.ts'
import { startFit } from './start-fit.ts'

/** Computes the curves that wait for it; where none do, fits. */
export function runOrFit(parts: Pick<PageParts, 'dashboard' | 'regions'>): void {
  const { live } = parts.dashboard
  if (live.stale.peek()) live.update()
  else startFit(parts)
}
