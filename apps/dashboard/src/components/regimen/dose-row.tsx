import { type RegimenDose, regimenAmount } from '@cartkin/simulation'
import { useSignal } from '@preact/signals'
import { amountText } from '../../regimen/amount-text.ts'
import { labelWith } from '../../regimen/dose-name.ts'
import { readAmount } from '../../regimen/read-amount.ts'
import { withoutDose } from '../../regimen/regimen-edits.ts'
import { durationText } from '../../regimen/rule-text.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { doseText } from '../../state/dose-text.ts'
import { timeHeading } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { StepField } from '../controls/step-field.tsx'
import { DoseDetails } from './dose-details.tsx'
import { useRegimen } from './use-regimen.ts'

interface DoseRowProps {
  readonly dashboard: Dashboard
  readonly index: number
  readonly dose: RegimenDose
  /** "fludarabine, dose 1 of 3" */
  readonly name: string
}

/** One dose: when, how much, and more where it is unfolded. */
export function DoseRow({ dashboard, index, dose, name }: DoseRowProps) {
  const unfolded = useSignal(false)
  const { model, timeUnit } = dashboard.opened.value
  const { horizon } = dashboard.scenario.value
  const actions = useRegimen(dashboard)
  const text = doseText(dose, timeUnit)
  const setAmount = (typed: string): string => {
    if (typed.trim() === amountText(dose, model)) return ''
    const read = readAmount(typed, dose.cmt, model)
    if (read.kind === 'refused') return read.problem
    const { given: _, label: __, ...others } = dose
    const label = labelWith(dose, typed.trim())
    const next = { ...others, ...read.part, ...(label !== undefined && { label }) }
    actions.replaceDose(index, next, `${name}: ${typed.trim()}`)
    return ''
  }
  const notes = [
    ...(dose.addl ? [`every ${durationText(dose.ii ?? 0, timeUnit)}, ${dose.addl + 1} doses`] : []),
    ...(dose.duration ? [`over ${durationText(dose.duration, timeUnit)}`] : []),
    ...(dose.rate && dose.rate > 0 ? [`rate ${dose.rate}`] : []),
    ...(typeof dose.amt === 'string' ? [`= ${presentAmount(dashboard, dose.amt)}`] : []),
    ...(dose.time > horizon ? [`after the end of the run, ${horizon}`] : []),
  ]
  return (
    <li data-dose={index}>
      <span class="visually-hidden dose-text">{text}</span>
      <div class="dose-row">
        <StepField
          name={`${timeHeading(timeUnit)} of ${name}`}
          text={String(Number(dose.time.toPrecision(8)))}
          commit={(typed) => actions.withTime(typed, (time) => actions.moveDose(index, time))}
          move={(sign) => actions.moveDose(index, dose.time + sign * actions.timeStep)}
          moves={['Earlier', 'Later']}
        />
        <StepField name={`Amount of ${name}`} text={amountText(dose, model)} commit={setAmount} wide />
        <button
          type="button"
          class="icon-button"
          aria-label={`More on ${name}: repeats, infusion time, split`}
          title="Repeats, infusion time, split"
          aria-expanded={unfolded.value}
          onClick={() => {
            unfolded.value = !unfolded.value
          }}
        >
          ⋯
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={`Remove ${text}`}
          title="Remove"
          onClick={() => actions.edit(`Remove ${name}`, (regimen) => withoutDose(regimen, index))}
        >
          ×
        </button>
      </div>
      {notes.length > 0 && <p class="dose-notes">{notes.join(' · ')}</p>}
      {unfolded.value && <DoseDetails dashboard={dashboard} index={index} dose={dose} name={name} />}
    </li>
  )
}

/** What an expression comes to at the present parameters. */
function presentAmount(dashboard: Dashboard, amt: string): string {
  const { parameters, inputs } = dashboard.scenario.value
  const { defaults } = dashboard.opened.value
  try {
    const value = regimenAmount(amt, '', (name) => parameters[name] ?? inputs[name] ?? defaults.get(name) ?? Number.NaN)
    return formatNumber(value, 4)
  } catch {
    return 'not known yet'
  }
}
