import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { projectFileEnding, saveProjectFile } from '../../export/project-file.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ProjectSession } from '../../storage/project-session.ts'
import type { ProjectEntry } from '../../storage/project-store.ts'
import { Menu } from '../controls/menu.tsx'

interface ProjectMenuProps {
  readonly dashboard: Dashboard
  readonly session: ProjectSession
}

/** Name of the project, its file, and the other projects of this browser. */
export function ProjectMenu({ dashboard, session }: ProjectMenuProps) {
  const { present } = dashboard.history
  const others = useSignal<readonly ProjectEntry[]>([])
  const doomed = useSignal('')
  /** The name while it is typed; null when the box shows the project's. */
  const typed = useSignal<string | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const { name } = present.value
  const title = name || dashboard.opened.value.title
  const elsewhere = session.elsewhere.value

  const refresh = async (): Promise<void> => {
    doomed.value = ''
    others.value = (await session.list().catch(() => [])).filter(({ id }) => id !== session.id)
  }
  const rename = (text: string): void => {
    typed.value = null
    dashboard.rename(text.trim().slice(0, 200))
  }
  const remove = async (id: string): Promise<void> => {
    await session.remove(id).catch(() => {})
    await refresh()
  }

  return (
    <Menu
      id="project"
      name={`Project: ${name || 'unnamed'}`}
      label={
        <>
          <span class="project-name">{name || 'Project'}</span> <span aria-hidden="true">▾</span>
        </>
      }
      onOpen={() => void refresh()}
    >
      {(close) => (
        <>
          <label class="menu-field">
            <span>Name</span>
            <input
              type="text"
              class="search"
              maxLength={200}
              placeholder={title}
              disabled={elsewhere}
              value={typed.value ?? name}
              onInput={(event) => {
                typed.value = event.currentTarget.value
              }}
              onChange={(event) => rename(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Enter' && rename(event.currentTarget.value)}
            />
          </label>
          <button type="button" onClick={() => void session.go(null)}>
            New project
          </button>
          <button type="button" disabled={elsewhere} onClick={() => picker.current?.click()}>
            Open file… <span class="muted">{projectFileEnding}</span>
          </button>
          <input
            ref={picker}
            type="file"
            hidden
            accept=".json,application/json"
            aria-label="Project file"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? []
              if (file) void session.openFile(file)
              event.currentTarget.value = ''
              close()
            }}
          />
          <button
            type="button"
            onClick={() => {
              void saveProjectFile(present.peek(), title)
              close()
            }}
          >
            Save as file <span class="muted">{present.value.data ? 'data included' : projectFileEnding}</span>
          </button>
          {others.value.length > 0 && (
            <ul class="projects" aria-label="Projects in this browser">
              {others.value.map(({ id, title: other, at }) => (
                <li key={id}>
                  <button type="button" onClick={() => void session.go(id)}>
                    {other} <span class="muted">{dayAndTime(at)}</span>
                  </button>
                  {doomed.value === id ? (
                    <button type="button" class="danger" onClick={() => void remove(id)}>
                      Delete for good
                    </button>
                  ) : (
                    <button
                      type="button"
                      class="icon-button"
                      aria-label={`Delete ${other}`}
                      onClick={() => {
                        doomed.value = id
                      }}
                    >
                      ×
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Menu>
  )
}

function dayAndTime(at: number): string {
  return new Date(at).toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
}
