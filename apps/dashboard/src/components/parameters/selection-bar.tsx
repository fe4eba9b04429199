import type { Signal } from '@preact/signals'
import { fixedAllBut } from '../../document/parameter-choices.ts'
import type { Dashboard } from '../../state/dashboard.ts'

interface SelectionBarProps {
  readonly dashboard: Dashboard
  readonly selected: Signal<ReadonlySet<string> | null>
}

/** The most parameters that are scanned at once. */
const mostParameters = 8

/** What can be done with the selected parameters. */
export function SelectionBar({ dashboard, selected }: SelectionBarProps) {
  const names = selected.value ?? new Set<string>()
  const { size } = names
  const act = (isPossible: boolean, work: () => void): (() => void) => {
    return () => {
      if (isPossible) work()
    }
  }
  const canScan = size > 0 && size <= mostParameters
  const why = size === 0 ? 'Select parameters first' : `At most ${mostParameters} are scanned at once`
  return (
    <fieldset class="selection-bar">
      <legend class="visually-hidden">Selected parameters</legend>
      <span role="status">{size} selected</span>
      <button
        type="button"
        class="button small"
        aria-disabled={!canScan || undefined}
        title={canScan ? undefined : why}
        onClick={act(canScan, () => dashboard.scan.start([...names]))}
      >
        Scan
      </button>
      <button
        type="button"
        class="button small"
        aria-disabled={size === 0 || undefined}
        title={size === 0 ? why : undefined}
        onClick={act(size > 0, () =>
          dashboard.changeDesk('Fix all but selected', (desk) =>
            fixedAllBut(desk, dashboard.opened.peek().parameters.keys(), names),
          ),
        )}
      >
        Fix all but selected
      </button>
      <button
        type="button"
        class="button small quiet"
        onClick={() => {
          selected.value = null
        }}
      >
        Done
      </button>
    </fieldset>
  )
}
