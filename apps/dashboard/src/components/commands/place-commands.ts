import type { Command } from './command.ts'
import type { PageParts } from './page-parts.ts'

/** What leads to a part of the page: its tabs, its plots and its parameters. */
export function placeCommands({ dashboard, regions, list, windows }: PageParts): readonly Command[] {
  const { opened } = dashboard
  const { model, parameters } = opened.peek()
  const left = [
    ['parameters', 'Parameters'],
    ...(model.states.length > 0 ? [['regimen', 'Regimen'] as const] : []),
    ['model', 'Model text'],
    ['data', 'Data'],
    ['view', 'Run and view'],
  ] as const
  const right = [
    ['endpoints', 'Endpoints'],
    ['matters', 'What matters'],
    ['fit', 'Fit'],
    ['runs', 'Runs'],
  ] as const
  const toTab = (side: 'left' | 'right', [id, title]: readonly [string, string]): Command => ({
    title: `Show ${title}`,
    group: 'Go to',
    run: () => {
      regions[side].value = id
      focusSoon(`[data-tab="${id}"]`)
    },
  })
  const toPlot = ({ title }: { readonly title: string }): Command => ({
    title: `Plot of ${title}`,
    group: 'Go to',
    run: () => focusSoon(`[data-panel="${CSS.escape(title)}"] :is(.plot:not([hidden]), .panel-table)`),
  })
  return [
    ...left.map((tab) => toTab('left', tab)),
    ...right.map((tab) => toTab('right', tab)),
    ...dashboard.panels.peek().map(toPlot),
    ...[...parameters.values()].map(
      ({ name, label }): Command => ({
        title: `${name} ${label}`,
        group: 'Parameter',
        run: () => {
          regions.left.value = 'parameters'
          list.query.value = ''
          list.wanted.value = name
        },
      }),
    ),
    {
      title: 'Browse presets',
      group: 'Model',
      run: () => {
        windows.presets.value = true
      },
    },
  ]
}

/** Brings the focus to an element of the next frame. */
function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())
}
