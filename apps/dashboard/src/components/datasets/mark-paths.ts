import type { MarkKind } from '../../datasets/observed-data.ts'
import type { GroupShape } from '../../plot/observed-rows.ts'

/** Outlines of the marks of data, in a square of 12 by 12. */
export const markPaths: Readonly<Record<GroupShape | Exclude<MarkKind, 'observed'>, string>> = {
  circle: 'M2 6a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  square: 'M2.5 2.5h7v7h-7z',
  diamond: 'M6 1.5L10.5 6L6 10.5L1.5 6z',
  'triangle-right': 'M3 2L10 6L3 10z',
  below: 'M2 3h8l-4 7z',
  above: 'M2 9h8l-4 -7z',
  excluded: 'M2 2L10 10M2 10L10 2',
}
