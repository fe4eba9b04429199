import { type Signal, signal } from '@preact/signals'
import { oneAtATime } from './one-at-a-time.ts'

/** Ways to look at the panels that change nothing that was computed; shared by all panels. */
export interface PlotView {
  /** Last day shown, at most the model's horizon; null for all of it. */
  readonly lastDay: Signal<number | null>
  /** Day under the crosshair, in all panels at once; null when there is none. */
  readonly cursor: Signal<number | null>
  /** Panels shown on the other scale than the preset's, by title. */
  readonly scales: Signal<Readonly<Record<string, 'linear' | 'log'>>>
  /** Panels shown as tables, by title. */
  readonly tables: Signal<ReadonlySet<string>>
  /** Redraws by Vega, which are slow, queue here. */
  readonly slowly: (task: () => Promise<void> | void) => void
  /** Back to the first view of a model with the given horizon. */
  reset(horizon: number): void
}

export function createPlotView(horizon: number): PlotView {
  const lastDay = signal<number | null>(firstWindow(horizon))
  const cursor = signal<number | null>(null)
  const scales = signal<Readonly<Record<string, 'linear' | 'log'>>>({})
  const tables = signal<ReadonlySet<string>>(new Set())
  return {
    lastDay,
    cursor,
    scales,
    tables,
    slowly: oneAtATime(),
    reset(next) {
      lastDay.value = firstWindow(next)
      cursor.value = null
      scales.value = {}
      tables.value = new Set()
    },
  }
}

/** Half a year holds expansion, the return of B cells and the response of the disease; a shorter run is shown by half. */
function firstWindow(horizon: number): number {
  return horizon > 180 ? 180 : 90
}
