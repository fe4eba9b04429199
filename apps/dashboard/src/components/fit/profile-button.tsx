import type { FitResult } from '@cartkin/fitting'
import type { Dashboard } from '../../state/dashboard.ts'

/** Computes the profile of a parameter and shows it. */
export function ProfileButton({
  dashboard,
  result,
  name,
}: {
  readonly dashboard: Dashboard
  readonly result: FitResult
  readonly name: string
}) {
  const { fit } = dashboard
  const state = fit.state.value
  if (state.kind !== 'done') return null
  const { results } = state
  const subject =
    results.kind === 'pooled'
      ? null
      : (results.fits.find((one) => one.status === 'fitted' && one.result === result)?.id ?? null)
  return (
    <button
      type="button"
      class="link"
      aria-label={`Profile of ${name}`}
      onClick={() => {
        fit.panel.value = 'profiles'
        void fit.profiles.ask(state, subject, name)
      }}
    >
      Profile
    </button>
  )
}
