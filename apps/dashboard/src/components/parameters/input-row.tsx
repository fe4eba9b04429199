import type { Parameter } from '@cartkin/model'
import { useSignal } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import { typedNumber } from '../../state/typed-number.ts'
import { editableNumber } from '../controls/format-number.ts'
import { spokenUnit, unitText } from '../controls/unit-text.ts'

interface InputRowProps {
  readonly dashboard: Dashboard
  readonly input: Parameter
}

/** A name that the text leaves open: a box for its number, or a choice of the texts it is compared with and one for all others. */
export function InputRow({ dashboard, input }: InputRowProps) {
  const { name, label, unit, levels } = input
  const problem = useSignal('')
  /** What is being typed; null when the box shows the value. */
  const draft = useSignal<string | null>(null)
  const value = dashboard.scenario.value.inputs[name]
  const id = `input-${name}`
  const commit = (text: string): void => {
    const typed = typedNumber(text)
    problem.value = typed.kind === 'refused' ? typed.problem : ''
    draft.value = typed.kind === 'refused' ? text : null
    if (typed.kind !== 'refused') dashboard.setInput(name, typed.kind === 'number' ? typed.value : null)
  }
  return (
    <div class={value === undefined ? 'parameter open' : 'parameter'} data-input={name}>
      <div class="input-controls">
        <label for={id} class="parameter-name" title={label}>
          <code>{name}</code> <span class="parameter-label">{label}</span>
        </label>
        {levels.length > 0 ? (
          <select
            id={id}
            value={value ?? ''}
            onChange={(event) => {
              const code = Number(event.currentTarget.value)
              dashboard.setInput(name, code > 0 ? code : null)
            }}
          >
            <option value="">choose</option>
            {levels.map((level, k) => (
              <option key={level} value={k + 1}>
                {level}
              </option>
            ))}
            <option value={levels.length + 1}>any other</option>
          </select>
        ) : (
          <input
            id={id}
            class="number-box"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            spellcheck={false}
            placeholder="value"
            aria-label={`${name}, ${label || 'input'}, value${unitText(unit) ? ` in ${spokenUnit(unit)}` : ''}`}
            aria-invalid={problem.value !== ''}
            aria-describedby={problem.value ? `${id}-problem` : undefined}
            value={draft.value ?? (value === undefined ? '' : editableNumber(value))}
            onInput={(event) => {
              draft.value = event.currentTarget.value
              problem.value = ''
            }}
            onChange={(event) => commit(event.currentTarget.value)}
          />
        )}
        <span class="unit">{unitText(unit)}</span>
      </div>
      {problem.value && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem.value}
        </p>
      )}
    </div>
  )
}
