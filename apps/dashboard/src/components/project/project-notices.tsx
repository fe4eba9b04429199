import { useSignal } from '@preact/signals'
import { projectFileEnding, saveProjectFile } from '../../export/project-file.ts'
import { saveFile } from '../../export/save-file.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ProjectSession } from '../../storage/project-session.ts'

interface ProjectNoticesProps {
  readonly dashboard: Dashboard
  readonly session: ProjectSession
}

/** What has to be said of how the project is kept, each with what can be done. */
export function ProjectNotices({ dashboard, session }: ProjectNoticesProps) {
  const dismissed = useSignal(false)
  const { notice, poisoned, elsewhere } = session
  const saving = session.saving.value
  const broken = poisoned.value
  return (
    <>
      {broken && (
        <div class="notice-bar" role="alert">
          <p>
            <strong>{broken.title}</strong> could not be opened: {broken.problem}. This is a new project; the other one
            is kept as it was.
          </p>
          {broken.text !== '' && (
            <button
              type="button"
              class="button small"
              onClick={() => saveFile(`saved${projectFileEnding}`, 'application/json', broken.text)}
            >
              Download what was saved
            </button>
          )}
          <button type="button" class="button small" onClick={() => void session.tryAgain()}>
            Try again
          </button>
          <button type="button" class="button small stop" onClick={() => void session.discardPoisoned()}>
            Discard
          </button>
        </div>
      )}
      {elsewhere.value && (
        <div class="notice-bar" role="status">
          <p>This project is open in another tab. It can be looked at here, and changed there.</p>
          <button type="button" class="button small" onClick={() => void session.takeOver()}>
            Take over
          </button>
        </div>
      )}
      {saving.kind === 'failed' && !dismissed.value && (
        <div class="notice-bar" role="alert">
          <p>This browser does not keep the project: {saving.problem}. It is here as long as the page is open.</p>
          <button
            type="button"
            class="button small"
            onClick={() => {
              const document = dashboard.history.present.peek()
              void saveProjectFile(document, document.name || dashboard.opened.peek().title)
            }}
          >
            Download project
          </button>
          <Dismiss
            act={() => {
              dismissed.value = true
            }}
          />
        </div>
      )}
      {notice.value && (
        <div class="notice-bar" role="status">
          <p>{notice.value}</p>
          <Dismiss
            act={() => {
              notice.value = ''
            }}
          />
        </div>
      )}
    </>
  )
}

function Dismiss({ act }: { readonly act: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label="Dismiss" onClick={act}>
      ×
    </button>
  )
}
