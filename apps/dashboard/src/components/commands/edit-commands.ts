import type { Command } from './command.ts'
import { withCtrl } from './key-words.ts'
import type { PageParts } from './page-parts.ts'

/** Taking steps back, and parameters to where the model has them. */
export function editCommands({ dashboard }: PageParts): readonly Command[] {
  const { undoable, redoable, undo, redo } = dashboard.history
  const last = undoable.peek().at(-1)
  const next = redoable.peek().at(-1)
  const changed = Object.keys(dashboard.scenario.peek().parameters).length
  const group = 'Edit'
  return [
    ...(last ? [{ title: `Undo: ${last.label}`, group, keys: withCtrl('Z'), run: undo }] : []),
    ...(next ? [{ title: `Redo: ${next.label}`, group, keys: withCtrl('Shift+Z'), run: redo }] : []),
    ...(changed > 0 ? [{ title: 'Reset all parameters', group, run: () => dashboard.resetParameters() }] : []),
  ]
}
