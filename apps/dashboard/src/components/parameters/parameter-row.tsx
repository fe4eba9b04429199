import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { withFixed } from '../../document/parameter-choices.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { naturalValue } from '../../state/natural-value.ts'
import type { ParameterInfo } from '../../state/opened-model.ts'
import { parameterScale } from '../../state/parameter-scale.ts'
import { formatNumber } from '../controls/format-number.ts'
import { spokenUnit, unitText } from '../controls/unit-text.ts'
import { ParameterBox } from './parameter-box.tsx'
import type { ParameterList } from './parameter-list.ts'
import { ParameterOptions } from './parameter-options.tsx'
import { ParameterSlider } from './parameter-slider.tsx'
import { TrustTag } from './trust-tag.tsx'

interface ParameterRowProps {
  readonly dashboard: Dashboard
  readonly info: ParameterInfo
  readonly list: Pick<ParameterList, 'selected' | 'wanted'>
}

/** One parameter: name, trust and source, slider and number box bound to each other, reset, and more when it is unfolded. */
export function ParameterRow({ dashboard, info, list: { selected, wanted } }: ParameterRowProps) {
  const { name, label, unit } = info
  const problem = useSignal('')
  const unfolded = useSignal(false)
  const value = useComputed(() => dashboard.scenario.value.parameters[name] ?? info.value)
  const bounds = useComputed(() => dashboard.desk.value.bounds[name])
  const isFixed = useComputed(() => dashboard.desk.value.fixed.includes(name)).value
  const isUsuallyFixed = dashboard.opened.value.usuallyFixed.includes(name)
  const isSelected = useComputed(() => selected.value?.has(name) ?? null).value
  const scale = parameterScale(info, value.value, bounds.value)
  const changed = value.value !== info.value
  const natural = naturalValue(info, value.value)
  const position = scale.position(value.value)
  const id = `parameter-${name}`
  useSignalEffect(() => {
    if (wanted.value !== name) return
    wanted.value = null
    document.getElementById(id)?.focus()
  })

  const set = (next: number, event: Event): void => {
    problem.value = ''
    dashboard.setParameters({ [name]: next }, event.timeStamp)
  }
  const setAtOnce = (next: number, event: Event): void => {
    dashboard.endStep()
    set(next, event)
    dashboard.endStep()
  }
  const reset = (): void => dashboard.resetParameters([name])
  const fix = (next: boolean): void =>
    dashboard.changeDesk(`${next ? 'Fix' : 'Release'} ${name}`, (desk) => withFixed(desk, name, next))
  const select = (isChosen: boolean): void => {
    const before = selected.peek() ?? new Set<string>()
    selected.value = new Set(isChosen ? [...before, name] : [...before].filter((other) => other !== name))
  }

  return (
    <div class={changed ? 'parameter changed' : 'parameter'} data-parameter={name}>
      <div class="parameter-head">
        {isSelected !== null && (
          <label class="box-target">
            <input
              class="select-box"
              type="checkbox"
              aria-label={`Select ${name}`}
              checked={isSelected}
              onChange={(event) => select(event.currentTarget.checked)}
            />
          </label>
        )}
        <label for={id} class="parameter-name" title={label}>
          <code>{name}</code> <span class="parameter-label">{label}</span>
        </label>
        {natural && (
          <span class="natural number" title={`The model uses ${natural.scale}(${name})`}>
            {natural.scale}: {formatNumber(natural.value)} {unitText(unit)}
          </span>
        )}
        {isFixed !== isUsuallyFixed && (
          <button
            type="button"
            class={isFixed ? 'fixed-tag' : 'fixed-tag free'}
            aria-label={isFixed ? `Fixed: fits keep ${name}. Release` : `In fits: fits estimate ${name}. Fix`}
            title={isFixed ? 'Fits keep it. Press to release' : 'Fits estimate it. Press to fix'}
            onClick={() => fix(!isFixed)}
          >
            {isFixed ? 'Fixed' : 'In fits'}
          </button>
        )}
        {changed && (
          <button
            type="button"
            class="icon-button"
            aria-label={`Reset ${name} to ${formatNumber(info.value, 4)}`}
            title={`Reset to ${formatNumber(info.value, 4)}`}
            onClick={reset}
          >
            ↺
          </button>
        )}
        {info.evidence && <TrustTag name={name} {...info.evidence} />}
        <button
          type="button"
          class="icon-button"
          aria-label={`More on ${name}: bounds, fix, scan`}
          title="Bounds, fix, scan"
          aria-expanded={unfolded.value}
          aria-controls={unfolded.value ? `${id}-options` : undefined}
          onClick={() => {
            unfolded.value = !unfolded.value
          }}
        >
          ⋯
        </button>
      </div>
      <div class="parameter-controls">
        <ParameterSlider
          id={id}
          position={position}
          reference={scale.position(info.value)}
          scale={scale}
          spoken={`${formatNumber(value.value, 4)} ${spokenUnit(unit)}`.trim()}
          set={set}
          endStep={dashboard.endStep}
          reset={reset}
        />
        <ParameterBox
          info={info}
          value={value.value}
          problem={problem.value}
          tell={(text) => {
            problem.value = text
          }}
          set={setAtOnce}
          move={(hundredths, event) => setAtOnce(scale.value(position + hundredths / 100), event)}
        />
        <span class="unit">{natural ? (natural.scale === 'exp' ? 'log' : 'logit') : unitText(unit)}</span>
      </div>
      {problem.value && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem.value}
        </p>
      )}
      {unfolded.value && <ParameterOptions id={`${id}-options`} dashboard={dashboard} info={info} />}
    </div>
  )
}
