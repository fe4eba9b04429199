import type { FitResult as Result } from '@cartkin/fitting'
import { unidentifiedText } from '@cartkin/fitting'
import { withParameters } from '../../document/scenario.ts'
import { added } from '../../document/scenes.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { estimates, type FinishedFit, type IndividualResults } from '../../state/fit-run.ts'
import { medianEstimates } from '../../state/median-estimates.ts'
import { formatNumber } from '../controls/format-number.ts'
import { EstimatesTable } from './estimates-table.tsx'
import { FitComparison } from './fit-comparison.tsx'
import { endText, outcomeText } from './fit-words.ts'
import { MediansTable } from './medians-table.tsx'
import { ObjectiveTrace } from './objective-trace.tsx'
import { PatientsTable, type SubjectRow } from './patients-table.tsx'

interface FitResultProps {
  readonly dashboard: Dashboard
  readonly fit: FinishedFit
}

/** What came of a fit. It stays that of its run, and says so when something else has been set since. */
export function FitResult({ dashboard, fit }: FitResultProps) {
  const { results, run, searches, log } = fit
  const stale = dashboard.fit.stale.value
  const chosen = dashboard.fit.subject.value
  return (
    <div class="fit-result" data-stale={stale ? '' : undefined}>
      <h3>Fit {run.number}</h3>
      {stale && (
        <p class="stale" role="status">
          Out of date: {stale}. Fit again to update; what stands here is from fit {run.number}.
        </p>
      )}
      <p class="fit-status" role="status">
        {endText(fit)}
      </p>
      {results.kind === 'pooled' && <ObjectiveTrace searches={searches} />}
      {results.kind === 'pooled' && (
        <>
          <Actions dashboard={dashboard} fit={fit} values={estimates(results.best)} name={`Fit ${run.number}`} />
          <EstimatesTable dashboard={dashboard} result={results.best} problem={run.job.problem} />
          <FitComparison before={results.before} after={results.best} />
        </>
      )}
      {results.kind === 'individual' && (
        <>
          <PatientsTable dashboard={dashboard} subjects={subjectRows(results)} />
          <Individual key={chosen} dashboard={dashboard} fit={fit} results={results} />
        </>
      )}
      {log.length > 0 && (
        <ol class="fit-log" aria-label="What was done to the fit">
          {log.map((line, k) => (
            <li key={k}>{line}</li>
          ))}
        </ol>
      )}
    </div>
  )
}

/** Of a chosen subject its own estimates, else medians over the subjects. */
function Individual({ dashboard, fit, results }: FitResultProps & { readonly results: IndividualResults }) {
  const chosen = dashboard.fit.subject.value
  const found = results.fits.find(({ id }) => id === chosen)
  if (found?.status === 'fitted') {
    const plan = fit.run.job.kind === 'fit-each' ? fit.run.job.plans?.get(found.id) : undefined
    return (
      <>
        <h3>Subject {found.id}</h3>
        <EstimatesTable dashboard={dashboard} result={found.result} problem={{ ...fit.run.job.problem, ...plan }} />
        <Actions
          dashboard={dashboard}
          fit={fit}
          values={estimates(found.result)}
          name={`Fit ${fit.run.number}, ${found.id}`}
        />
      </>
    )
  }
  const medians = medianEstimates(results.fits)
  return (
    <>
      <p class="caption">Choose a subject to see its curve on its data. Over all subjects:</p>
      <MediansTable medians={medians} />
      <Actions
        dashboard={dashboard}
        fit={fit}
        values={Object.fromEntries(medians.map(({ name, median }) => [name, median]))}
        name={`Fit ${fit.run.number}, medians`}
      />
    </>
  )
}

function Actions(props: FitResultProps & { readonly values: Readonly<Record<string, number>>; readonly name: string }) {
  const { dashboard, fit, values, name } = props
  const { opened, scenario } = fit.run.setting
  const own = Object.fromEntries(Object.entries(values).filter(([parameter]) => opened.parameters.has(parameter)))
  return (
    <div class="row">
      <button
        type="button"
        class="button"
        onClick={() => {
          dashboard.endStep()
          dashboard.setParameters(own)
          dashboard.endStep()
        }}
      >
        Use estimates as sliders
      </button>
      <button
        type="button"
        class="button"
        onClick={() =>
          dashboard.changeDesk('Pin fit', (desk) => {
            const { regimen, horizon, inputs, parameters } = withParameters(scenario, own, opened.defaults)
            return added(desk, { name, regimen, horizon, inputs, parameters })
          })
        }
      >
        Pin fit as scenario
      </button>
    </div>
  )
}

function subjectRows({ fits }: IndividualResults): readonly SubjectRow[] {
  return fits.map((fit): SubjectRow => {
    if (fit.status === 'not-fitted')
      return { id: fit.id, text: `Not fitted: ${fit.reason}`, detail: '', isWhole: false }
    const { result, identifications, starts } = fit
    const detail = unidentifiedText(identifications)
    const reached = starts.count > 1 ? `, reached from ${starts.reached} of ${starts.count} starts` : ''
    return {
      id: fit.id,
      text: `${ended(result)}, objective ${formatNumber(result.objective, 5)}${reached}`,
      detail,
      isWhole: detail === '' && result.outcome.status === 'converged',
    }
  })
}

function ended({ outcome, iterations }: Result): string {
  return outcome.status === 'converged'
    ? `Converged in ${iterations}`
    : outcomeText(outcome, iterations, '').replace(/\.$/, '')
}
