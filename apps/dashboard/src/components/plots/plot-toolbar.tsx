import type { Dashboard } from '../../state/dashboard.ts'
import { mostPatients, type PatientsSession } from '../../state/patients-session.ts'
import { populationSeed } from '../../state/population-job.ts'
import { bandsOf, type PopulationSession } from '../../state/population-session.ts'
import { timeText } from '../../state/time-units.ts'
import { ToolbarSwitch } from './toolbar-switch.tsx'
import { ZoomButtons } from './zoom-buttons.tsx'

/** The times shown, and what the marks mean. */
export function PlotToolbar({ dashboard }: { readonly dashboard: Dashboard }) {
  const { view, live, opened, course, population, patients, fit, scene } = dashboard
  const { start, timeUnit, windows, observations } = opened.value
  const { horizon, regimen } = dashboard.scenario.value
  const choices = windows(horizon)
  const time = view.cursor.value
  const shown = choices.find((end) => end === view.lastTime.value) ?? null
  const isCompared = scene.reference.value.scenario?.id === dashboard.scenario.value.id
  const hasGreyLine = !isCompared && scene.reference.value.shown && scene.comparedTo.value !== course.value
  const words = (at: string): string => capitalised(timeText(timeUnit, at))
  return (
    <div class="plot-toolbar">
      <fieldset class="segmented">
        <legend class="visually-hidden">Times shown</legend>
        {[...choices, null].map((end) => (
          <label key={end} title={words(`${start} to ${end ?? horizon}`)}>
            <input
              type="radio"
              name="times-shown"
              checked={!view.period.value && shown === end}
              onChange={() => dashboard.setView('Times shown', { lastTime: end, period: null })}
            />
            <span>{end === null ? 'All' : words(String(end))}</span>
          </label>
        ))}
      </fieldset>
      <ZoomButtons dashboard={dashboard} />
      {/* Its place is kept, so that nothing moves away from under the pointer. */}
      <span class="reading number toolbar-time" aria-hidden="true">
        {time === null ? '' : words(time.toFixed(time < 60 ? 1 : 0))}
      </span>
      <ToolbarSwitch
        title="Curves follow every change; without it they wait for Update"
        checked={live.on.value}
        change={(checked) => {
          live.on.value = checked
        }}
      >
        Live
      </ToolbarSwitch>
      {opened.value.population && !scene.difference.value && (
        <>
          <ToolbarSwitch
            title="5–95 % and 25–75 % of 200 virtual patients, computed whenever the sliders rest"
            checked={population.follows.value}
            change={(checked) => {
              population.follows.value = checked
              if (!checked) population.discard()
            }}
          >
            Bands
            <span class="muted number">{bandsCaption(population)}</span>
          </ToolbarSwitch>
          <ToolbarSwitch
            title={`Curves of ${mostPatients} virtual patients, one by one. Click one to select it; Shift+drag selects all in a box.`}
            checked={patients.on.value}
            change={(checked) => {
              patients.on.value = checked
            }}
          >
            Patients
            <span class="muted number">{patientsCaption(patients)}</span>
          </ToolbarSwitch>
        </>
      )}
      <span class="spacer" />
      <ul class="key" aria-label="Key">
        {hasGreyLine && <KeyEntry kind="reference" text={scene.reference.value.name} />}
        {fit.course.value && <KeyEntry kind="fitted" text="fit" />}
        {bandsOf(population.state.value) && !scene.difference.value && <KeyEntry kind="band" text="population" />}
        {observations.length > 0 && !scene.difference.value && <KeyEntry kind="observed" text="published" />}
        {regimen.doses.length > 0 && <KeyEntry kind="dose" text="dose" />}
      </ul>
    </div>
  )
}

/** How many there are so far, and of which seed. */
function patientsCaption({ on, patients, problem }: PatientsSession): string {
  if (!on.value) return ''
  if (problem.value !== '') return problem.value
  return `${patients.value?.count ?? 0} of ${mostPatients}, seed ${populationSeed}`
}

/** Of how many the bands are, and of which seed. */
function bandsCaption({ state: { value: state }, beside }: PopulationSession): string {
  if (state.kind === 'running') return `${state.done} of ${state.total}`
  if (state.kind !== 'done') return ''
  const { done, total } = beside.value
  const scenarios = done < total ? `, ${done + 1} of ${total + 1} scenarios` : ''
  return `n = ${state.bands.subjects - state.bands.failed}, seed ${populationSeed}${scenarios}`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
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
