import { useSignal } from '@preact/signals'
import { useEffect, useId, useMemo, useRef } from 'preact/hooks'
import { type Exploration, type ExploredKind, explore } from '../../datasets/explore.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { unitText } from '../controls/unit-text.ts'
import { GroupPlots } from './group-plots.tsx'
import { GroupTable } from './group-table.tsx'

interface ExplorationDialogProps {
  readonly dashboard: Dashboard
  readonly close: () => void
}

/** The data before any model: a panel per group on common axes, and what each group has at each time. */
export function ExplorationDialog({ dashboard, close }: ExplorationDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const reading = dashboard.data.reading.value
  const choice = dashboard.data.choice.value
  const found = useMemo(
    () => (reading?.events && choice ? explore(reading, reading.events, choice) : null),
    [reading, choice],
  )
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="exploration" aria-labelledby={id} onClose={close}>
      <header class="row">
        <h2 id={id}>{choice?.name}: the data before any model</h2>
        <button type="button" class="button small" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      {found === null && <p class="caption">The data are being read.</p>}
      {found && 'problem' in found && <p class="problem">{found.problem}</p>}
      {found && !('problem' in found) && <Explored exploration={found} />}
    </dialog>
  )
}

function Explored({ exploration }: { readonly exploration: Exploration }) {
  const { kinds, timeUnit, groupedBy, nominalFrom } = exploration
  const id = useId()
  const at = useSignal(0)
  const kind = kinds[at.value] ?? kinds[0]
  const scale = useSignal<'log' | 'linear'>('log')
  if (!kind) return <p class="caption">No values.</p>
  return (
    <>
      <div class="row">
        {kinds.length > 1 && (
          <>
            <label for={`${id}-kind`}>Values</label>
            <select
              id={`${id}-kind`}
              value={String(at.value)}
              onChange={({ currentTarget }) => {
                at.value = Number(currentTarget.value)
              }}
            >
              {kinds.map((one, k) => (
                <option key={one.name} value={String(k)}>
                  {titleOf(one)}
                </option>
              ))}
            </select>
          </>
        )}
        <button
          type="button"
          class="button small"
          aria-label={`${scale.value} axis, change to ${scale.value === 'log' ? 'linear' : 'log'}`}
          onClick={() => {
            scale.value = scale.value === 'log' ? 'linear' : 'log'
          }}
        >
          {scale.value === 'log' ? 'Log' : 'Linear'}
        </button>
        <span class="caption">
          {groupedBy === '' ? 'One group' : `By ${groupedBy}`}; times of summaries: {nominalFrom}.
        </span>
      </div>
      <GroupPlots kind={kind} scale={scale.value} timeUnit={timeUnit} />
      <GroupTable kind={kind} timeUnit={timeUnit} />
    </>
  )
}

export function titleOf({ name, unit }: Pick<ExploredKind, 'name' | 'unit'>): string {
  return `${name === '' ? 'Values' : name}${unit === '' ? '' : ` (${unitText(unit)})`}`
}
