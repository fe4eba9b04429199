import type { Dashboard } from '../../state/dashboard.ts'
import { populationSeed } from '../../state/population-job.ts'
import { bandsOf, populationSize } from '../../state/population-session.ts'
import { FailedSubjects } from './failed-subjects.tsx'

/** Runs a virtual population around the present parameters and shows how far it is. */
export function PopulationCard({ dashboard }: { readonly dashboard: Dashboard }) {
  const { population } = dashboard
  const state = population.state.value
  const stale = state.kind === 'done' && population.stale.value
  const bands = bandsOf(state)
  return (
    <section class="card" aria-labelledby="population-title">
      <h2 id="population-title">Virtual population</h2>
      {state.kind === 'running' ? (
        <>
          <progress aria-label="Subjects simulated" value={state.done} max={state.total} />
          <div class="row">
            <span class="number" role="status">
              {state.done} of {state.total} subjects
            </span>
            <button type="button" class="button small" onClick={population.cancel}>
              Cancel
            </button>
          </div>
        </>
      ) : (
        <>
          {state.kind === 'done' ? (
            <p class="caption" role="status">
              n = {state.bands.subjects - state.bands.failed}, seed {populationSeed}, {state.seconds.toFixed(1)} s.
              Bands: 5–95 % and 25–75 %, line: median.
            </p>
          ) : (
            <p class="caption">
              {populationSize} subjects that vary around the present parameters, as bands behind the curves.
            </p>
          )}
          {bands && bands.failures.length > 0 && <FailedSubjects dashboard={dashboard} bands={bands} />}
          {state.kind === 'failed' && (
            <p class="problem" role="alert">
              {state.message}
            </p>
          )}
          {stale && <p class="stale">Out of date: parameters have been changed.</p>}
          <div class="row">
            <button type="button" class="button" onClick={() => void population.run()}>
              {state.kind === 'done' ? 'Run again' : `Run ${populationSize} subjects`}
            </button>
            {state.kind === 'done' && (
              <button type="button" class="button quiet" onClick={population.discard}>
                Remove
              </button>
            )}
          </div>
        </>
      )}
    </section>
  )
}
