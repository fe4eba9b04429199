import { type Signal, signal } from '@preact/signals'
import { oneAtATime } from './one-at-a-time.ts'

/** Ways to look at the panels that change nothing that was computed; shared by all panels. */
export interface PlotView {
  /** Last time shown, at most the run's end; null for all of it. */
  readonly lastTime: Signal<number | null>
  /** Time under the crosshair, in all panels at once; null when there is none. */
  readonly cursor: Signal<number | null>
  /** Quantities that were chosen to be shown, each on its own panel; null for the model's own panels. */
  readonly quantities: Signal<readonly string[] | null>
  /** Panels shown on the other scale than their own, by title. */
  readonly scales: Signal<Readonly<Record<string, 'linear' | 'log'>>>
  /** Panels shown as tables, by title. */
  readonly tables: Signal<ReadonlySet<string>>
  /** Redraws by Vega, which are slow, queue here. */
  readonly slowly: (task: () => Promise<void> | void) => void
  /** Back to the first view of a model, which ends at the given time. */
  reset(lastTime: number | null): void
}

export function createPlotView(firstWindow: number | null): PlotView {
  const lastTime = signal<number | null>(firstWindow)
  const cursor = signal<number | null>(null)
  const quantities = signal<readonly string[] | null>(null)
  const scales = signal<Readonly<Record<string, 'linear' | 'log'>>>({})
  const tables = signal<ReadonlySet<string>>(new Set())
  return {
    lastTime,
    cursor,
    quantities,
    scales,
    tables,
    slowly: oneAtATime(),
    reset(next) {
      lastTime.value = next
      cursor.value = null
      quantities.value = null
      scales.value = {}
      tables.value = new Set()
    },
  }
}
