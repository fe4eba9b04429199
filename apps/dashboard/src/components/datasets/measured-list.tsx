import { useId } from 'preact/hooks'
import type { ObservedEndpoint } from '../../datasets/observed-data.ts'
import type { DataChoice } from '../../document/data-choice.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'
import { TextBox } from './text-box.tsx'

interface MeasuredListProps {
  readonly dashboard: Dashboard
  readonly choice: DataChoice
}

/** Which quantity of the model each kind of values is, in which unit, and from where on it can be quantified. */
export function MeasuredList({ dashboard, choice }: MeasuredListProps) {
  const endpoints = dashboard.observed.value?.endpoints ?? []
  if (endpoints.length === 0) return <LimitOfAll dashboard={dashboard} choice={choice} />
  return (
    <section class="card" aria-labelledby="measured-title">
      <h3 id="measured-title">What was measured</h3>
      {endpoints.map((endpoint) => (
        <Measured key={endpoint.label} dashboard={dashboard} choice={choice} endpoint={endpoint} />
      ))}
      <label class="check-row">
        <input
          type="checkbox"
          checked={choice.zeros === 'below'}
          onChange={({ currentTarget }) => {
            const zeros = currentTarget.checked ? 'below' : 'kept'
            dashboard.data.change('Zeros', (before) => ({ ...before, zeros }))
          }}
        />
        Zeros on a log scale count as below quantification
      </label>
    </section>
  )
}

/** Where the values could not be read yet, perhaps for want of a limit: one for all of them. */
function LimitOfAll({ dashboard, choice }: MeasuredListProps) {
  const id = useId()
  const hasColumns = (dashboard.data.reading.value?.header.length ?? 0) > 0
  if (!hasColumns) return null
  const limit = Object.hasOwn(choice.limits, '') ? (choice.limits[''] ?? null) : null
  return (
    <section class="card" aria-labelledby="measured-title">
      <h3 id="measured-title">What was measured</h3>
      <div class="measured">
        <label for={id}>LLOQ</label>
        <LimitBox dashboard={dashboard} id={id} named="All values" label="" limit={limit} />
      </div>
    </section>
  )
}

interface LimitBoxProps {
  readonly dashboard: Dashboard
  readonly id: string
  readonly named: string
  readonly label: string
  readonly limit: number | null
}

function LimitBox({ dashboard, id, named, label, limit }: LimitBoxProps) {
  return (
    <TextBox
      id={id}
      name={`LLOQ of ${named}`}
      value={limit === null ? '' : String(limit)}
      placeholder="none"
      numeric
      problem="A number above 0 is needed."
      take={(text) => {
        const value = text.trim() === '' ? null : Number(text.trim().replace(',', '.'))
        if (value !== null && !(value > 0 && value < Number.POSITIVE_INFINITY)) return false
        dashboard.data.change(`LLOQ of ${named}`, (before) => ({ ...before, limits: set(before.limits, label, value) }))
        return true
      }}
    />
  )
}

function Measured({ dashboard, choice, endpoint }: MeasuredListProps & { readonly endpoint: ObservedEndpoint }) {
  const { label, count, below, quantity, isGuessed, unit, quantityUnit, factor, limit } = endpoint
  const id = useId()
  const named = label === '' ? 'All values' : `“${label}”`
  const { quantities } = dashboard.opened.value
  return (
    <fieldset class="measured">
      <legend>
        {named}{' '}
        <span class="muted">
          {count} {count === 1 ? 'value' : 'values'}
          {below > 0 && `, ${below} below LLOQ`}
        </span>
      </legend>
      <label for={`${id}-quantity`}>is</label>
      <select
        id={`${id}-quantity`}
        value={quantity ?? ''}
        onChange={({ currentTarget }) => dashboard.observeAs(label, currentTarget.value)}
      >
        <option value="">not used</option>
        {[...quantities.values()].map((info) => (
          <option key={info.name} value={info.name}>
            {info.label === info.name ? info.name : `${info.name} – ${info.label}`}
          </option>
        ))}
      </select>
      {isGuessed && quantity !== null && <span class="chip">guessed</span>}
      <label for={`${id}-unit`}>unit</label>
      <TextBox
        id={`${id}-unit`}
        name={`Unit of ${named}`}
        value={unit}
        placeholder={quantityUnit === '' ? 'as in the model' : quantityUnit}
        take={(text) => {
          dashboard.data.change(`Unit of ${named}`, (before) => ({
            ...before,
            units: set(before.units, label, text.trim() || null),
          }))
          return true
        }}
      />
      <span class="muted number">
        {factor.kind === 'factor' &&
          factor.factor !== 1 &&
          `× ${formatNumber(factor.factor, 4)} = ${unitText(quantityUnit)}`}
        {factor.kind === 'other' && 'not a unit of this quantity'}
      </span>
      <label for={`${id}-lloq`}>LLOQ</label>
      <LimitBox dashboard={dashboard} id={`${id}-lloq`} named={named} label={label} limit={limit} />
      <span class="muted">{unitText(choice.units[label] ?? unit)}</span>
    </fieldset>
  )
}

/** A record with an entry set, or without it. */
function set<T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Readonly<Record<string, T>> {
  const others = Object.entries(record).filter(([name]) => name !== key)
  return Object.fromEntries(value === null ? others : [...others, [key, value]])
}
