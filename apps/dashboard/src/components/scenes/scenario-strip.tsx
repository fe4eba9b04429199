import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { drawnScenarios, mostLooks, mostScenarios } from '../../document/scenes.ts'
import { readPalette } from '../../plot/palette.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { CompareControls } from './compare-controls.tsx'
import { pinScenario } from './pin-scenario.ts'
import { ReadyMadeMenu } from './ready-made-menu.tsx'
import { ScenarioChip } from './scenario-chip.tsx'

/** The scenarios, and how they are compared. `P` pins while a plot has the focus. */
export function ScenarioStrip({ dashboard }: { readonly dashboard: Dashboard }) {
  const ids = useComputed(() => dashboard.desk.value.scenarios.map(({ id }) => id).join())
  const drawnCount = useComputed(() => drawnScenarios(dashboard.desk.value).length)
  const told = useSignal('')
  const palette = useSignal(readPalette())
  const shown = ids.value.split(',')
  const drawn = drawnCount.value
  const isFull = shown.length >= mostScenarios

  const pin = (): void => {
    told.value = pinScenario(dashboard)
  }
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target, key } = event
      if (key.toLowerCase() !== 'p' || event.ctrlKey || event.metaKey || event.altKey) return
      if (!(target instanceof Element && target.closest('.plot')) || !dashboard.view.letters.peek()) return
      event.preventDefault()
      pin()
    }
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const recolour = (): void => {
      palette.value = readPalette()
    }
    addEventListener('keydown', press)
    dark.addEventListener('change', recolour)
    return () => {
      removeEventListener('keydown', press)
      dark.removeEventListener('change', recolour)
    }
  }, [dashboard])

  return (
    <section class="scenario-strip" aria-label="Scenarios">
      <ul class="scenario-chips">
        {shown.map((id) => (
          <ScenarioChip key={id} dashboard={dashboard} id={id} palette={palette.value} />
        ))}
      </ul>
      <button
        type="button"
        class="button small"
        aria-disabled={isFull || undefined}
        title={
          isFull ? `A model has at most ${mostScenarios} scenarios: remove one first.` : 'Keep the present state (P)'
        }
        onClick={pin}
      >
        Pin as scenario
      </button>
      <ReadyMadeMenu dashboard={dashboard} />
      <span class="spacer" />
      <CompareControls dashboard={dashboard} />
      <span class="visually-hidden" role="status">
        {told.value}
      </span>
      {drawn > mostLooks && (
        <p class="stale strip-notice" role="status">
          {drawn} scenarios are drawn side by side: one plot tells {mostLooks} apart. Hide some to lay the others over
          one another.
        </p>
      )}
    </section>
  )
}
