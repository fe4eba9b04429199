import { useComputed, useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { prepareCanvas } from '../../plot/paint-curves.ts'
import { type PatientPainter, patientPainter } from '../../plot/paint-patients.ts'
import { seriesColour } from '../../plot/palette.ts'
import { pixelScales } from '../../plot/plot-frame.ts'
import type { PanelState } from './use-panel-state.ts'

/** The lowest layer: the curves of virtual patients, one by one. What comes later is painted on top of what is there. */
export function usePatientsLayer(canvas: RefObject<HTMLCanvasElement | null>, state: PanelState): void {
  const { dashboard, panel, frame, palette, scene } = state
  const { patients } = dashboard.patients
  const look = useComputed(() => dashboard.scenario.value.look)
  const of = useComputed(() => patients.value?.of ?? null)

  // another frame, another look or other patients: all of them again
  useSignalEffect(() => {
    const shape = frame.value
    const colours = palette.value
    const colourOf = (k: number): string => seriesColour(colours, panel.quantities.length > 1 ? k : look.value)
    const own = panel.quantities.map((_, k) => colourOf(k))
    const isDrawn = of.value !== null && scene.difference.value === null
    const element = canvas.current
    if (!element || !shape) return
    const context = prepareCanvas(element, shape)
    if (!context || !isDrawn) return
    const painter: PatientPainter = patientPainter(context, shape, pixelScales(shape))
    let painted = 0
    const unsubscribe = patients.subscribe((all) => {
      if (!all) return
      for (const part of all.parts.slice(painted))
        painter.add(
          panel.quantities.flatMap((quantity, k) => {
            const values = part.courses[all.quantities.indexOf(quantity)]
            return values ? [{ times: all.times, values, colour: own[k] ?? '' }] : []
          }),
        )
      painted = all.parts.length
    })
    return () => {
      unsubscribe()
      painter.end()
    }
  })
}
