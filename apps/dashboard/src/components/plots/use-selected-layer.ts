import { useComputed, useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { endLabels, type NamedCurve } from '../../plot/end-labels.ts'
import { markRows, shownMarks } from '../../plot/observed-rows.ts'
import { prepareCanvas } from '../../plot/paint-curves.ts'
import { paintLabels } from '../../plot/paint-labels.ts'
import { patientPainter } from '../../plot/paint-patients.ts'
import { paintSelected } from '../../plot/paint-selected.ts'
import { seriesColour, seriesDash } from '../../plot/palette.ts'
import { pixelScales } from '../../plot/plot-frame.ts'
import { patientsPerPart } from '../../state/patients-session.ts'
import type { PanelState } from './use-panel-state.ts'

/** Most patients who are painted at once, each clear of what is beneath. */
const mostAtOnce = 20
/** Most patients whose numbers stand at the ends of their curves. */
const mostNamed = 5

/** A layer of its own for those who are selected: it is painted when they, their curves or the axes change. */
export function useSelectedLayer(canvas: RefObject<HTMLCanvasElement | null>, state: PanelState): void {
  const { dashboard, panel, frame, palette, scene, marks } = state
  const { selected } = dashboard.view
  // parts that come later change nothing for those who are there
  const curves = useComputed(() => {
    const all = dashboard.patients.patients.value
    const { virtual } = selected.value
    if (!all || scene.difference.value) return []
    const colours = palette.value
    return panel.quantities.flatMap((quantity, k) => {
      const q = all.quantities.indexOf(quantity)
      return virtual.flatMap((patient) => {
        const part = all.parts[Math.floor(patient / patientsPerPart)]?.courses[q]
        const from = (patient % patientsPerPart) * all.times.length
        if (!part) return []
        const isMixed = panel.quantities.length > 1
        return {
          name: String(patient + 1),
          times: all.times,
          values: part.subarray(from, from + all.times.length),
          colour: isMixed ? seriesColour(colours, k) : colours.ink,
          width: 1.75,
          dash: isMixed ? seriesDash(k) : [],
        }
      })
    })
  })
  useSignalEffect(() => {
    const shape = frame.value
    const own = curves.value
    const { subjects } = selected.value
    const colours = palette.value
    const shown = scene.difference.value ? [] : marks.value.filter(({ subject }) => subjects.includes(subject))
    if (!canvas.current || !shape) return
    const context = prepareCanvas(canvas.current, shape)
    if (!context) return
    const names = [...new Set(own.map(({ name }) => name))]
    canvas.current.dataset['selected'] = [...names, ...new Set(shown.map(({ subject }) => subject))].join()
    if (own.length === 0 && shown.length === 0) return
    const scales = pixelScales(shape)
    // traces join the values of a subject; those of several subjects are not joined with each other
    const rows = subjects.flatMap((subject) =>
      markRows(
        shownMarks(
          shown.filter((mark) => mark.subject === subject),
          shape,
        ),
      ).map((row) => ({
        ...row,
        trace: row.kind === 'observed' ? `${subject}/${row.series}` : '',
      })),
    )
    const isCrowd = names.length > mostAtOnce
    paintSelected(context, shape, scales, isCrowd ? [] : own, rows, colours)
    if (isCrowd) {
      const opacity = Math.min(0.5, Math.max(0.05, mostAtOnce / 2 / names.length))
      const painter = patientPainter(context, shape, scales, { opacity, width: 1.25 })
      painter.add(own)
      return painter.end
    }
    if (names.length > mostNamed) return
    const named = own.map((curve): NamedCurve => ({ ...curve, series: curve.name }))
    paintLabels(context, endLabels(shape, scales, named), colours)
  })
}
