import { useComputed, useSignal } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import { naturalValue } from '../../state/natural-value.ts'
import type { ParameterInfo } from '../../state/opened-model.ts'
import { parameterScale } from '../../state/parameter-scale.ts'
import { type Typed, typedNumber } from '../../state/typed-number.ts'
import { editableNumber, formatNumber } from '../controls/format-number.ts'
import { spokenUnit, unitText } from '../controls/unit-text.ts'
import { TrustTag } from './trust-tag.tsx'

/** Moves by key, as parts of the slider's length. */
const keySteps: Readonly<Record<string, number>> = {
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  PageUp: 0.1,
  PageDown: -0.1,
  Home: -1,
  End: 1,
}

/** One parameter: name, trust and source, slider and number box bound to each other, reset. */
export function ParameterRow({ dashboard, info }: { readonly dashboard: Dashboard; readonly info: ParameterInfo }) {
  const { name, label, unit } = info
  const problem = useSignal('')
  /** What is being typed; null when the box shows the value. */
  const draft = useSignal<string | null>(null)
  const value = useComputed(() => dashboard.scenario.value.parameters[name] ?? info.value)
  const scale = useComputed(() => parameterScale(info, value.value, dashboard.desk.value.bounds[name]))
  const changed = value.value !== info.value
  const natural = naturalValue(info, value.value)
  const position = scale.value.position(value.value)

  const set = (next: number, event: Event): void => {
    problem.value = ''
    draft.value = null
    dashboard.setParameters({ [name]: next }, event.timeStamp)
  }
  const moveByKey = (event: KeyboardEvent): void => {
    const step = keySteps[event.key]
    if (step === undefined) {
      if (event.key === 'Delete') dashboard.resetParameters([name])
      return
    }
    event.preventDefault()
    set(scale.value.value(position + (event.shiftKey && Math.abs(step) === 0.01 ? step / 10 : step)), event)
  }
  const commit = (event: Event & { readonly currentTarget: HTMLInputElement }): void => {
    const typed = typedNumber(event.currentTarget.value)
    problem.value = refusal(typed, info)
    if (typed.kind !== 'number' || problem.value !== '') return
    dashboard.endStep()
    set(typed.value, event)
    dashboard.endStep()
  }

  const id = `parameter-${name}`
  const spoken = `${formatNumber(value.value, 4)} ${spokenUnit(unit)}`.trim()
  return (
    <div class={changed ? 'parameter changed' : 'parameter'} data-parameter={name}>
      <div class="parameter-head">
        <label for={id} class="parameter-name" title={label}>
          <code>{name}</code> <span class="parameter-label">{label}</span>
        </label>
        {natural && (
          <span class="natural number" title={`The model uses ${natural.scale}(${name})`}>
            {natural.scale}: {formatNumber(natural.value)} {unitText(unit)}
          </span>
        )}
        {changed && (
          <button
            type="button"
            class="icon-button"
            aria-label={`Reset ${name} to ${formatNumber(info.value, 4)}`}
            title={`Reset to ${formatNumber(info.value, 4)}`}
            onClick={() => dashboard.resetParameters([name])}
          >
            ↺
          </button>
        )}
        {info.evidence && <TrustTag name={name} {...info.evidence} />}
      </div>
      <div class="parameter-controls">
        <div
          class="slider"
          style={{ '--at': String(position), '--reference': String(scale.value.position(info.value)) }}
        >
          <input
            id={id}
            type="range"
            min="0"
            max="1"
            step="any"
            value={position}
            aria-valuetext={spoken}
            onInput={(event) => set(scale.value.value(Number(event.currentTarget.value)), event)}
            onKeyDown={moveByKey}
            onChange={dashboard.endStep}
            onKeyUp={dashboard.endStep}
            onDblClick={() => dashboard.resetParameters([name])}
          />
        </div>
        <input
          class="number-box"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellcheck={false}
          aria-label={`${name}, ${label}, value${unitText(unit) ? ` in ${spokenUnit(unit)}` : ''}`}
          aria-invalid={problem.value !== ''}
          aria-describedby={problem.value ? `${id}-problem` : undefined}
          value={draft.value ?? editableNumber(value.value)}
          onInput={(event) => {
            draft.value = event.currentTarget.value
            problem.value = ''
          }}
          onChange={commit}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            draft.value = null
            problem.value = ''
          }}
        />
        <span class="unit">{natural ? (natural.scale === 'exp' ? 'log' : 'logit') : unitText(unit)}</span>
      </div>
      {problem.value && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem.value}
        </p>
      )}
    </div>
  )
}

/** Why what was typed is no value for the parameter; empty when it is one. */
function refusal(typed: Typed, { lowest, highest, value: preset }: ParameterInfo): string {
  if (typed.kind === 'empty') return `Type a number, for example ${editableNumber(preset)}.`
  if (typed.kind === 'refused') return typed.problem
  const { value } = typed
  if (value < lowest) return `${value} is below the smallest allowed value, ${lowest}.`
  if (value > highest) return `${value} is above the largest allowed value, ${highest}.`
  return ''
}
