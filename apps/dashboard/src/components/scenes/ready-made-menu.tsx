import { added, mostScenarios } from '../../document/scenes.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import type { ReadyMade } from '../../state/opened-model.ts'
import { MenuButton } from '../controls/menu-button.tsx'

/** The scenarios that the library has for the model, each of which can be put beside the others. */
export function ReadyMadeMenu({ dashboard }: { readonly dashboard: Dashboard }) {
  const { readyMade } = dashboard.opened.value
  if (readyMade.length === 0) return null
  const room = mostScenarios - dashboard.desk.value.scenarios.length
  const add = (label: string, chosen: readonly ReadyMade[]): void => {
    const { inputs, horizon } = dashboard.scenario.peek()
    dashboard.changeDesk(label, (desk) =>
      // each goes behind the active one, so the last comes first
      chosen
        .toReversed()
        .reduce(
          (before, { title, regimen, parameters }) =>
            added(before, { name: title, regimen, parameters, horizon, inputs }),
          desk,
        ),
    )
  }
  return (
    <MenuButton class="button small" title="Scenarios that come with the model" face="Ready-made">
      {(close) => (
        <>
          {room <= 0 && <p class="caption">A model has at most {mostScenarios} scenarios: remove one first.</p>}
          {room > 0 &&
            readyMade.map((scenario) => (
              <button
                key={scenario.id}
                type="button"
                title={scenario.source}
                onClick={() => {
                  close()
                  add(`Add ${scenario.title}`, [scenario])
                }}
              >
                {scenario.title}
              </button>
            ))}
          {readyMade.length > 1 && room >= readyMade.length && (
            <button
              type="button"
              class="menu-all"
              onClick={() => {
                close()
                add('Add ready-made scenarios', readyMade)
              }}
            >
              All {readyMade.length}
            </button>
          )}
        </>
      )}
    </MenuButton>
  )
}
