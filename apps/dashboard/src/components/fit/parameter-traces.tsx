import type { EstimatedParameter, SteeredIteration, SteeredValue } from '@cartkin/fitting'
import { useSignal } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import type { RunningFit } from '../../state/fit-run.ts'
import { typedNumber } from '../../state/typed-number.ts'
import { editableNumber, formatNumber } from '../controls/format-number.ts'

interface ParameterTracesProps {
  readonly dashboard: Dashboard
  readonly fit: RunningFit
}

const standing = { free: '', 'at-lower': 'at lower bound', 'at-upper': 'at upper bound', fixed: 'held' } as const

/** Every parameter of a fit under way: its course over the iterations, its value, and what can be done to it meanwhile. */
export function ParameterTraces({ dashboard, fit }: ParameterTracesProps) {
  const [iterations = []] = fit.searches
  const last = iterations.at(-1)
  const { estimated } = fit.run.job.problem
  return (
    <table class="parameter-traces">
      <caption class="visually-hidden">Parameters of the running fit</caption>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Course</th>
          <th scope="col" class="number">
            Now
          </th>
          <th scope="col">
            <span class="visually-hidden">Hold or free</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {estimated.map((parameter) => (
          <TraceRow
            key={parameter.name}
            dashboard={dashboard}
            parameter={parameter}
            iterations={iterations}
            now={last?.parameters.find(({ name }) => name === parameter.name)}
          />
        ))}
      </tbody>
    </table>
  )
}

function TraceRow(props: {
  readonly dashboard: Dashboard
  readonly parameter: EstimatedParameter
  readonly iterations: readonly SteeredIteration[]
  readonly now: SteeredValue | undefined
}) {
  const { dashboard, parameter, iterations, now } = props
  const { name, start, scale } = parameter
  const isHeld = now?.status === 'fixed'
  const values = iterations.map(({ parameters }) => parameters.find((one) => one.name === name)?.value ?? Number.NaN)
  const isOpen = useSignal(false)
  return (
    <>
      <tr>
        <th scope="row">
          <button
            type="button"
            class="link"
            aria-expanded={isOpen.value}
            title={`Bounds of ${name}`}
            onClick={() => {
              isOpen.value = !isOpen.value
            }}
          >
            <code>{name}</code>
          </button>
        </th>
        <td>
          <Sparkline name={name} values={[start, ...values]} isLogarithmic={scale === 'log'} />
        </td>
        <td class="number">
          {formatNumber(now?.value ?? start)}
          {now && standing[now.status] && <span class="flag">{standing[now.status]}</span>}
        </td>
        <td>
          <button
            type="button"
            class="button tiny"
            aria-pressed={isHeld}
            aria-label={isHeld ? `Free ${name}` : `Fix ${name}`}
            onClick={() => dashboard.fit.hold(name, !isHeld)}
          >
            {isHeld ? 'Free' : 'Fix'}
          </button>
        </td>
      </tr>
      {isOpen.value && (
        <tr>
          <td colSpan={4}>
            <LiveBounds dashboard={dashboard} parameter={parameter} />
          </td>
        </tr>
      )}
    </>
  )
}

const width = 72
const height = 20

/** A parameter's course, decoration beside the value in words. */
function Sparkline({
  name,
  values,
  isLogarithmic,
}: {
  readonly name: string
  readonly values: readonly number[]
  readonly isLogarithmic: boolean
}) {
  const shown = values.map((value) => (isLogarithmic ? Math.log(value) : value)).filter(Number.isFinite)
  const low = Math.min(...shown)
  const high = Math.max(...shown)
  const x = (k: number): number => 2 + (k / Math.max(1, shown.length - 1)) * (width - 4)
  const y = (value: number): number => height - 3 - (high > low ? (value - low) / (high - low) : 0.5) * (height - 6)
  const points = shown.map((value, k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" data-trace={name}>
      <polyline points={points} />
    </svg>
  )
}

function LiveBounds({
  dashboard,
  parameter,
}: {
  readonly dashboard: Dashboard
  readonly parameter: EstimatedParameter
}) {
  const problem = useSignal('')
  const set = (side: 'lower' | 'upper', text: string): void => {
    const typed = typedNumber(text)
    problem.value = typed.kind === 'number' ? '' : typed.kind === 'refused' ? typed.problem : 'Type a number.'
    if (typed.kind === 'number') dashboard.fit.bound(parameter.name, { [side]: typed.value })
  }
  return (
    <div class="row">
      {(['lower', 'upper'] as const).map((side) => (
        <label key={side} class="fit-field">
          <span>{side === 'lower' ? 'Lower' : 'Upper'}</span>
          <input
            class="number-box"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            aria-label={`${side === 'lower' ? 'Lower' : 'Upper'} bound of ${parameter.name} from here on`}
            aria-invalid={problem.value !== ''}
            defaultValue={editableNumber(parameter[side])}
            onChange={({ currentTarget }) => set(side, currentTarget.value)}
          />
        </label>
      ))}
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </div>
  )
}
