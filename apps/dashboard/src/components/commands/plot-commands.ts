import type { PanelDefinition } from '@cartkin/cart-models'
import {
  moveBy,
  periodsOf,
  showAll,
  showPeriod,
  toggleLarge,
  toggleScale,
  toggleTable,
  zoomBy,
} from '../plots/plot-actions.ts'
import type { Command } from './command.ts'
import { withCtrl } from './key-words.ts'
import type { PageParts } from './page-parts.ts'

/** Ways to look at the curves, of all panels and of each. */
export function plotCommands({ dashboard }: PageParts): readonly Command[] {
  const { view, opened, scenario, population, patients, scene, live } = dashboard
  const group = 'Plots'
  const { full, shown } = periodsOf(dashboard)
  const isWhole = shown.low === full.low && shown.high === full.high
  const hasPopulation = opened.peek().population !== undefined && scene.difference.peek() === null
  const ofPanel = (panel: PanelDefinition, k: number): readonly Command[] => {
    const { title } = panel
    const scale = scene.difference.peek() ? null : (view.scales.peek()[title] ?? panel.scale)
    const other = scale === 'log' ? 'linear' : 'log'
    const isTable = view.tables.peek().includes(title)
    const isLarge = view.large.peek() === title
    return [
      ...(scale
        ? [{ title: `${title}: ${other} axis`, group, keys: 'L', run: () => toggleScale(dashboard, title, scale) }]
        : []),
      {
        title: `${title}: show as ${isTable ? 'plot' : 'table'}`,
        group,
        keys: 'T',
        run: () => toggleTable(dashboard, title),
      },
      {
        title: isLarge ? 'Show all panels' : `${title}: show alone`,
        group,
        keys: isLarge ? 'Esc' : String(k + 1),
        run: () => toggleLarge(dashboard, title),
      },
    ]
  }
  return [
    ...dashboard.panels.peek().flatMap(ofPanel),
    ...(live.stale.peek()
      ? [{ title: `Update curves: ${live.stale.peek()}`, group, keys: withCtrl('Enter'), run: live.update }]
      : []),
    {
      title: live.on.peek() ? 'Let curves wait for Update' : 'Let curves follow every change',
      group,
      run: () => {
        live.on.value = !live.on.peek()
      },
    },
    { title: 'Zoom in', group, keys: '+', run: () => zoomBy(dashboard, 0.5, view.cursor.peek()) },
    ...(isWhole
      ? []
      : [
          { title: 'Zoom out', group, keys: '−', run: () => zoomBy(dashboard, 2, null) },
          { title: 'Full range', group, keys: 'R', run: () => showAll(dashboard) },
          { title: 'Earlier times', group, keys: 'Shift+←', run: () => moveBy(dashboard, -0.25) },
          { title: 'Later times', group, keys: 'Shift+→', run: () => moveBy(dashboard, 0.25) },
        ]),
    ...opened
      .peek()
      .windows(scenario.peek().horizon)
      .map((end) => ({
        title: `Times to ${opened.peek().timeUnit} ${end}`,
        group,
        run: () => showPeriod(dashboard, { low: full.low, high: end }),
      })),
    ...(hasPopulation
      ? [
          {
            title: population.follows.peek() ? 'Hide bands of virtual patients' : 'Bands of virtual patients',
            group,
            run: () => {
              population.follows.value = !population.follows.peek()
              if (!population.follows.peek()) population.discard()
            },
          },
          {
            title: patients.on.peek() ? 'Hide curves of virtual patients' : 'Curves of virtual patients',
            group,
            run: () => {
              patients.on.value = !patients.on.peek()
            },
          },
        ]
      : []),
  ]
}
