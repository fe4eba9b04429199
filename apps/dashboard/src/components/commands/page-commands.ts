import type { Command } from './command.ts'
import { editCommands } from './edit-commands.ts'
import { exportCommands } from './export-commands.ts'
import { fitCommands } from './fit-commands.ts'
import { modelCommands } from './model-commands.ts'
import type { PageParts } from './page-parts.ts'
import { placeCommands } from './place-commands.ts'
import { plotCommands } from './plot-commands.ts'
import { scenarioCommands } from './scenario-commands.ts'

/**
 * All that can be done on the page now, as it is at this moment; what cannot be done is not listed. `tell` says what became of a
 * command that shows nothing where the eye is.
 */
export function pageCommands(parts: PageParts, tell: (text: string) => void): readonly Command[] {
  const { windows, dashboard, session } = parts
  const { letters } = dashboard.view
  // where another page has the project, nothing is changed here
  const changes = session.elsewhere.peek()
    ? []
    : [
        ...scenarioCommands(parts, tell),
        ...fitCommands(parts),
        ...modelCommands(parts, tell),
        ...editCommands(parts),
        ...plotCommands(parts),
      ]
  return [
    ...changes,
    ...exportCommands(parts),
    ...placeCommands(parts),
    {
      title: 'Help and keys',
      group: 'Help',
      keys: '?',
      run: () => {
        windows.help.value = true
      },
    },
    {
      title: letters.peek() ? 'Turn single-letter keys off' : 'Turn single-letter keys on',
      group: 'Help',
      run: () => {
        letters.value = !letters.peek()
        tell(`Single-letter keys are ${letters.peek() ? 'on' : 'off'}`)
      },
    },
  ]
}
