import type { Signal } from '@preact/signals'
import type { PanelExports } from '../../export/panel-exports.ts'
import { saveProjectFile } from '../../export/project-file.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { Menu } from '../controls/menu.tsx'
import { ReproduceDialog } from '../project/reproduce-dialog.tsx'

interface ExportMenuProps {
  readonly dashboard: Dashboard
  readonly exports: PanelExports
  /** Whether its window of plans is open. */
  readonly reproducing: Signal<boolean>
}

/** What writes files, fetched with the first of them. */
const writers = () => import('../../export/page-exports.ts')

/** Scales of pictures, in pixels for each of the page's. */
const scales = [1, 2, 3] as const

/** Saves what is on the screen: curves, panels, the project, a report, and what computes it anew. */
export function ExportMenu({ dashboard, exports, reproducing }: ExportMenuProps) {
  const panels = dashboard.panels.value
  const several = dashboard.desk.value.scenarios.length > 1
  const ready = dashboard.settled.value !== null && dashboard.settled.value === dashboard.course.value
  return (
    <>
      <Menu id="export" label="Export">
        {(close) => {
          const act = (work: () => unknown) => async (): Promise<void> => {
            await work()
            close()
          }
          return (
            <>
              <p class="menu-title">Curves {several && `of ${dashboard.scenario.value.name}`}</p>
              <div class="menu-row">
                <span>{ready ? 'All curves' : 'All curves, once they are computed'}</span>
                <button
                  type="button"
                  aria-disabled={!ready}
                  onClick={() => void act(async () => (await writers()).saveCourse(dashboard, 'csv'))()}
                >
                  CSV
                </button>
                <button
                  type="button"
                  aria-disabled={!ready}
                  onClick={() => void act(async () => (await writers()).saveCourse(dashboard, 'arrow'))()}
                >
                  Arrow
                </button>
              </div>
              {several && (
                <div class="menu-row">
                  <span>All scenarios</span>
                  <button
                    type="button"
                    aria-label="All scenarios CSV"
                    onClick={() => void act(async () => (await writers()).saveScenarios(dashboard))()}
                  >
                    CSV
                  </button>
                </div>
              )}
              <p class="menu-title">Figures</p>
              {panels.map((panel) => (
                <div class="menu-row" key={panel.title}>
                  <span>{panel.title}</span>
                  <button
                    type="button"
                    aria-label={`${panel.title} SVG`}
                    onClick={() =>
                      void act(async () => (await writers()).savePanel(dashboard, exports, panel, 'svg'))()
                    }
                  >
                    SVG
                  </button>
                  {scales.map((scale) => (
                    <button
                      key={scale}
                      type="button"
                      aria-label={`${panel.title} PNG ${scale}×`}
                      onClick={() =>
                        void act(async () => (await writers()).savePanel(dashboard, exports, panel, scale))()
                      }
                    >
                      {scale === 1 && 'PNG '}
                      {scale}×
                    </button>
                  ))}
                </div>
              ))}
              <p class="menu-title">All of it</p>
              <button
                type="button"
                onClick={() => void act(async () => (await writers()).saveReport(dashboard, exports))()}
              >
                Report <span class="muted">HTML</span>
              </button>
              <button
                type="button"
                onClick={() =>
                  void act(() => {
                    const document = dashboard.history.present.peek()
                    return saveProjectFile(document, document.name || dashboard.opened.peek().title)
                  })()
                }
              >
                Project <span class="muted">JSON</span>
              </button>
              <button
                type="button"
                aria-haspopup="dialog"
                onClick={() =>
                  void act(() => {
                    reproducing.value = true
                  })()
                }
              >
                Reproduce in Node… <span class="muted">plan</span>
              </button>
            </>
          )
        }}
      </Menu>
      <ReproduceDialog dashboard={dashboard} open={reproducing} />
    </>
  )
}
