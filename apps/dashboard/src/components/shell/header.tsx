import { ownModel } from '../../document/project-document.ts'
import type { PanelExports } from '../../export/panel-exports.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ProjectSession } from '../../storage/project-session.ts'
import { HelpButton } from '../commands/help-button.tsx'
import type { Windows } from '../commands/windows.ts'
import { PresetBrowser } from '../presets/preset-browser.tsx'
import { ProjectMenu } from '../project/project-menu.tsx'
import { ShareButton } from '../project/share-dialog.tsx'
import { ExportMenu } from './export-menu.tsx'
import { RunChip } from './run-chip.tsx'
import { UndoButtons } from './undo-buttons.tsx'

interface HeaderProps {
  readonly dashboard: Dashboard
  readonly exports: PanelExports
  readonly session: ProjectSession
  readonly windows: Windows
  /** Begins a model of one's own. */
  readonly begin: () => void
}

/** Stands for a new model among the presets. */
const blank = 'blank'

export function Header({ dashboard, exports, session, windows, begin }: HeaderProps) {
  const { id, title } = dashboard.opened.value
  const ownText = dashboard.ownText.value
  const choose = (chosen: string): void => {
    if (chosen === blank) begin()
    else void dashboard.openModel(chosen)
  }
  return (
    <header class="header">
      <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="6" />
        <path d="M4 18c3 0 3.500-11 6.500-11S14 14 20 15.500" />
        <circle cx="10.500" cy="7" r="2" />
      </svg>
      <span class="brand">cartkin</span>
      <h1>{title}</h1>
      <ProjectMenu dashboard={dashboard} session={session} />
      <UndoButtons dashboard={dashboard} />
      <RunChip dashboard={dashboard} />
      <span class="spacer" />
      <label class="preset">
        <span>Preset</span>
        <select
          value={id}
          disabled={dashboard.history.locked.value}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {dashboard.index.map((shelf) => (
            <optgroup key={shelf.title} label={shelf.title}>
              {shelf.models.map((preset) => (
                <option key={preset.id} value={preset.id}>
                  {preset.title}
                </option>
              ))}
            </optgroup>
          ))}
          <optgroup label="Your own">
            {ownText !== null && <option value={ownModel}>Your text</option>}
            <option value={blank}>Blank model</option>
          </optgroup>
        </select>
      </label>
      <PresetBrowser dashboard={dashboard} open={windows.presets} />
      <ShareButton dashboard={dashboard} open={windows.share} />
      <ExportMenu dashboard={dashboard} exports={exports} reproducing={windows.reproduce} />
      <HelpButton windows={windows} />
    </header>
  )
}
