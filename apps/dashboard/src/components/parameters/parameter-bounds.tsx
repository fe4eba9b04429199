import { useSignal } from '@preact/signals'
import { withBounds } from '../../document/parameter-choices.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ParameterInfo } from '../../state/opened-model.ts'
import { usualBounds } from '../../state/parameter-scale.ts'
import { typedBounds } from '../../state/typed-bounds.ts'
import { editableNumber, formatNumber } from '../controls/format-number.ts'

interface ParameterBoundsProps {
  readonly dashboard: Dashboard
  readonly info: ParameterInfo
}

/** Between what a slider and a fit move a parameter. */
export function ParameterBounds({ dashboard, info }: ParameterBoundsProps) {
  const { name } = info
  const problem = useSignal<{ readonly end: 'lower' | 'upper'; readonly text: string } | null>(null)
  const usual = usualBounds(info)
  const own = dashboard.desk.value.bounds[name]
  const present = own ?? usual
  const id = `bounds-${name}`

  const commit = (end: 'lower' | 'upper', text: string): void => {
    const typed = typedBounds(info, present, end, text, usual)
    problem.value = typed.kind === 'refused' ? { end, text: typed.problem } : null
    if (typed.kind === 'refused') return
    const { lower, upper } = typed.bounds
    if (lower === present.lower && upper === present.upper) return
    const next = lower === usual.lower && upper === usual.upper ? null : typed.bounds
    dashboard.changeDesk(`Bounds of ${name}`, (desk) => withBounds(desk, name, next))
  }
  const box = (end: 'lower' | 'upper', title: string) => (
    <label>
      <span>{title}</span>
      <input
        class="number-box"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellcheck={false}
        aria-label={`${title} bound of ${name}`}
        aria-invalid={problem.value?.end === end}
        aria-describedby={problem.value?.end === end ? `${id}-problem` : undefined}
        value={editableNumber(present[end])}
        onInput={() => {
          problem.value = null
        }}
        onChange={(event) => commit(end, event.currentTarget.value)}
      />
    </label>
  )
  return (
    <>
      {box('lower', 'Lower')}
      {box('upper', 'Upper')}
      {own && (
        <button
          type="button"
          class="icon-button"
          aria-label={`Usual bounds of ${name}, ${formatNumber(usual.lower)} to ${formatNumber(usual.upper)}`}
          title={`Usual bounds, ${formatNumber(usual.lower)} to ${formatNumber(usual.upper)}`}
          onClick={() => {
            problem.value = null
            dashboard.changeDesk(`Usual bounds of ${name}`, (desk) => withBounds(desk, name, null))
          }}
        >
          ↺
        </button>
      )}
      {problem.value && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem.value.text}
        </p>
      )}
    </>
  )
}
