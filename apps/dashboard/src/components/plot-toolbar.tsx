import type { Dashboard } from '../state/dashboard.ts'
import { bandsOf } from '../state/population-session.ts'

const windows = [28, 90, 180, 365] as const

/** The days shown, and what the marks mean. */
export function PlotToolbar({ dashboard }: { readonly dashboard: Dashboard }) {
  const { view, project, reference, course, population, fit } = dashboard
  const { start, horizon, regimen } = project.value.library
  const choices = windows.filter((days) => days < horizon)
  const day = view.cursor.value
  const shown = choices.find((days) => days === view.lastDay.value) ?? null
  return (
    <div class="plot-toolbar">
      <fieldset class="segmented">
        <legend class="visually-hidden">Days shown</legend>
        {[...choices, null].map((days) => (
          <label key={days} title={days === null ? `Day ${start} to ${horizon}` : `Day ${start} to ${days}`}>
            <input
              type="radio"
              name="days-shown"
              checked={shown === days}
              onChange={() => {
                view.lastDay.value = days
              }}
            />
            <span>{days === null ? 'All' : `Day ${days}`}</span>
          </label>
        ))}
      </fieldset>
      {day !== null && (
        <span class="reading number" role="status">
          Day {day.toFixed(day < 60 ? 1 : 0)}
        </span>
      )}
      <span class="spacer" />
      <ul class="key" aria-label="Key">
        {reference.value !== course.value && <KeyEntry kind="reference" text="reference" />}
        {fit.course.value && <KeyEntry kind="fitted" text="fit" />}
        {bandsOf(population.state.value) && <KeyEntry kind="band" text="population" />}
        <KeyEntry kind="observed" text="published" />
        {regimen.doses.length > 0 && <KeyEntry kind="dose" text="dose" />}
      </ul>
    </div>
  )
}

function KeyEntry({ kind, text }: { readonly kind: string; readonly text: string }) {
  return (
    <li class="key-entry">
      <svg class={`key-mark key-${kind}`} viewBox="0 0 20 12" aria-hidden="true">
        {kind === 'observed' && <circle cx="10" cy="6" r="4" />}
        {kind === 'band' && <rect x="0" y="1" width="20" height="10" />}
        {(kind === 'reference' || kind === 'fitted') && <line x1="0" x2="20" y1="6" y2="6" />}
        {kind === 'dose' && <line x1="10" x2="10" y1="0" y2="12" />}
      </svg>
      {text}
    </li>
  )
}
