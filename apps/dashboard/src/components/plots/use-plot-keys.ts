import { isNoneSelected, noneSelected } from '../../plot/selected.ts'
import { tracedTime } from '../../plot/trace-keys.ts'
import { moveBy, showAll, toggleLarge, toggleScale, toggleTable, zoomBy } from './plot-actions.ts'
import type { PanelState } from './use-panel-state.ts'
import { selectNext } from './use-patient-selection.ts'

/** What the keys do while a plot has the focus: arrows trace a curve, letters and digits switch, + and - zoom unless they are turned off. */
export function usePlotKeys(state: PanelState): (event: KeyboardEvent) => void {
  const { dashboard, panel, period, traced, tracedCurves } = state
  const { view, panels } = dashboard
  const { title } = panel

  const act = (event: KeyboardEvent): boolean => {
    const { key, shiftKey } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      moveBy(dashboard, key === 'ArrowLeft' ? -0.25 : 0.25)
      return true
    }
    if (shiftKey && (key === 'ArrowUp' || key === 'ArrowDown') && selectNext(state, key === 'ArrowUp' ? 1 : -1))
      return true
    const count = tracedCurves.value.length
    if ((key === 'ArrowUp' || key === 'ArrowDown') && count > 0) {
      const step = key === 'ArrowDown' ? 1 : count - 1
      traced.value = traced.value === null ? 0 : (traced.value + step) % count
      view.cursor.value ??= period.value.low
      return true
    }
    const next = tracedTime(event, view.cursor.value, period.value)
    if (next === null) {
      // first the selection goes, then the curve is left, then the large view
      if (!isNoneSelected(view.selected.value)) {
        view.selected.value = noneSelected
        return true
      }
      if (traced.value === null && view.large.value !== null) view.large.value = null
      traced.value = null
      view.cursor.value = null
      return true
    }
    if (next !== undefined) {
      traced.value ??= 0
      view.cursor.value = next
      return true
    }
    if (!view.letters.value) return false
    const chosen = panels.value[Number(key) - 1]
    if (/^[1-9]$/.test(key) && chosen) {
      toggleLarge(dashboard, chosen.title)
      focusIn(chosen.title, '.plot')
      return true
    }
    switch (key.toLowerCase()) {
      case '+':
      case '=':
        zoomBy(dashboard, 0.5, view.cursor.value)
        return true
      case '-':
        zoomBy(dashboard, 2, view.cursor.value)
        return true
      case 'r':
        showAll(dashboard)
        state.roomFor.value = []
        return true
      case 'l':
        // a difference has a scale of its own
        if (state.scene.difference.value) return false
        toggleScale(dashboard, title, state.scale.value)
        return true
      case 't':
        toggleTable(dashboard, title)
        focusIn(title, '.panel-table')
        return true
      default:
        return false
    }
  }
  return (event) => {
    if (!act(event)) return
    event.preventDefault()
    const followed = traced.peek() === null ? undefined : tracedCurves.peek()[traced.peek() ?? 0]
    if (followed) view.pointed.value = followed.quantity
  }
}

/** Brings the focus to a part of a panel once it is there. */
export function focusIn(title: string, part: string): void {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-panel="${CSS.escape(title)}"] ${part}`)?.focus(), 0)
}
