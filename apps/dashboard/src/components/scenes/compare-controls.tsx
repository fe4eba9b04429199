import type { Comparison, Desk, Difference } from '../../document/desk.ts'
import { comparedWith } from '../../document/scenes.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { modelsOwn } from '../../state/scene.ts'

const comparisons = [
  ['overlay', 'Overlay'],
  ['multiples', 'Small multiples'],
  ['difference', 'Difference'],
] as const satisfies readonly (readonly [Comparison, string])[]

const differences = [
  ['ratio', 'Ratio to'],
  ['delta', 'Minus'],
] as const satisfies readonly (readonly [Difference, string])[]

/** How scenarios are shown together: over one another, side by side, or as what differs from the reference. */
export function CompareControls({ dashboard }: { readonly dashboard: Dashboard }) {
  const desk = dashboard.desk.value
  const shown = dashboard.scene.comparison.value
  const choose = (label: string, choice: Partial<Desk>): void =>
    dashboard.changeDesk(label, (before) => ({ ...before, ...choice }))
  return (
    <div class="compare">
      <label>
        <span>Compare</span>
        <select
          value={shown}
          onChange={(event) => {
            const chosen = comparisons.find(([id]) => id === event.currentTarget.value)
            if (chosen) choose(chosen[1], { comparison: chosen[0] })
            // more scenarios than one plot can tell apart stay side by side
            event.currentTarget.value = dashboard.scene.comparison.peek()
          }}
        >
          {comparisons.map(([comparison, words]) => (
            <option key={comparison} value={comparison}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {shown === 'difference' && (
        <>
          <select
            aria-label="Kind of difference"
            value={desk.difference}
            onChange={(event) => {
              const chosen = differences.find(([id]) => id === event.currentTarget.value)
              if (chosen) choose('Difference', { difference: chosen[0] })
            }}
          >
            {differences.map(([difference, words]) => (
              <option key={difference} value={difference}>
                {words}
              </option>
            ))}
          </select>
          <select
            aria-label="Reference"
            title={`${modelsOwn}: the doses of the active scenario with the parameter values that the model’s text has`}
            value={desk.reference ?? ''}
            onChange={(event) => {
              const id = event.currentTarget.value
              dashboard.changeDesk('Reference', (before) => comparedWith(before, id === '' ? null : id))
            }}
          >
            <option value="">{modelsOwn}</option>
            {desk.scenarios.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </>
      )}
    </div>
  )
}
