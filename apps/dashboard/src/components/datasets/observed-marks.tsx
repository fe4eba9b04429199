import { groupShape, mostObserved, shownMarks } from '../../plot/observed-rows.ts'
import type { PixelScales, PlotFrame } from '../../plot/plot-frame.ts'
import type { PanelState } from '../plots/use-panel-state.ts'
import { markPaths } from './mark-paths.ts'

interface ObservedMarksProps {
  readonly state: PanelState
  readonly frame: PlotFrame
  readonly scales: Pick<PixelScales, 'x' | 'y'>
}

/** The data in a small plot: the marks of a panel, smaller; nothing where they are more than a drawing takes. */
export function ObservedMarks({ state, frame, scales }: ObservedMarksProps) {
  const marks = shownMarks(state.marks.value, frame)
  const limits = state.dashboard.observed.value?.limits ?? []
  if (marks.length === 0 || marks.length > mostObserved) return null
  const { muted, ink } = state.palette.value
  const { subjects } = state.dashboard.view.selected.value
  const isSelected = (subject: string): boolean => subjects.includes(subject)
  const seen = limits.filter(
    ({ quantity, value }) =>
      state.panel.quantities.includes(quantity) && value >= frame.values.low && value <= frame.values.high,
  )
  return (
    <g class="multiples-data" stroke={muted} fill="none">
      {seen.map(({ quantity, value }) => (
        <line key={quantity} x2={frame.width} y1={scales.y(value)} y2={scales.y(value)} stroke-dasharray="4 3" />
      ))}
      {marks.map(({ kind, time, value, group, line, subject }) => (
        <path
          key={line}
          d={markPaths[kind === 'observed' ? groupShape(group) : kind]}
          transform={`translate(${scales.x(time).toFixed(1)} ${scales.y(value).toFixed(1)}) scale(0.55) translate(-6 -6)`}
          stroke={isSelected(subject) ? ink : undefined}
          stroke-width={isSelected(subject) ? 3.5 : 1.6}
        />
      ))}
    </g>
  )
}
