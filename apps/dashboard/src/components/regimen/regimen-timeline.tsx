import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type DoseLane, decidedTimes, stackedRows, timelineSpan, timesOf } from '../../regimen/dose-marks.ts'
import { drugWord } from '../../regimen/dose-name.ts'
import { withMilestones } from '../../regimen/regimen-edits.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeHabits, timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { TimelineMark } from './timeline-mark.tsx'
import { useRegimen } from './use-regimen.ts'

interface RegimenTimelineProps {
  readonly dashboard: Dashboard
  readonly lanes: readonly DoseLane[]
}

interface Span {
  readonly low: number
  readonly high: number
}

/** Width of a mark, and of the narrowest timeline, pixels. */
const markWidth = 24
const narrowest = 230

/**
 * All that is given along the time of the run: a line for each drug, marks that can be dragged, repeats and what rules decided
 * as ticks. The list below it has the same without dragging.
 */
export function RegimenTimeline({ dashboard, lanes }: RegimenTimelineProps) {
  const { start, timeUnit } = dashboard.opened.value
  const { horizon } = dashboard.scenario.value
  const track = useRef<HTMLDivElement>(null)
  const actions = useRegimen(dashboard)
  const { regimen } = actions
  const decided = dashboard.course.value?.decided ?? []
  /** The times shown while a mark is dragged: they do not move under the hand. */
  const held = useSignal<Span | null>(null)
  const span = held.value ?? timelineSpan(regimen, decided, start, horizon)
  const { low, high } = span
  const part = (time: number): string => String((time - low) / (high - low))
  const rowsOf = (times: readonly number[]): readonly number[] =>
    stackedRows(
      times.map((time) => (time - low) / (high - low)),
      markWidth / narrowest,
    )
  const inside = (time: number): boolean => time >= low && time <= high
  const milestones = regimen.milestones ?? []
  const milestoneRows = rowsOf(milestones.map(({ time }) => time))
  const read = (time: number): string => timeText(timeUnit, formatNumber(time, 6))

  /** The time under a pointer, at whole steps. */
  const timeAt = (x: number): number => {
    const box = track.current?.getBoundingClientRect()
    if (!box || box.width === 0) return low
    const time = low + ((x - box.left) / box.width) * (high - low)
    const step = snapStep(high - low)
    return Math.min(high, Math.max(start, Math.round(time / step) * step))
  }
  const drag = {
    begin: () => {
      held.value = span
    },
    end: () => {
      held.value = null
      dashboard.endStep()
    },
    timeAt,
  }
  const moveMilestone = (index: number, time: number, merge?: string): void => {
    const milestone = milestones[index]
    const to = Math.max(low, time)
    if (!milestone || milestone.time === to) return
    const label = `Move ${milestone.label.toLowerCase()} to ${read(to)}`
    const next = milestones.map((before, k) => (k === index ? { ...before, time: to } : before))
    // sorted when it is let go: while it is dragged it keeps its place
    actions.edit(label, (before) => (merge ? { ...before, milestones: next } : withMilestones(before, next)), merge)
  }
  const ticks = axisTicks(span, timeUnit)
  const rules = regimen.rules ?? []
  const times = decidedTimes(decided)
  return (
    <div class="timeline" data-low={low} data-high={high}>
      {lanes.map((lane) => {
        const word = drugWord({ label: lane.title, cmt: lane.cmt })
        const rows = rowsOf(lane.doses.map(({ dose }) => dose.time))
        return (
          <div key={lane.key} class="timeline-lane">
            <span class="timeline-title">{lane.title}</span>
            <div class="timeline-track" style={{ '--rows': String(1 + Math.max(0, ...rows)) }}>
              {lane.doses.flatMap(({ index, dose }) =>
                timesOf(dose)
                  .slice(1)
                  .filter(inside)
                  .map((time) => (
                    <span key={`${index}/${time}`} class="timeline-tick" style={{ '--at': part(time) }} />
                  )),
              )}
              {lane.doses.map(
                ({ index, dose }, k) =>
                  inside(dose.time) && (
                    <TimelineMark
                      key={index}
                      name={lane.doses.length > 1 ? `${word}, dose ${k + 1} of ${lane.doses.length}` : word}
                      at={part(dose.time)}
                      row={rows[k] ?? 0}
                      time={dose.time}
                      range={span}
                      spoken={read(dose.time)}
                      drag={drag}
                      step={actions.timeStep}
                      move={(time, isDragged) => actions.moveDose(index, time, isDragged ? `dose ${index}` : undefined)}
                    />
                  ),
              )}
            </div>
          </div>
        )
      })}
      {milestones.length > 0 && (
        <div class="timeline-lane">
          <span class="timeline-title">Milestones</span>
          <div class="timeline-track" style={{ '--rows': String(1 + Math.max(0, ...milestoneRows)) }}>
            {milestones.map(
              (milestone, k) =>
                inside(milestone.time) && (
                  <TimelineMark
                    // a milestone's place is its identity
                    key={k}
                    isMilestone
                    name={milestone.label}
                    at={part(milestone.time)}
                    row={milestoneRows[k] ?? 0}
                    time={milestone.time}
                    range={span}
                    spoken={read(milestone.time)}
                    drag={drag}
                    step={actions.timeStep}
                    move={(time, isDragged) => moveMilestone(k, time, isDragged ? `milestone ${k}` : undefined)}
                  />
                ),
            )}
          </div>
        </div>
      )}
      {rules.map(({ name }) => (
        <div key={name} class="timeline-lane" data-decided={name}>
          <span class="timeline-title">
            Rule: {name}, given {givenTimes(times.get(name)?.length ?? 0)}
          </span>
          <div class="timeline-track decided">
            {(times.get(name) ?? []).filter(inside).map((time) => (
              <span key={time} class="timeline-tick" title={`${name}, ${read(time)}`} style={{ '--at': part(time) }} />
            ))}
          </div>
        </div>
      ))}
      <div ref={track} class="timeline-axis" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ '--at': part(tick) }}>
            {tick}
          </span>
        ))}
      </div>
    </div>
  )
}

function givenTimes(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** Marks that are dragged stay at whole days, or at a step that suits what is shown. */
function snapStep(range: number): number {
  if (range > 4) return 1
  return range > 0.5 ? 0.125 : range / 50
}

/** Some five times in steps that read well. */
function axisTicks({ low, high }: Span, timeUnit: string): readonly number[] {
  const step = timeHabits(timeUnit).steps.find((candidate) => (high - low) / candidate <= 6) ?? (high - low) / 4
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, k) => Number(((first + k) * step).toPrecision(9)))
}
