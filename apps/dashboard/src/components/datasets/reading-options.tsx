import { useId } from 'preact/hooks'
import type { FileReading } from '../../datasets/file-reading.ts'
import type { DataChoice } from '../../document/data-choice.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { TextBox } from './text-box.tsx'

interface ReadingOptionsProps {
  readonly dashboard: Dashboard
  readonly choice: DataChoice
  readonly reading: FileReading
}

const units = ['', 's', 'min', 'h', 'day', 'week', 'month', 'year']

/** How the file is read where it does not say so itself. */
export function ReadingOptions({ dashboard, choice, reading }: ReadingOptionsProps) {
  const { data } = dashboard
  const id = useId()
  const said = reading.events?.timeUnit ?? ''
  return (
    <section class="card" aria-labelledby={`${id}-title`}>
      <details>
        <summary>
          <h3 id={`${id}-title`}>Reading</h3>
          <span class="muted"> times, numbers, missing values</span>
        </summary>
        <div class="reading-options">
          <label for={`${id}-time`}>Times are in</label>
          <select
            id={`${id}-time`}
            value={choice.timeUnit}
            onChange={({ currentTarget: { value } }) =>
              data.change('Unit of times', (before) => ({ ...before, timeUnit: value }))
            }
          >
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {unit || (said ? `${said} (the file says so)` : 'the unit of the model')}
              </option>
            ))}
          </select>
          <label for={`${id}-decimal`}>Numbers have a decimal</label>
          <select
            id={`${id}-decimal`}
            value={choice.decimal ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const decimal = value === '.' || value === ',' ? value : null
              data.change('Decimal separator', (before) => ({ ...before, decimal }))
            }}
          >
            <option value="">{reading.format?.decimalSeparator === ',' ? 'comma (found)' : 'point (found)'}</option>
            <option value=".">point</option>
            <option value=",">comma</option>
          </select>
          <label for={`${id}-missing`}>Also missing</label>
          <TextBox
            id={`${id}-missing`}
            name="Further texts that stand for no value"
            value={choice.missing.join(', ')}
            placeholder="-99"
            take={(text) => {
              const missing = text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
              data.change('Missing values', (before) => ({ ...before, missing }))
              return true
            }}
          />
        </div>
        <label class="check-row">
          <input
            type="checkbox"
            checked={choice.logarithmic}
            onChange={({ currentTarget: { checked } }) =>
              data.change('Logarithms', (before) => ({ ...before, logarithmic: checked }))
            }
          />
          Values are natural logarithms
        </label>
      </details>
    </section>
  )
}
