import type { PanelExports } from '../../export/panel-exports.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ModelText } from '../../state/model-text.ts'
import type { ProjectSession } from '../../storage/project-session.ts'
import type { ParameterList } from '../parameters/parameter-list.ts'
import type { Regions } from '../shell/regions.ts'
import type { Windows } from './windows.ts'

/** All that a command may act on. */
export interface PageParts {
  readonly dashboard: Dashboard
  readonly session: ProjectSession
  readonly exports: PanelExports
  readonly modelText: ModelText
  readonly regions: Regions
  readonly windows: Windows
  readonly list: ParameterList
}
