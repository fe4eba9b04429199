import { useSignal } from '@preact/signals'
import {
  blqMethods,
  type FitChoices,
  mostStarts,
  type ResidualError,
  residualErrors,
} from '../../document/fit-choices.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { dataCounts } from '../../state/fit-data.ts'
import { fitMode } from '../../state/fit-run.ts'
import { type FitSetting, usedErrors } from '../../state/fit-setting.ts'

const errorWords: Readonly<Record<ResidualError, string>> = {
  log: 'log-normal',
  additive: 'additive',
  proportional: 'proportional',
  combined: 'additive and proportional',
}

const blqWords = {
  M1: 'M1: left out',
  M2: 'M2: left out, the others above the limit',
  M3: 'M3: censored',
  M4: 'M4: censored, values positive',
} as const

/** How the model is fitted: subjects together or alone, residual errors, values below quantification, starts and seed. */
export function FitSetup({ dashboard, setting }: { readonly dashboard: Dashboard; readonly setting: FitSetting }) {
  const { data, choices } = setting
  const { fit } = choices
  const change = (label: string, next: Partial<FitChoices>): void =>
    dashboard.changeDesk(label, (desk) => ({ ...desk, fit: { ...desk.fit, ...next } }))
  const { quantities, below } = dataCounts(data)
  const errors = usedErrors(setting)
  const mode = fitMode(setting)
  return (
    <div class="fit-setup">
      {data.kind === 'subjects' && data.subjects.length > 1 && (
        <fieldset class="segmented">
          <legend>Subjects</legend>
          {(['pooled', 'individual'] as const).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="fit-mode"
                checked={mode === each}
                onChange={() => change('Subjects of the fit', { mode: each })}
              />
              <span>{each === 'pooled' ? 'Pooled, one set for all' : 'Each alone'}</span>
            </label>
          ))}
        </fieldset>
      )}
      {errors.kind === 'given' && (
        <p class="caption">Errors: the standard deviation of each median, on the log scale.</p>
      )}
      {errors.kind !== 'given' &&
        quantities.map((quantity) => (
          <label key={quantity} class="fit-field">
            <span>
              Error of <code>{quantity}</code>
            </span>
            <select
              id={`fit-error-${quantity}`}
              value={fit.errors[quantity] ?? (errors.kind === 'text' ? '' : 'log')}
              onChange={({ currentTarget: { value } }) => {
                const { [quantity]: _, ...others } = fit.errors
                const chosen = residualErrors.find((error) => error === value)
                change(`Error of ${quantity}`, { errors: chosen ? { ...others, [quantity]: chosen } : {} })
              }}
            >
              {setting.opened.model.errorModels.length > 0 && <option value="">as the text says</option>}
              {residualErrors.map((error) => (
                <option key={error} value={error}>
                  {errorWords[error]}
                </option>
              ))}
            </select>
          </label>
        ))}
      {data.kind === 'subjects' && below > 0 && (
        <label class="fit-field">
          <span>Below quantification</span>
          <select
            value={fit.blq}
            onChange={({ currentTarget: { value } }) => {
              const blq = blqMethods.find((method) => method === value)
              if (blq) change('Values below quantification', { blq })
            }}
          >
            {blqMethods.map((method) => (
              <option key={method} value={method}>
                {blqWords[method]}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="fit-counts">
        <WholeNumber
          label="Starts"
          value={fit.starts}
          least={1}
          most={mostStarts}
          set={(starts) => change('Starts of the fit', { starts })}
        />
        <WholeNumber
          label="Seed"
          value={fit.seed}
          least={0}
          most={2 ** 31 - 1}
          set={(seed) => change('Seed of the fit', { seed })}
        />
      </div>
    </div>
  )
}

function WholeNumber(props: {
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly set: (value: number) => void
}) {
  const { label, value, least, most, set } = props
  const problem = useSignal('')
  const id = `fit-${label.toLowerCase()}`
  return (
    <div class="fit-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="number-box"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={value}
        aria-invalid={problem.value !== ''}
        aria-describedby={problem.value ? `${id}-problem` : undefined}
        onInput={() => {
          problem.value = ''
        }}
        onChange={({ currentTarget }) => {
          const typed = Number(currentTarget.value.trim() || Number.NaN)
          if (Number.isInteger(typed) && typed >= least && typed <= most) set(typed)
          else problem.value = `Type a whole number from ${least} to ${most}.`
        }}
      />
      {problem.value && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem.value}
        </p>
      )}
    </div>
  )
}
