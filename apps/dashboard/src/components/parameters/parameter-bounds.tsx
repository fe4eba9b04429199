import { withBounds } from '../../document/parameter-choices.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ParameterInfo } from '../../state/opened-model.ts'
import { usualBounds } from '../../state/parameter-scale.ts'
import { typedBounds } from '../../state/typed-bounds.ts'
import { editableNumber, formatNumber } from '../controls/format-number.ts'
import { StepField } from '../controls/step-field.tsx'

interface ParameterBoundsProps {
  readonly dashboard: Dashboard
  readonly info: ParameterInfo
}

/** Between what a slider and a fit move a parameter. */
export function ParameterBounds({ dashboard, info }: ParameterBoundsProps) {
  const { name } = info
  const usual = usualBounds(info)
  const own = dashboard.desk.value.bounds[name]
  const present = own ?? usual

  const commit = (end: 'lower' | 'upper', text: string): string => {
    const typed = typedBounds(info, present, end, text, usual)
    if (typed.kind === 'refused') return typed.problem
    const { lower, upper } = typed.bounds
    const next = lower === usual.lower && upper === usual.upper ? null : typed.bounds
    if (lower !== present.lower || upper !== present.upper)
      dashboard.changeDesk(`Bounds of ${name}`, (desk) => withBounds(desk, name, next))
    return ''
  }
  const box = (end: 'lower' | 'upper', title: string) => (
    <div class="bound">
      <span aria-hidden="true">{title}</span>
      <StepField
        name={`${title} bound of ${name}`}
        text={editableNumber(present[end])}
        commit={(text) => commit(end, text)}
      />
    </div>
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
          onClick={() => dashboard.changeDesk(`Usual bounds of ${name}`, (desk) => withBounds(desk, name, null))}
        >
          ↺
        </button>
      )}
    </>
  )
}
