import { type Signal, signal } from '@preact/signals'

/** Which tab each side of the page shows, so that a link elsewhere can lead there. It is no part of the document. */
export interface Regions {
  readonly left: Signal<string>
  readonly right: Signal<string>
}

export function createRegions(): Regions {
  return { left: signal('parameters'), right: signal('endpoints') }
}
