import { withFixed } from '../../document/parameter-choices.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ParameterInfo } from '../../state/opened-model.ts'
import { ParameterBounds } from './parameter-bounds.tsx'

interface ParameterOptionsProps {
  readonly id: string
  readonly dashboard: Dashboard
  readonly info: ParameterInfo
}

/** What is seldom changed of a parameter: its bounds, whether fits keep it; and what can be asked of it. */
export function ParameterOptions({ id, dashboard, info }: ParameterOptionsProps) {
  const { name } = info
  const isFixed = dashboard.desk.value.fixed.includes(name)
  const { state, shown } = dashboard.scan
  const isScanned = state.value.parameters.length > 0 && shown.value === name
  return (
    <fieldset class="parameter-options" id={id}>
      <legend class="visually-hidden">More on {name}</legend>
      <ParameterBounds dashboard={dashboard} info={info} />
      <label class="check">
        <input
          type="checkbox"
          aria-label={`Fix ${name} in fits`}
          checked={isFixed}
          onChange={(event) => {
            const { checked } = event.currentTarget
            dashboard.changeDesk(`${checked ? 'Fix' : 'Release'} ${name}`, (desk) => withFixed(desk, name, checked))
          }}
        />
        Fix in fits
      </label>
      <button
        type="button"
        class="button small"
        aria-label={isScanned ? `End the scan of ${name}` : `Scan ${name} between its bounds`}
        onClick={() => (isScanned ? dashboard.scan.close() : dashboard.scan.start([name]))}
      >
        {isScanned ? 'End the scan' : 'Scan between bounds'}
      </button>
    </fieldset>
  )
}
