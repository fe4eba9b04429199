import type { Trust } from './report.ts'

/** Letters of the tags, as the science pages of the library use them, and what they mean. */
export const trustTags: Readonly<Record<Trust, { readonly letter: string; readonly meaning: string }>> = {
  found: { letter: 'F', meaning: 'found in a public source' },
  'found-secondary': { letter: 'F2', meaning: 'found in a secondary source' },
  memory: { letter: 'M', meaning: 'cited from memory, not read again' },
  derived: { letter: 'D', meaning: 'derived from found values' },
  assumption: { letter: 'A', meaning: 'assumption' },
  fitted: { letter: 'fit', meaning: 'fitted to data or targets' },
}
