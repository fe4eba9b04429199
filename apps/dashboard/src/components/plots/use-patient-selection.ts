import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals'
import { nearestMark } from '../../plot/nearest-mark.ts'
import { shownMarks } from '../../plot/observed-rows.ts'
import { nearestPatient, neighbourAt, type PixelBox, patientsInBox } from '../../plot/patient-search.ts'
import { type PlotFrame, padding, pixelScales } from '../../plot/plot-frame.ts'
import { isNoneSelected, noneSelected, type Selected, selectedWith } from '../../plot/selected.ts'
import { tracedValue } from '../../plot/traced-curves.ts'
import type { PanelState } from './use-panel-state.ts'

/** How near to a curve or a value a click must be, pixels. */
const reach = 8
/** Least way of a drag, pixels; a shorter one is a click. */
const leastDrag = 6

type Pointer = PointerEvent & { readonly currentTarget: HTMLElement }

export interface PatientSelection {
  /** The rectangle under a drag with Shift; null while there is none. */
  readonly box: ReadonlySignal<PixelBox | null>
  readonly onPointerDown: (event: Pointer) => void
  readonly onPointerMove: (event: Pointer) => void
  readonly onPointerUp: (event: Pointer) => void
  readonly onPointerCancel: () => void
}

/** Selects patients, virtual ones and those of the data: a click the nearest, a drag with Shift all that it goes over; a click with Shift one more or one less. */
export function usePatientSelection(state: PanelState): PatientSelection {
  const { dashboard, frame } = state
  const { selected, brush } = dashboard.view
  const from = useSignal<{ readonly x: number; readonly y: number } | null>(null)
  const box: Signal<PixelBox | null> = useSignal(null)

  const placeOf = (event: Pointer, { width, height }: PlotFrame): { readonly x: number; readonly y: number } => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const x = Math.min(width, Math.max(0, event.clientX - left - padding.left))
    return { x, y: Math.min(height, Math.max(0, event.clientY - top - padding.top)) }
  }
  const stop = (): void => {
    from.value = null
    box.value = null
  }
  return {
    box,
    onPointerDown(event) {
      const shape = frame.peek()
      if (event.button !== 0 || !shape || !canSelect(state)) return
      from.value = placeOf(event, shape)
    },
    onPointerMove(event) {
      const began = from.peek()
      const shape = frame.peek()
      if (!began || !shape || !event.shiftKey || brush.peek()) return
      const { x, y } = placeOf(event, shape)
      if (box.peek() === null && Math.hypot(x - began.x, y - began.y) < leastDrag) return
      if (box.peek() === null) event.currentTarget.setPointerCapture(event.pointerId)
      box.value = {
        ...{ left: Math.min(began.x, x), right: Math.max(began.x, x) },
        ...{ top: Math.min(began.y, y), bottom: Math.max(began.y, y) },
      }
    },
    onPointerUp(event) {
      const began = from.peek()
      const drawn = box.peek()
      const shape = frame.peek()
      stop()
      if (!began || !shape || brush.peek()) return
      const place = placeOf(event, shape)
      const isClick = Math.hypot(place.x - began.x, place.y - began.y) < leastDrag
      if (drawn) selected.value = selectedWith(selected.peek(), inBox(state, shape, drawn), false)
      else if (isClick) {
        const found = nearest(state, shape, place.x, place.y)
        if (!event.shiftKey || !isNoneSelected(found))
          selected.value = selectedWith(selected.peek(), found, event.shiftKey)
      }
    },
    onPointerCancel: stop,
  }
}

/** The next patient above or below at the crosshair, by keys; whether there was anybody to go to. */
export function selectNext({ dashboard, panel, marks, tracedCurves, traced, period }: PanelState, by: 1 | -1): boolean {
  const { selected, cursor, pointed } = dashboard.view
  const all = dashboard.patients.patients.peek()
  const quantity = panel.quantities.find((name) => name === pointed.peek()) ?? panel.quantities[0]
  const parts = all?.parts.flatMap(({ courses }) => courses[all.quantities.indexOf(quantity ?? '')] ?? []) ?? []
  if (all && parts.length > 0) {
    const { low, high } = period.peek()
    const time = cursor.peek() ?? (low + high) / 2
    cursor.value = time
    const curve = tracedCurves.peek()[traced.peek() ?? 0]
    const [one] = selected.peek().virtual
    const next = neighbourAt({ times: all.times, parts }, time, one ?? null, by, curve ? tracedValue(curve, time) : 0)
    if (next !== null) selected.value = { ...noneSelected, virtual: [next] }
    return next !== null
  }
  const subjects = [...new Set(marks.peek().map(({ subject }) => subject))]
  if (subjects.length === 0) return false
  const [one] = selected.peek().subjects
  const at = one === undefined ? -1 : subjects.indexOf(one)
  const next = subjects[at < 0 ? (by > 0 ? 0 : subjects.length - 1) : (at + by + subjects.length) % subjects.length]
  if (next !== undefined) selected.value = { ...noneSelected, subjects: [next] }
  return true
}

function canSelect({ dashboard, marks, scene }: PanelState): boolean {
  return scene.difference.peek() === null && (dashboard.patients.patients.peek() !== null || marks.peek().length > 0)
}

/** The curves of virtual patients in this panel, by quantity. */
function curvesIn({ dashboard, panel }: PanelState) {
  const all = dashboard.patients.patients.peek()
  if (!all) return []
  return panel.quantities.flatMap((quantity) => {
    const q = all.quantities.indexOf(quantity)
    return q < 0 ? [] : [{ times: all.times, parts: all.parts.flatMap(({ courses }) => courses[q] ?? []) }]
  })
}

function nearest(state: PanelState, shape: PlotFrame, x: number, y: number): Selected {
  const scales = pixelScales(shape)
  const mark = nearestMark(shownMarks(state.marks.peek(), shape), scales, x, y, reach)
  const [patient] = curvesIn(state)
    .flatMap((curves) => nearestPatient(curves, scales, x, y, reach) ?? [])
    .toSorted((a, b) => a.distance - b.distance)
  // where curves lie close, a value under the pointer is meant
  if (mark) return { ...noneSelected, subjects: [mark.mark.subject] }
  return patient ? { ...noneSelected, virtual: [patient.patient] } : noneSelected
}

function inBox(state: PanelState, shape: PlotFrame, box: PixelBox): Selected {
  const scales = pixelScales(shape)
  const isInside = (x: number, y: number): boolean => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
  const virtual = new Set(curvesIn(state).flatMap((curves) => patientsInBox(curves, scales, box)))
  const marks = shownMarks(state.marks.peek(), shape).filter(({ time, value }) =>
    isInside(scales.x(time), scales.y(value)),
  )
  return {
    virtual: [...virtual].toSorted((a, b) => a - b),
    subjects: [...new Set(marks.map(({ subject }) => subject))],
  }
}
