import { useRef } from 'preact/hooks'
import { Dialog } from '../controls/dialog.tsx'
import { keyGroups } from './key-groups.ts'
import type { PageParts } from './page-parts.ts'

export interface HelpWindowProps {
  readonly parts: Pick<PageParts, 'dashboard' | 'windows'>
}

/** What the page is, where its data stay, its keys, and the switch for those that are single letters. */
export function HelpWindow({ parts: { dashboard, windows } }: HelpWindowProps) {
  const { letters } = dashboard.view
  const isForCommands = useRef(false)
  return (
    <Dialog
      title="Help"
      open={windows.help}
      closed={() => {
        if (isForCommands.current) windows.commands.value = true
        isForCommands.current = false
      }}
    >
      {(close) => (
        <>
          <p>
            cartkin simulates and fits models of CAR-T cells, their targets and cytokines. Drag a slider, or drop a CSV
            file to fit; everything can be taken back.
          </p>
          <p>
            <strong>Nothing leaves this page.</strong> It has no server and no account: models, data and fits are
            computed and kept in this browser, and a link holds its project itself.
          </p>
          <p>
            <button
              type="button"
              class="button"
              onClick={() => {
                isForCommands.current = true
                close()
              }}
            >
              All commands
            </button>
          </p>
          <div class="key-groups">
            {keyGroups().map(({ title, letters: isOfLetters, keys }) => (
              <section key={title} aria-label={title} data-off={isOfLetters && !letters.value ? '' : undefined}>
                <h3>
                  {title}
                  {isOfLetters && !letters.value && ', turned off'}
                </h3>
                <dl>
                  {keys.map(([key, does]) => (
                    <div key={key}>
                      <dt>
                        <kbd>{key}</kbd>
                      </dt>
                      <dd>{does}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <label class="toolbar-switch">
            <input
              type="checkbox"
              checked={letters.value}
              onChange={(event) => {
                letters.value = event.currentTarget.checked
              }}
            />
            Single-letter keys
          </label>
          <p class="caption">
            Turn them off where speech or chance presses keys; everything they do has a button or a command. This
            browser remembers the choice.
          </p>
        </>
      )}
    </Dialog>
  )
}
