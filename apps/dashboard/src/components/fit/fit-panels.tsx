import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { checkFigure } from '../../plot/check-figure.ts'
import { profileFigure } from '../../plot/profile-figure.ts'
import { type FigureWords, residualFigures } from '../../plot/residual-figures.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { checkReplicates, fitCheck, type QuantityCheck } from '../../state/fit-check.ts'
import { allPredictions, type FinishedFit } from '../../state/fit-run.ts'
import { timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'
import { DiagnosticFigure } from './diagnostic-figure.tsx'

interface FitPanelsProps {
  readonly dashboard: Dashboard
  readonly fit: FinishedFit
}

function useWords({ fit }: FitPanelsProps): FigureWords {
  const { timeUnit, quantities } = fit.run.setting.opened
  return useMemo(
    () => ({
      number: (value) => formatNumber(value),
      time: (time) => timeText(timeUnit, formatNumber(time)),
      timeTitle: `Time${timeUnit ? ` (${timeUnit})` : ''}`,
      quantity: (name) => {
        const { label = name, unit = '' } = quantities.get(name) ?? {}
        return unitText(unit) ? `${label || name} (${unitText(unit)})` : label || name
      },
    }),
    [timeUnit, quantities],
  )
}

/** Weighted residuals and observed over predicted values, for each quantity. */
export function ResidualPanels({ dashboard, fit }: FitPanelsProps) {
  const words = useWords({ dashboard, fit })
  const { results } = fit
  const predictions = useMemo(() => allPredictions(results), [results])
  const quantities = useMemo(() => [...new Set(predictions.map(({ quantity }) => quantity))], [predictions])
  const chosen = useSignal(quantities[0] ?? '')
  const shown = quantities.includes(chosen.value) ? chosen.value : (quantities[0] ?? '')
  const figures = useMemo(() => residualFigures(predictions, shown, words), [predictions, shown, words])
  return (
    <>
      {quantities.length > 1 && (
        <fieldset class="segmented fit-quantities">
          <legend class="visually-hidden">Quantity</legend>
          {quantities.map((quantity) => (
            <label key={quantity}>
              <input
                type="radio"
                name="residual-quantity"
                checked={quantity === shown}
                onChange={() => {
                  chosen.value = quantity
                }}
              />
              <span>{quantity}</span>
            </label>
          ))}
        </fieldset>
      )}
      <div class="plots plots-4">
        {figures.map((figure) => (
          <DiagnosticFigure
            key={figure.id}
            figure={figure}
            subject={dashboard.fit.subject}
            slowly={dashboard.view.slowly}
          />
        ))}
      </div>
    </>
  )
}

/** Observed percentiles over those of replicates, for each quantity. */
export function CheckPanels({ dashboard, fit }: FitPanelsProps) {
  const words = useWords({ dashboard, fit })
  const checks = useSignal<readonly QuantityCheck[] | null>(null)
  const { seed } = fit.run.setting.choices.fit
  useEffect(() => {
    let isOver = false
    checks.value = null
    void fitCheck(fit, seed, () => isOver).then((made) => {
      if (!isOver) checks.value = made
    })
    return () => {
      isOver = true
    }
  }, [fit.run, seed])
  const made = checks.value
  const figures = useMemo(
    () => made?.map((check) => checkFigure(check, { replicates: checkReplicates, seed }, words)) ?? [],
    [made, seed, words],
  )
  if (!made)
    return (
      <p class="caption fit-note" role="status">
        Drawing {checkReplicates} replicates …
      </p>
    )
  return (
    <div class={`plots plots-${Math.min(4, figures.length)}`}>
      {figures.map((figure) => (
        <DiagnosticFigure
          key={figure.id}
          figure={figure}
          subject={dashboard.fit.subject}
          slowly={dashboard.view.slowly}
        />
      ))}
    </div>
  )
}

/** Profiles of the parameters that were asked for. */
export function ProfilePanels({ dashboard, fit }: FitPanelsProps) {
  const asked = dashboard.fit.profiles.asked.value.filter((one) => one.fit === fit.run.number)
  if (asked.length === 0)
    return <p class="caption fit-note">Press “Profile” beside an estimate to see how well the data determine it.</p>
  return (
    <div class={`plots plots-${Math.min(4, asked.length)}`}>
      {asked.map(({ name, subject, state }) => {
        const title = `Profile of ${name}${subject === null ? '' : `, ${subject}`}`
        const key = `${subject ?? ''}/${name}`
        if (state.kind === 'running')
          return (
            <p key={key} class="caption fit-note" role="status">
              {title}: being computed …
            </p>
          )
        if (state.kind === 'failed')
          return (
            <p key={key} class="problem fit-note" role="alert">
              {title}: {state.message}
            </p>
          )
        return <ProfilePanel key={key} dashboard={dashboard} title={title} state={state} />
      })}
    </div>
  )
}

type DoneProfile = Extract<Dashboard['fit']['profiles']['asked']['value'][number]['state'], { readonly kind: 'done' }>

function ProfilePanel(props: { readonly dashboard: Dashboard; readonly title: string; readonly state: DoneProfile }) {
  const { dashboard, title, state } = props
  const figure = useMemo(
    () => profileFigure(state.profile, { title, number: (value) => formatNumber(value) }),
    [state.profile, title],
  )
  const none = useSignal<string | null>(null)
  return <DiagnosticFigure figure={figure} subject={none} slowly={dashboard.view.slowly} />
}
