import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import { exampleTitle, useExample } from '../../state/example-data.ts'
import { withExample } from '../../state/fit-example.ts'
import { missingText } from '../../state/fit-prerequisites.ts'
import type { Regions } from '../shell/regions.ts'
import { FitPrerequisites } from './fit-prerequisites.tsx'
import { FitProgress } from './fit-progress.tsx'
import { FitResult } from './fit-result.tsx'
import { FitSetup } from './fit-setup.tsx'

export interface FitCardProps {
  readonly dashboard: Dashboard
  readonly regions: Regions
}

/** The fit of the model in use to data: what it needs, how it is made, its progress, its results. */
export function FitCard({ dashboard, regions }: FitCardProps) {
  const { fit } = dashboard
  const state = fit.state.value
  const data = fit.data.value
  const setting = fit.setting.value
  return (
    <section class="card fit" aria-labelledby="fit-title">
      <h2 id="fit-title">Fit to data</h2>
      {data === undefined && <p class="caption">Loading data …</p>}
      {state.kind === 'running' ? (
        <FitProgress dashboard={dashboard} fit={state} />
      ) : (
        <>
          {setting && <p class="caption">{setting.data.title}</p>}
          {state.kind !== 'done' && <Preparation dashboard={dashboard} regions={regions} />}
          <StartButton dashboard={dashboard} />
          {state.kind === 'done' && (
            <details class="next-fit" open={fit.prerequisites.value.some(({ met }) => !met)}>
              <summary>Setting of the next fit</summary>
              <Preparation dashboard={dashboard} regions={regions} />
            </details>
          )}
          {state.kind === 'failed' && (
            <p class="problem" role="alert">
              {state.message}
            </p>
          )}
          {state.kind === 'done' && <FitResult key={state.run.number} dashboard={dashboard} fit={state} />}
        </>
      )}
      {setting?.data.attribution && <p class="attribution">{setting.data.attribution}</p>}
      <p class="caption">
        Fits here are pooled (one set of values for all subjects) or of each subject alone. Fits of a population, with
        random effects, are not there yet.
      </p>
    </section>
  )
}

/** What the fit needs and how it is made. */
function Preparation({ dashboard, regions }: FitCardProps) {
  const { fit } = dashboard
  const setting = fit.setting.value
  return (
    <>
      <FitPrerequisites prerequisites={fit.prerequisites.value} regions={regions} />
      {fit.data.value === null && <Examples dashboard={dashboard} />}
      {setting && <FitSetup dashboard={dashboard} setting={setting} />}
    </>
  )
}

/** A button that can be reached and pressed at any time: where the fit cannot be started, it says why. */
function StartButton({ dashboard }: { readonly dashboard: Dashboard }) {
  const { fit } = dashboard
  const isAsked = useSignal(false)
  const id = useId()
  const missing = missingText(fit.prerequisites.value)
  const isLoading = fit.data.value === undefined
  const state = fit.state.value
  return (
    <>
      <div class="row">
        <button
          type="button"
          class="button primary"
          aria-disabled={missing !== '' || isLoading}
          aria-describedby={missing ? id : undefined}
          onClick={() => {
            isAsked.value = missing !== ''
            if (missing === '' && !isLoading) void fit.start()
          }}
        >
          {state.kind === 'done' ? 'Fit again' : 'Fit'}
        </button>
      </div>
      <p class={isAsked.value && missing ? 'problem' : 'visually-hidden'} id={id} role="status">
        {missing}
      </p>
    </>
  )
}

/** Data to begin with: an example of the model, or models that bring what they are fitted to. */
function Examples({ dashboard }: { readonly dashboard: Dashboard }) {
  const { opened } = dashboard
  const { fitting } = opened.value
  const found = dashboard.index.flatMap(({ models }) => models).filter((model) => withExample.includes(model.id))
  return (
    <div class="fit-examples">
      {fitting && (
        <button type="button" class="button" onClick={() => void useExample(dashboard)}>
          Use example data: {exampleTitle(opened.value)}
        </button>
      )}
      <p class="caption">{fitting ? 'Or open' : 'Open'} a model with published data to be fitted to:</p>
      {found.map((model) => (
        <button key={model.id} type="button" class="button" onClick={() => void dashboard.openModel(model.id)}>
          {model.title}
        </button>
      ))}
    </div>
  )
}
