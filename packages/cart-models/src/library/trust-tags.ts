import type { Trust } from './library-model.ts'

/** The tag that stands beside a value wherever it is shown, and what it means. */
export const trustTags: Readonly<Record<Trust, { readonly letter: string; readonly meaning: string }>> = {
  found: { letter: 'F', meaning: 'found in a public source' },
  'found-secondary': { letter: 'F2', meaning: 'found in a secondary source' },
  memory: { letter: 'M', meaning: 'cited from memory, not read again' },
  derived: { letter: 'D', meaning: 'derived from found values' },
  assumption: { letter: 'A', meaning: 'assumption' },
  fitted: { letter: 'fit', meaning: 'fitted to data or targets' },
}
