import type { ValueRange } from '../../plot/axis-domain.ts'
import { shownPeriod } from '../../plot/panel-model.ts'
import { keptWithin, movedPeriod, zoomedPeriod } from '../../plot/zoom-period.ts'
import type { Dashboard } from '../../state/dashboard.ts'

/** The times of the whole run, and those shown. */
export function periodsOf({ opened, scenario, view }: Dashboard): {
  readonly full: ValueRange
  readonly shown: ValueRange
} {
  const { start } = opened.value
  const { horizon } = scenario.value
  return {
    full: { low: start, high: horizon },
    shown: shownPeriod(start, horizon, view.lastTime.value, view.period.value),
  }
}

/** Shows these times in all panels. */
export function showPeriod(dashboard: Dashboard, period: ValueRange): void {
  const kept = keptWithin(period, periodsOf(dashboard).full)
  if (kept) dashboard.setView('Zoom', { period: kept })
}

/** Shows `factor` times as long a time; `around` stays where it is. With `merge` it is one step with those before. */
export function zoomBy(dashboard: Dashboard, factor: number, around: number | null, merge?: string): void {
  const { full, shown } = periodsOf(dashboard)
  const next = zoomedPeriod(shown, full, factor, around ?? undefined)
  if (next === null && shown.low === full.low && shown.high === full.high) return
  dashboard.setView('Zoom', next ? { period: next } : { period: null, lastTime: null }, merge)
}

/** Shows earlier or later times. */
export function moveBy(dashboard: Dashboard, part: number): void {
  const { full, shown } = periodsOf(dashboard)
  const next = movedPeriod(shown, full, part)
  if (next && next.low !== shown.low) dashboard.setView('Move times shown', { period: next })
}

/** Shows the whole run. */
export function showAll(dashboard: Dashboard): void {
  const { period, lastTime } = dashboard.view
  if (period.value !== null || lastTime.value !== null)
    dashboard.setView('Full range', { period: null, lastTime: null })
}

/** Turns a panel's value axis from log to linear, or back. */
export function toggleScale(dashboard: Dashboard, title: string, scale: 'linear' | 'log'): void {
  if (dashboard.scene.difference.value) return
  const other = scale === 'log' ? 'linear' : 'log'
  dashboard.setView(`${title} ${other}`, { scales: { ...dashboard.view.scales.value, [title]: other } })
}

/** Shows a panel as a table, or as a plot again. */
export function toggleTable(dashboard: Dashboard, title: string): void {
  const { tables } = dashboard.view
  const isTable = tables.value.includes(title)
  const others = tables.value.filter((shown) => shown !== title)
  dashboard.setView(`${title} as ${isTable ? 'plot' : 'table'}`, { tables: isTable ? others : [...others, title] })
}

/** Shows a panel alone, or all of them again. */
export function toggleLarge({ view }: Dashboard, title: string): void {
  view.large.value = view.large.value === title ? null : title
}
