import { useSignal } from '@preact/signals'
import { useId, useMemo, useRef } from 'preact/hooks'
import { Dialog } from '../controls/dialog.tsx'
import type { Command } from './command.ts'
import { foundCommands } from './found-commands.ts'
import { pageCommands } from './page-commands.ts'
import type { PageParts } from './page-parts.ts'

export interface CommandMenuProps {
  readonly parts: PageParts
  /** Says what became of a command. */
  readonly tell: (text: string) => void
}

/** All commands of the page in a window, found by their words: arrows choose, Enter runs. */
export function CommandMenu({ parts, tell }: CommandMenuProps) {
  const chosen = useRef<Command | null>(null)
  return (
    <Dialog
      title="Commands"
      open={parts.windows.commands}
      closed={() => {
        // the focus is back now, and a command may bring it elsewhere
        const command = chosen.current
        chosen.current = null
        command?.run()
      }}
    >
      {(close) => (
        <CommandSearch
          commands={pageCommands(parts, tell)}
          run={(command) => {
            chosen.current = command
            close()
          }}
        />
      )}
    </Dialog>
  )
}

interface CommandSearchProps {
  readonly commands: readonly Command[]
  readonly run: (command: Command) => void
}

/** A box with a list below it (ARIA authoring practices, combobox); the list is that of the moment when it was opened. */
function CommandSearch({ commands, run }: CommandSearchProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const query = useSignal('')
  const chosen = useSignal(0)
  const all = useMemo(() => commands, [])
  const found = foundCommands(all, query.value)
  const at = Math.min(chosen.value, found.length - 1)

  const go = (to: number): void => {
    chosen.value = (to + found.length) % Math.max(1, found.length)
    list.current?.children[chosen.value]?.scrollIntoView({ block: 'nearest' })
  }
  const press = (event: KeyboardEvent): void => {
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: Math.min(at + 8, found.length - 1),
      PageUp: Math.max(at - 8, 0),
    }[event.key]
    const command = found[at]
    if (to !== undefined) go(to)
    else if (event.key === 'Enter' && command) run(command)
    else return
    event.preventDefault()
  }

  return (
    <>
      <input
        type="text"
        class="search"
        role="combobox"
        // biome-ignore lint/a11y/noAutofocus: the window is opened to type into
        autoFocus
        autoComplete="off"
        spellcheck={false}
        placeholder="What do you want to do?"
        aria-label="Command"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value
          chosen.value = 0
          if (list.current) list.current.scrollTop = 0
        }}
        onKeyDown={press}
      />
      <div ref={list} id={`${id}-list`} class="command-list" role="listbox" aria-label="Commands">
        {found.map((command, k) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the box has the focus and the keys
          <div
            key={`${command.group}/${command.title}`}
            id={`${id}-${k}`}
            class="command"
            role="option"
            aria-selected={k === at}
            onClick={() => run(command)}
          >
            <span class="command-title">{command.title}</span>
            <span class="command-group">{command.group}</span>
            {command.keys && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      <p class="caption" role="status">
        {found.length === 0
          ? 'No command has these words.'
          : `${found.length} ${found.length === 1 ? 'command' : 'commands'}`}
      </p>
    </>
  )
}
