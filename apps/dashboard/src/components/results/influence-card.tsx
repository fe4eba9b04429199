import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { courseAt } from '../../plot/course-at.ts'
import { type Influence, strongestInfluences } from '../../plot/influence.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

const mostBars = 8

/** What ten per cent of each parameter do to the curve under the crosshair, as bars that follow it. */
export function InfluenceCard({ dashboard }: { readonly dashboard: Dashboard }) {
  const { influence, view, settled, opened, panels, scan } = dashboard
  const time = useSignal<number | null>(null)
  useEffect(() => {
    influence.on.value = true
    return () => {
      influence.on.value = false
    }
  }, [influence])
  useSignalEffect(() => {
    if (view.cursor.value !== null) time.value = view.cursor.value
  })
  const course = settled.value
  const { parameters, done, total, failed } = influence.state.value
  const shown = panels.value.flatMap((panel) => panel.quantities)
  const pointed = view.pointed.value
  const quantity = pointed !== null && shown.includes(pointed) ? pointed : shown[0]
  const info = quantity === undefined ? undefined : opened.value.quantities.get(quantity)
  const column = quantity === undefined ? undefined : course?.values.get(quantity)
  if (!course || !column || quantity === undefined) return <p class="card muted">Not computed yet.</p>
  const peak = column.reduce((best, value, k) => (value > column[best]! ? k : best), 0)
  const at = time.value ?? course.times[peak] ?? 0
  const value = courseAt(course.times, column, at)
  const strongest = strongestInfluences(course, parameters, quantity, at, mostBars)
  const largest = strongest.reduce((most, { low, high }) => Math.max(most, size(low), size(high)), 0)
  const isDone = total > 0 && done === total
  return (
    <section class="card influence" aria-labelledby="influence-title">
      <h2 id="influence-title">What matters here</h2>
      <p class="caption">
        {info?.label ?? quantity} at {timeText(opened.value.timeUnit, formatNumber(at))}:{' '}
        <span class="number">
          {formatNumber(value)} {unitText(info?.unit ?? '')}
        </span>
        . Point at a curve, or trace it with the arrow keys.
      </p>
      {!isDone && <progress aria-label="Runs for what matters" value={done} max={Math.max(1, total)} />}
      <ol class="influence-bars">
        {strongest.map((each) => (
          <Bar key={each.name} influence={each} largest={largest} scan={() => scan.start([each.name])} />
        ))}
      </ol>
      {isDone && strongest.length === 0 && (
        <p class="muted">
          {value === 0
            ? 'The value is 0 here, so nothing changes it in percent.'
            : 'No parameter that may vary changes it noticeably here.'}
        </p>
      )}
      {isDone && (
        <p class="caption">
          Runs with each of {total / 2} parameters that are not fixed 10 % lower (light) and 10 % higher (dark); press
          one to scan it.
          {failed > 0 && ` ${failed} of ${total} runs failed and are left out.`}
        </p>
      )}
    </section>
  )
}

interface BarProps {
  readonly influence: Influence
  readonly largest: number
  readonly scan: () => void
}

function Bar({ influence: { name, low, high }, largest, scan }: BarProps) {
  return (
    <li>
      <button
        type="button"
        class="influence-row"
        aria-label={`${name}: 10 % less gives ${percent(low)}, 10 % more gives ${percent(high)}. Scan ${name}`}
        title={`Scan ${name}`}
        onClick={scan}
      >
        <code>{name}</code>
        <svg viewBox="-100 0 200 14" preserveAspectRatio="none" aria-hidden="true">
          <Half value={low} largest={largest} kind="low" />
          <Half value={high} largest={largest} kind="high" />
          <line x1="0" x2="0" y1="0" y2="14" />
        </svg>
        <span class="number">
          {percent(low)}, {percent(high)}
        </span>
      </button>
    </li>
  )
}

function Half({ value, largest, kind }: { readonly value: number; readonly largest: number; readonly kind: string }) {
  const length = largest > 0 ? (100 * size(value)) / largest : 0
  return (
    <rect
      class={`influence-${kind}`}
      x={value < 0 ? -length : 0}
      y={kind === 'low' ? 1 : 7}
      width={length}
      height="6"
    />
  )
}

function size(value: number): number {
  return Number.isFinite(value) ? Math.abs(value) : 0
}

function percent(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value), 2)} %`
}
