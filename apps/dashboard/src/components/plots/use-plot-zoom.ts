import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { padding, pixelScales } from '../../plot/plot-frame.ts'
import { showAll, showPeriod, zoomBy } from './plot-actions.ts'
import type { PanelState } from './use-panel-state.ts'

/** Least way of a drag, pixels; a shorter one is a click. */
const leastDrag = 6
/** How long a wheel rests before the next turn is another step of the history. */
const restMilliseconds = 600

type Pointer = PointerEvent & { readonly currentTarget: HTMLElement }

export interface PlotZoom {
  readonly onPointerDown: (event: Pointer) => void
  readonly onPointerMove: (event: Pointer) => void
  readonly onPointerUp: (event: Pointer) => void
  readonly onPointerCancel: () => void
  readonly onDblClick: () => void
}

/** Zooms all panels in time: a drag chooses the times, a double click shows the whole run, the wheel zooms with Ctrl. */
export function usePlotZoom(box: RefObject<HTMLElement | null>, { dashboard, frame }: PanelState): PlotZoom {
  const { view } = dashboard
  const from = useSignal<number | null>(null)
  const ending = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const timeAt = (event: MouseEvent, element: Element): number | null => {
    const shape = frame.peek()
    if (!shape) return null
    const x = event.clientX - element.getBoundingClientRect().left - padding.left
    return pixelScales(shape).time(Math.min(shape.width, Math.max(0, x)))
  }
  const stop = (): void => {
    from.value = null
    view.brush.value = null
  }

  useEffect(() => {
    const element = box.current
    if (!element) return
    // a listener of its own: one that Preact adds could not keep the page from being scaled
    const turn = (event: WheelEvent): void => {
      if (!(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      zoomBy(dashboard, Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 150), timeAt(event, element), 'zoom')
      clearTimeout(ending.current)
      ending.current = setTimeout(() => dashboard.endStep(), restMilliseconds)
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => {
      clearTimeout(ending.current)
      element.removeEventListener('wheel', turn)
    }
  }, [dashboard])

  return {
    onPointerDown(event) {
      // fingers scroll the page; for them there are buttons. With Shift a drag selects patients
      if (event.button !== 0 || event.pointerType === 'touch' || event.shiftKey) return
      from.value = event.clientX
    },
    onPointerMove(event) {
      const began = from.peek()
      if (began === null) return
      if (view.brush.peek() === null && Math.abs(event.clientX - began) < leastDrag) return
      if (view.brush.peek() === null) event.currentTarget.setPointerCapture(event.pointerId)
      const shape = frame.peek()
      const now = timeAt(event, event.currentTarget)
      if (!shape || now === null) return
      const left = event.currentTarget.getBoundingClientRect().left
      const x = Math.min(shape.width, Math.max(0, began - left - padding.left))
      const then = pixelScales(shape).time(x)
      view.brush.value = { low: Math.min(then, now), high: Math.max(then, now) }
    },
    onPointerUp() {
      const chosen = view.brush.peek()
      stop()
      if (chosen) showPeriod(dashboard, chosen)
    },
    onPointerCancel: stop,
    onDblClick: () => showAll(dashboard),
  }
}
