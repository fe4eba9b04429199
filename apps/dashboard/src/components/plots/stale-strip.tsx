import type { Dashboard } from '../../state/dashboard.ts'

/** Why the curves are not those of the present values, and the button that makes them so; only while they wait to be asked. */
export function StaleStrip({ dashboard: { live } }: { readonly dashboard: Dashboard }) {
  const reason = live.stale.value
  return (
    <div role="status">
      {reason !== '' && (
        <p class="stale-strip">
          <span>Out of date: {reason}.</span>
          <button type="button" class="button small" onClick={live.update}>
            Update
          </button>
        </p>
      )}
    </div>
  )
}
