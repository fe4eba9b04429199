import type { DoseLane } from '../../regimen/dose-marks.ts'
import { drugWord } from '../../regimen/dose-name.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeHeading } from '../../state/time-units.ts'
import { DoseRow } from './dose-row.tsx'
import { useRegimen } from './use-regimen.ts'

interface DoseBlockProps {
  readonly dashboard: Dashboard
  readonly lane: DoseLane
}

/** The doses of one drug, which can be moved together. */
export function DoseBlock({ dashboard, lane }: DoseBlockProps) {
  const { title, cmt, doses } = lane
  const actions = useRegimen(dashboard)
  const state = dashboard.opened.value.model.states.find(({ name }) => name === cmt)
  const word = drugWord({ label: title, cmt })
  const indices = new Set(doses.map(({ index }) => index))
  const all = (sign: 1 | -1) => (
    <button
      type="button"
      class="icon-button"
      aria-label={`${sign > 0 ? 'Later' : 'Earlier'}: all of ${word}`}
      title={`All of it one ${sign > 0 ? 'later' : 'earlier'}`}
      onClick={() => actions.moveAll(word, indices, sign * actions.timeStep)}
    >
      {sign > 0 ? '→' : '←'}
    </button>
  )
  return (
    <div class="dose-block" data-lane={title}>
      <div class="dose-head">
        <h3>{title}</h3>
        <span class="muted" title={state?.label}>
          into {cmt}
        </span>
        {doses.length > 1 && (
          <span class="dose-shift">
            {all(-1)}
            {all(1)}
          </span>
        )}
      </div>
      <div class="dose-columns" aria-hidden="true">
        <span>{timeHeading(dashboard.opened.value.timeUnit)}</span>
        <span>Amount</span>
      </div>
      <ul class="doses">
        {doses.map(({ index, dose }, k) => (
          // equal doses may be given twice: a dose's place is its identity
          <DoseRow
            key={index}
            dashboard={dashboard}
            index={index}
            dose={dose}
            name={doses.length > 1 ? `${word}, dose ${k + 1} of ${doses.length}` : word}
          />
        ))}
      </ul>
    </div>
  )
}
