import type { Milestone } from '@cartkin/simulation'
import { withMilestones } from '../../regimen/regimen-edits.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeHeading, timeText } from '../../state/time-units.ts'
import { StepField } from '../controls/step-field.tsx'
import { useRegimen } from './use-regimen.ts'

/** What happens and gives nothing. */
export function MilestoneRows({ dashboard }: { readonly dashboard: Dashboard }) {
  const { timeUnit } = dashboard.opened.value
  const actions = useRegimen(dashboard)
  const milestones = actions.regimen.milestones ?? []
  if (milestones.length === 0) return null
  const set = (index: number, next: Milestone | null, label: string): void =>
    actions.edit(label, (regimen) =>
      withMilestones(
        regimen,
        milestones.flatMap((before, k) => (k === index ? (next ? [next] : []) : [before])),
      ),
    )
  return (
    <div class="dose-block">
      <div class="dose-head">
        <h3>Milestones</h3>
        <span class="muted">nothing is given</span>
      </div>
      <ul class="doses">
        {milestones.map((milestone, k) => {
          const { label, time } = milestone
          const move = (to: number): void =>
            set(k, { ...milestone, time: to }, `Move ${label.toLowerCase()} to ${timeText(timeUnit, String(to))}`)
          return (
            // equal milestones may stand twice: a milestone's place is its identity
            <li key={k}>
              <div class="dose-row">
                <StepField
                  name={`${timeHeading(timeUnit)} of ${label}`}
                  text={String(time)}
                  commit={(typed) => {
                    const to = Number(typed)
                    if (typed.trim() === '' || !Number.isFinite(to)) return 'Type a time, for example -27.'
                    move(to)
                    return ''
                  }}
                  move={(sign) => move(time + sign * actions.timeStep)}
                  moves={['Earlier', 'Later']}
                />
                <StepField
                  name={`Name of milestone ${k + 1}`}
                  text={label}
                  commit={(typed) => {
                    if (typed.trim() === '') return 'Give it a name.'
                    set(k, { ...milestone, label: typed.trim() }, `Name ${typed.trim()}`)
                    return ''
                  }}
                  wide
                />
                <button
                  type="button"
                  class="icon-button"
                  aria-label={`Remove ${label} at ${timeText(timeUnit, String(time))}`}
                  title="Remove"
                  onClick={() => set(k, null, `Remove ${label.toLowerCase()}`)}
                >
                  ×
                </button>
              </div>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
