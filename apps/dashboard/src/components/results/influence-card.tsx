import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Influence, strongestInfluences } from '../../plot/influence.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { FoundSensitivities } from '../../state/influence-session.ts'
import { timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

const mostBars = 8

/** What each parameter does to the curve under the crosshair, as bars that follow it. */
export function InfluenceCard({ dashboard }: { readonly dashboard: Dashboard }) {
  const { influence } = dashboard
  useEffect(() => {
    influence.on.value = true
    return () => {
      influence.on.value = false
    }
  }, [influence])
  const { found, isStale, problem } = influence.state.value
  return (
    <section class="card influence" aria-labelledby="influence-title" aria-busy={isStale || (!found && problem === '')}>
      <h2 id="influence-title">What matters here</h2>
      {found && <Bars dashboard={dashboard} found={found} isStale={isStale} />}
      {!found && problem === '' && <p class="muted">Sensitivities are computed once the sliders rest.</p>}
      {problem !== '' && <p class="problem">There are no exact sensitivities: {problem}</p>}
    </section>
  )
}

interface BarsProps {
  readonly dashboard: Dashboard
  readonly found: FoundSensitivities
  readonly isStale: boolean
}

function Bars({ dashboard, found, isStale }: BarsProps) {
  const { view, opened, scan } = dashboard
  const time = useSignal<number | null>(null)
  useSignalEffect(() => {
    if (view.cursor.value !== null) time.value = view.cursor.value
  })
  const { times, quantities, values, varied, leftOut, failure } = found
  const pointed = view.pointed.value
  const quantity = pointed !== null && quantities.includes(pointed) ? pointed : quantities[0]
  if (quantity === undefined) return null
  const info = opened.value.quantities.get(quantity)
  const { timeUnit } = opened.value
  const column = values[quantities.indexOf(quantity)]
  const peak = column?.reduce((best, value, k) => (value > column[best]! ? k : best), 0) ?? 0
  const at = time.value ?? times[peak] ?? 0
  const { value, influences } = strongestInfluences(found, quantity, at, mostBars)
  const largest = influences.reduce((most, { elasticity }) => Math.max(most, Math.abs(elasticity)), 0)
  return (
    <>
      <p class="caption">
        {info?.label ?? quantity} at {timeText(timeUnit, formatNumber(at))}:{' '}
        <span class="number">
          {formatNumber(value)} {unitText(info?.unit ?? '')}
        </span>
        . Point at a curve, or trace it with the arrow keys.
      </p>
      <ol class="influence-bars" data-stale={isStale ? '' : undefined}>
        {influences.map((each) => (
          <Bar key={each.name} influence={each} largest={largest} scan={() => scan.start([each.name])} />
        ))}
      </ol>
      {influences.length === 0 && <p class="muted">{noneText(value)}</p>}
      <p class="caption">
        A bar says by how many per cent the value changes for 1 % more of the parameter: exact slopes by {varied.length}{' '}
        parameters that are not fixed. Press one to scan it.
      </p>
      {leftOut.length > 0 && (
        <p class="caption">Left out: {leftOut.map(({ name, reason }) => `${name} (${reason})`).join('; ')}.</p>
      )}
      {failure !== '' && <p class="problem">{failure}</p>}
    </>
  )
}

function noneText(value: number): string {
  if (Number.isNaN(value)) return 'The run did not come this far.'
  if (value === 0) return 'The value is 0 here, so nothing changes it in per cent.'
  return 'No parameter that may vary changes it noticeably here.'
}

interface BarProps {
  readonly influence: Influence
  readonly largest: number
  readonly scan: () => void
}

function Bar({ influence: { name, elasticity }, largest, scan }: BarProps) {
  const length = largest > 0 ? (100 * Math.abs(elasticity)) / largest : 0
  return (
    <li>
      <button
        type="button"
        class="influence-row"
        aria-label={`${name} ${percent(elasticity)} for 1 % more. Scan ${name}`}
        title={`Scan ${name}`}
        onClick={scan}
      >
        <code>{name}</code>
        <svg viewBox="-100 0 200 14" preserveAspectRatio="none" aria-hidden="true">
          <rect class="influence-bar" x={elasticity < 0 ? -length : 0} y="2" width={length} height="10" />
          <line x1="0" x2="0" y1="0" y2="14" />
        </svg>
        <span class="number">{percent(elasticity)}</span>
      </button>
    </li>
  )
}

function percent(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value), 2)} %`
}
