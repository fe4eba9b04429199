import { useSignal } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import { type DoseFields, typedDose } from '../../state/typed-dose.ts'

const empty: Omit<DoseFields, 'into'> = { amount: '', at: '0', rate: '', every: '', count: '' }

/** A dose as data have it: an amount into a state at a time, at a rate, repeated. */
export function DoseForm({ dashboard }: { readonly dashboard: Dashboard }) {
  const { model, timeUnit } = dashboard.opened.value
  const into = useSignal(model.states[0]?.name ?? '')
  const fields = useSignal(empty)
  const problem = useSignal<{ readonly field: keyof DoseFields; readonly text: string } | null>(null)
  const unit = timeUnit === '' ? '' : `, ${timeUnit}`

  const add = (): void => {
    const typed = typedDose({ ...fields.value, into: into.value }, model)
    if (typed.kind === 'refused') {
      problem.value = { field: typed.field, text: typed.problem }
      return
    }
    problem.value = null
    fields.value = { ...fields.value, amount: '' }
    const { regimen } = dashboard.scenario.peek()
    dashboard.setRegimen({ ...regimen, doses: [...regimen.doses, typed.dose].sort((a, b) => a.time - b.time) })
  }
  const box = (field: keyof typeof empty, label: string, placeholder: string) => (
    <label>
      <span>{label}</span>
      <input
        class="number-box"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder}
        aria-invalid={problem.value?.field === field}
        aria-describedby={problem.value?.field === field ? 'dose-problem' : undefined}
        value={fields.value[field]}
        onInput={(event) => {
          fields.value = { ...fields.value, [field]: event.currentTarget.value }
          problem.value = null
        }}
        onKeyDown={(event) => event.key === 'Enter' && add()}
      />
    </label>
  )
  return (
    <fieldset class="dose-form">
      <legend class="visually-hidden">New dose</legend>
      {box('amount', 'Amount', '')}
      <label>
        <span>Into</span>
        <select
          value={into.value}
          onChange={(event) => {
            into.value = event.currentTarget.value
          }}
        >
          {model.states.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {box('at', `At${unit}`, '0')}
      {box('rate', 'Rate', 'at once')}
      {box('every', `Every${unit}`, 'once')}
      {box('count', 'Doses', '1')}
      {problem.value && (
        <p class="problem" id="dose-problem" role="alert">
          {problem.value.text}
        </p>
      )}
      <button type="button" class="button small" onClick={add}>
        Add dose
      </button>
    </fieldset>
  )
}
