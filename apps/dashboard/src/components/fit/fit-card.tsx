import type { FitOutcome, ParameterEstimate } from '@cartkin/fitting'
import { useRef } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import { estimates, type FitState } from '../../state/fit-session.ts'
import { type FitStudy, fittableModel } from '../../state/fit-study.ts'
import { formatNumber } from '../controls/format-number.ts'
import { ObjectiveTrace } from './objective-trace.tsx'

/** The fit of the present model to its data: start, progress, stop, results. */
export function FitCard({ dashboard }: { readonly dashboard: Dashboard }) {
  const study = dashboard.fit.study.value
  return (
    <section class="card" aria-labelledby="fit-title">
      <h2 id="fit-title">Fit to data</h2>
      {study === undefined && <p class="caption">Loading data …</p>}
      {study === null && <NoData dashboard={dashboard} />}
      {study && <Fit dashboard={dashboard} study={study} />}
    </section>
  )
}

function NoData({ dashboard }: { readonly dashboard: Dashboard }) {
  const fittable = dashboard.index.flatMap(({ models }) => models).find(({ id }) => id === fittableModel)
  return (
    <>
      <p class="caption">This model brings no data to be fitted to.</p>
      {fittable && (
        <div class="row">
          <button type="button" class="button" onClick={() => void dashboard.openModel(fittable.id)}>
            Open {fittable.title}
          </button>
        </div>
      )}
    </>
  )
}

function Fit({ dashboard, study }: { readonly dashboard: Dashboard; readonly study: FitStudy }) {
  const { fit } = dashboard
  const state = fit.state.value
  return (
    <>
      <p class="caption">
        {study.title}. {study.size} values, {study.estimated.length} parameters, starting at the sliders.
      </p>
      {(state.kind === 'running' || state.kind === 'done') && <ObjectiveTrace iterations={state.iterations} />}
      <FitStatus state={state} />
      <div class="row">
        {state.kind === 'running' ? (
          <button type="button" class="button stop" aria-disabled={state.stopping} onClick={fit.stop}>
            Stop and keep best
          </button>
        ) : (
          <button type="button" class="button primary" onClick={() => void fit.run()}>
            {state.kind === 'done' ? 'Fit again' : 'Fit'}
          </button>
        )}
        {state.kind === 'done' && (
          <button type="button" class="button" onClick={() => dashboard.setParameters(estimates(state.result))}>
            Use estimates as sliders
          </button>
        )}
      </div>
      {state.kind === 'done' && <Results state={state} />}
      <p class="attribution">{study.attribution}</p>
    </>
  )
}

function FitStatus({ state }: { readonly state: FitState }) {
  switch (state.kind) {
    case 'none':
      return null
    case 'failed':
      return (
        <p class="problem" role="alert">
          {state.message}
        </p>
      )
    case 'running': {
      const last = state.iterations.at(-1)
      const text = last
        ? `Iteration ${last.iteration} · ${last.evaluations} runs · objective ${formatNumber(last.best, 5)}`
        : 'Starting …'
      return (
        <>
          <p class="fit-status number">
            {text}
            {state.stopping && ' · stopping'}
          </p>
          <Announced text={text} began={state.began} />
        </>
      )
    }
    case 'done':
      return (
        <p class="fit-status" role="status">
          {outcomeText(state.result.outcome, state.result.iterations)} Objective{' '}
          {formatNumber(state.result.objective, 5)} ({state.seconds.toFixed(1)} s).
        </p>
      )
  }
}

/** The same for a screen reader, every five seconds at most. */
function Announced({ text, began }: { readonly text: string; readonly began: number }) {
  const said = useRef({ slot: -1, text: '' })
  const slot = Math.floor((performance.now() - began) / 5000)
  if (slot !== said.current.slot) said.current = { slot, text }
  return (
    <p class="visually-hidden" role="status">
      {said.current.text}
    </p>
  )
}

function outcomeText(outcome: FitOutcome, iterations: number): string {
  switch (outcome.status) {
    case 'converged':
      return `Converged in ${iterations} iterations.`
    case 'stopped':
      return `Stopped by you at iteration ${iterations}. Best values kept.`
    case 'iteration-limit':
      return `Stopped at the limit of ${iterations} iterations. Best values kept.`
    case 'failed':
      return `Failed: ${outcome.message}`
  }
}

function Results({ state }: { readonly state: Extract<FitState, { readonly kind: 'done' }> }) {
  const { result } = state
  return (
    <>
      <table class="estimates">
        <caption class="visually-hidden">Estimates with relative standard error and 95 % interval</caption>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col" class="number">
              Estimate, 95 % CI
            </th>
            <th scope="col" class="number">
              RSE
            </th>
          </tr>
        </thead>
        <tbody>
          {result.estimates.map((estimate) => (
            <EstimateRow key={estimate.name} estimate={estimate} />
          ))}
        </tbody>
      </table>
      {result.collinear.map((set) => (
        <p key={set.names.join()} class="stale">
          {set.message}
        </p>
      ))}
      <p class="caption number">
        AIC {formatNumber(result.aic, 5)} · BIC {formatNumber(result.bic, 5)} · condition number{' '}
        {formatNumber(result.conditionNumber)}
      </p>
    </>
  )
}

function EstimateRow({ estimate }: { readonly estimate: ParameterEstimate }) {
  const { name, relativeStandardError, lower95, upper95, atBound } = estimate
  const identified = Number.isFinite(relativeStandardError)
  const percent = 100 * relativeStandardError
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td class="number">
        {formatNumber(estimate.estimate)}
        <span class="interval">
          {identified ? `${formatNumber(lower95)}–${formatNumber(upper95)}` : 'not estimable'}
        </span>
        {atBound && <span class="flag">at {atBound} bound</span>}
      </td>
      <td class="number">
        {identified ? `${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %` : 'n/e'}
        {percent > 50 && <span class="flag">high</span>}
      </td>
    </tr>
  )
}
