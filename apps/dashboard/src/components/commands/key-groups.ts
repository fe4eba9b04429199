import { withCtrl } from './key-words.ts'

interface KeyGroup {
  readonly title: string
  /** Whether they can be turned off. */
  readonly letters: boolean
  readonly keys: readonly (readonly [keys: string, does: string])[]
}

/** The keys of the page, as the help lists them. */
export function keyGroups(): readonly KeyGroup[] {
  return [
    {
      title: 'Everywhere',
      letters: false,
      keys: [
        [withCtrl('K'), 'List all commands'],
        [withCtrl('Enter'), 'Fit; update curves that wait'],
        [withCtrl('Z'), 'Undo'],
        [withCtrl('Shift+Z'), 'Redo'],
        ['Esc', 'Close what is open'],
      ],
    },
    {
      title: 'On a slider',
      letters: false,
      keys: [
        ['← →', 'By 1 %; with Shift by 0.1 %'],
        ['Page ↑ ↓', 'By 10 %'],
        ['Home, End', 'To the bounds'],
        ['Delete', 'To the model’s value'],
      ],
    },
    {
      title: 'On a plot',
      letters: false,
      keys: [
        ['← →', 'Along the curve; values are spoken'],
        ['↑ ↓', 'To another curve'],
        ['Page ↑ ↓', 'Along the curve by 5 %'],
        ['Shift+← →', 'Earlier and later times'],
        ['Shift+↑ ↓', 'Select the next patient above or below'],
        ['Esc', 'Clear the selection, leave the curve, then the large view'],
      ],
    },
    {
      title: 'Single letters on a plot',
      letters: true,
      keys: [
        ['P', 'Pin as scenario'],
        ['L', 'Log or linear axis'],
        ['R', 'Full range'],
        ['T', 'Table or plot'],
        ['1–9', 'Show a panel alone, or all again'],
        ['+ −', 'Zoom in and out'],
        ['?', 'This help, wherever no text is typed'],
      ],
    },
  ]
}
