import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ParameterInfo } from '../../state/opened-model.ts'
import { type Typed, typedNumber } from '../../state/typed-number.ts'
import { editableNumber } from '../controls/format-number.ts'
import { spokenUnit, unitText } from '../controls/unit-text.ts'

interface ParameterBoxProps {
  readonly info: ParameterInfo
  readonly value: number
  /** Why what was typed is no value; empty when it is one. */
  readonly problem: string
  readonly tell: (problem: string) => void
  readonly set: (value: number, event: Event) => void
  /** Moves by so many hundredths of the slider. */
  readonly move: (hundredths: number, event: Event) => void
}

/** The value as a number that is typed, or moved by the buttons on either side of it. */
export function ParameterBox({ info, value, problem, tell, set, move }: ParameterBoxProps) {
  const { name, label, unit } = info
  /** What is being typed; null when the box shows the value. */
  const draft = useSignal<string | null>(null)
  useEffect(() => {
    draft.value = null
  }, [value, draft])
  const commit = (event: Event & { readonly currentTarget: HTMLInputElement }): void => {
    const typed = typedNumber(event.currentTarget.value)
    const refused = refusal(typed, info)
    tell(refused)
    if (typed.kind !== 'number' || refused !== '') return
    draft.value = null
    set(typed.value, event)
  }
  const stepper = (sign: 1 | -1) => (
    <button
      type="button"
      class="icon-button"
      aria-label={`${sign > 0 ? 'Increase' : 'Decrease'} ${name}`}
      onClick={(event) => {
        draft.value = null
        move(sign, event)
      }}
    >
      {sign > 0 ? '+' : '−'}
    </button>
  )
  return (
    <div class="stepper">
      {stepper(-1)}
      <input
        class="number-box"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellcheck={false}
        aria-label={`${name}, ${label}, value${unitText(unit) ? ` in ${spokenUnit(unit)}` : ''}`}
        aria-invalid={problem !== ''}
        aria-describedby={problem ? `parameter-${name}-problem` : undefined}
        value={draft.value ?? editableNumber(value)}
        onInput={(event) => {
          draft.value = event.currentTarget.value
          tell('')
        }}
        onChange={commit}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          draft.value = null
          tell('')
        }}
      />
      {stepper(1)}
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
