import { shownMarks } from '../../plot/observed-rows.ts'
import type { PanelState } from '../plots/use-panel-state.ts'

/** The data on a panel in words, for those who cannot see them. */
export function ObservedSummary({ state }: { readonly state: PanelState }) {
  const shown = { period: state.period.value, scale: state.scale.value }
  const marks = state.scene.difference.value ? [] : shownMarks(state.marks.value, shown)
  if (marks.length === 0) return null
  const of = (kind: string): number => marks.filter((mark) => mark.kind === kind).length
  const subjects = new Set(marks.map(({ subject }) => subject)).size
  const parts = [
    `${of('observed')} observed values`,
    ...(of('below') > 0 ? [`${of('below')} below the limit of quantification`] : []),
    ...(of('above') > 0 ? [`${of('above')} above it`] : []),
    ...(of('excluded') > 0 ? [`${of('excluded')} left out`] : []),
  ]
  return (
    <>
      Data of {subjects} {subjects === 1 ? 'subject' : 'subjects'}: {parts.join(', ')}.
    </>
  )
}
