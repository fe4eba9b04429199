import { saveCourse, savePanel, saveReport, saveScenarios } from '../../export/page-exports.ts'
import { saveProjectFile } from '../../export/project-file.ts'
import type { Command } from './command.ts'
import type { PageParts } from './page-parts.ts'

/** What saves files, and what others are sent. */
export function exportCommands({ dashboard, exports, windows }: PageParts): readonly Command[] {
  const group = 'Export'
  const { settled, course, panels, desk, history, opened } = dashboard
  const isReady = settled.peek() !== null && settled.peek() === course.peek()
  return [
    ...(isReady
      ? [
          { title: 'CSV of all curves', group, run: () => void saveCourse(dashboard, 'csv') },
          { title: 'Arrow file of all curves', group, run: () => void saveCourse(dashboard, 'arrow') },
        ]
      : []),
    ...(desk.peek().scenarios.length > 1
      ? [{ title: 'CSV of all scenarios', group, run: () => void saveScenarios(dashboard) }]
      : []),
    ...panels.peek().flatMap((panel) => [
      { title: `SVG of ${panel.title}`, group, run: () => void savePanel(dashboard, exports, panel, 'svg') },
      { title: `PNG of ${panel.title}`, group, run: () => void savePanel(dashboard, exports, panel, 2) },
    ]),
    { title: 'Report as HTML', group, run: () => void saveReport(dashboard, exports) },
    {
      title: 'Save project as file',
      group,
      run: () => void saveProjectFile(history.present.peek(), history.present.peek().name || opened.peek().title),
    },
    {
      title: 'Reproduce in Node',
      group,
      run: () => {
        windows.reproduce.value = true
      },
    },
    {
      title: 'Share a link',
      group,
      run: () => {
        windows.share.value = true
      },
    },
  ]
}
