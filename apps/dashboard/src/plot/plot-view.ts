import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { PanelChoices } from '../document/desk.ts'
import type { ValueRange } from './axis-domain.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { noneSelected, type Selected } from './selected.ts'

/** Ways to look at the panels, shared by all of them. What was chosen is part of the document; where the pointer is, is not. */
export interface PlotView {
  /** Last time shown, at most the run's end; null for all of it. */
  readonly lastTime: ReadonlySignal<number | null>
  /** Times that were zoomed into; null for those up to `lastTime`. */
  readonly period: ReadonlySignal<PanelChoices['period']>
  /** Times under a drag, in all panels at once; null while there is none. */
  readonly brush: Signal<ValueRange | null>
  /** Title of the panel that is shown alone; null for all of them. */
  readonly large: Signal<string | null>
  /** Quantities that were chosen to be shown, each on its own panel; null for the model's own panels. */
  readonly quantities: ReadonlySignal<readonly string[] | null>
  /** Panels shown on the other scale than their own, by title. */
  readonly scales: ReadonlySignal<PanelChoices['scales']>
  /** Titles of panels shown as tables. */
  readonly tables: ReadonlySignal<readonly string[]>
  /** Time under the crosshair, in all panels at once; null when there is none. */
  readonly cursor: Signal<number | null>
  /** Quantity of the curve that the pointer or the keys were at last; null before. */
  readonly pointed: Signal<string | null>
  /** Whether single letters and digits are keys while a plot has the focus. */
  readonly letters: Signal<boolean>
  /** Whose curves and values stand out in all panels. */
  readonly selected: Signal<Selected>
  /** Redraws by Vega, which are slow, queue here. */
  readonly slowly: (task: () => Promise<void> | void) => void
}

export function createPlotView(choices: ReadonlySignal<PanelChoices>): PlotView {
  return {
    lastTime: computed(() => choices.value.lastTime),
    period: computed(() => choices.value.period),
    brush: signal<ValueRange | null>(null),
    large: signal<string | null>(null),
    quantities: computed(() => choices.value.quantities),
    scales: computed(() => choices.value.scales),
    tables: computed(() => choices.value.tables),
    cursor: signal<number | null>(null),
    pointed: signal<string | null>(null),
    letters: signal(true),
    selected: signal(noneSelected),
    slowly: oneAtATime(),
  }
}
