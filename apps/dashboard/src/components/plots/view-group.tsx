import { useSignal } from '@preact/signals'
import type { Dashboard } from '../../state/dashboard.ts'
import { mostPanels } from '../../state/default-quantities.ts'
import { typedNumber } from '../../state/typed-number.ts'
import { editableNumber } from '../controls/format-number.ts'

/** How long the run is, and which quantities are shown. */
export function ViewGroup({ dashboard }: { readonly dashboard: Dashboard }) {
  const { quantities } = dashboard.opened.value
  const shown = dashboard.panels.value.flatMap((panel) => panel.quantities)
  const isFull = shown.length >= mostPanels
  const toggle = (name: string): void => {
    const next = shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name]
    // as the model has them
    dashboard.setView('Quantities', { quantities: [...quantities.keys()].filter((known) => next.includes(known)) })
  }
  return (
    <section class="card" aria-labelledby="view-title">
      <h2 id="view-title">
        Run and view{' '}
        <span class="muted">
          {shown.length} of {quantities.size} shown
        </span>
      </h2>
      <Horizon dashboard={dashboard} />
      <fieldset class="choices">
        <legend>Quantities, at most {mostPanels}</legend>
        {[...quantities.values()].map(({ name, label }) => {
          const isShown = shown.includes(name)
          return (
            <label key={name} title={label}>
              <input
                type="checkbox"
                checked={isShown}
                disabled={isShown ? shown.length === 1 : isFull}
                onChange={() => toggle(name)}
              />
              <code>{name}</code> <span class="parameter-label">{label}</span>
            </label>
          )
        })}
      </fieldset>
    </section>
  )
}

function Horizon({ dashboard }: { readonly dashboard: Dashboard }) {
  const { timeUnit } = dashboard.opened.value
  const { horizon } = dashboard.scenario.value
  const problem = useSignal('')
  const commit = (text: string): void => {
    const typed = typedNumber(text)
    if (typed.kind === 'number' && typed.value > 0) {
      problem.value = ''
      dashboard.setHorizon(typed.value)
    } else problem.value = typed.kind === 'refused' ? typed.problem : 'A run ends after 0; type a positive number.'
  }
  return (
    <div class="parameter">
      <div class="input-controls">
        <label for="horizon" class="parameter-name">
          Run until
        </label>
        <input
          id="horizon"
          class="number-box"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={problem.value !== ''}
          aria-describedby={problem.value ? 'horizon-problem' : undefined}
          value={editableNumber(horizon)}
          onInput={() => {
            problem.value = ''
          }}
          onChange={(event) => commit(event.currentTarget.value)}
        />
        <span class="unit">{timeUnit}</span>
      </div>
      {problem.value && (
        <p class="problem" id="horizon-problem" role="alert">
          {problem.value}
        </p>
      )}
    </div>
  )
}
