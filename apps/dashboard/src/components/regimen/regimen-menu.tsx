import type { Regimen } from '@cartkin/simulation'
import { sameRegimen } from '../../regimen/regimen-edits.ts'
import type { Dashboard } from '../../state/dashboard.ts'

/** What `--regimen none` of the command stands for. */
const none: Regimen = { name: 'none', doses: [] }

/** The regimens that the library has for the model, and none at all. */
export function RegimenMenu({ dashboard }: { readonly dashboard: Dashboard }) {
  const { regimens } = dashboard.opened.value
  const { regimen } = dashboard.scenario.value
  const given = regimens.filter((candidate) => !sameRegimen(candidate, none))
  // without doses there is nothing to choose but what the library calls it
  const all = [...given, regimens.find((candidate) => sameRegimen(candidate, none)) ?? none]
  const present = all.findIndex((candidate) => sameRegimen(candidate, regimen))
  const titles = all.map((candidate) => titleOf(candidate))
  return (
    <label class="regimen-menu">
      <span>Regimen</span>
      <select
        value={present}
        onChange={(event) => {
          const chosen = all[Number(event.currentTarget.value)]
          if (chosen) dashboard.setRegimen(chosen, `Regimen ${titleOf(chosen)}`)
        }}
      >
        {present < 0 && <option value={-1}>Changed from: {regimen.name}</option>}
        {titles.map((title, k) => (
          <option key={k} value={k}>
            {titles.indexOf(title) === k
              ? title
              : `${title} (${titles.slice(0, k + 1).filter((other) => other === title).length})`}
          </option>
        ))}
      </select>
    </label>
  )
}

function titleOf({ name, doses }: Regimen): string {
  return doses.length === 0 && name.toLowerCase() === 'none' ? 'No treatment' : name
}
