import { decimate } from './decimate.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** Curves of many patients, one after the other in one array. */
export interface PatientCurves {
  readonly times: Float64Array
  readonly values: Float64Array
  readonly colour: string
}

/** How long the page is kept busy at a stretch, milliseconds. */
const stretch = 5

/** How one curve among many looks. */
export interface PatientLook {
  readonly opacity: number
  readonly width: number
}

/** Among all. */
const faint: PatientLook = { opacity: 0.04, width: 1 }

/** Paints what it is given on top of what is there. */
export interface PatientPainter {
  add(curves: readonly PatientCurves[]): void
  end(): void
}

/**
 * Paints curves a stretch at a time, each thinned to its extremes per pixel column; a value that the axis cannot show lifts
 * the pen.
 */
export function patientPainter(
  context: CanvasRenderingContext2D,
  { width, height, period, scale }: PlotFrame,
  scales: Pick<PixelScales, 'x' | 'y'>,
  { opacity, width: lineWidth }: PatientLook = faint,
): PatientPainter {
  const curves: PatientCurves[] = []
  let waiting: ReturnType<typeof setTimeout> | undefined
  let [which, at] = [0, 0]
  const one = ({ times, values, colour }: PatientCurves, k: number): void => {
    const line = decimate(times, values.subarray(k * times.length, (k + 1) * times.length), period, width)
    context.beginPath()
    let down = false
    line.times.forEach((time, i) => {
      const value = line.values[i]!
      if (!(scale === 'log' ? value > 0 : Number.isFinite(value))) {
        down = false
        return
      }
      const y = Math.max(-1e4, Math.min(1e4, scales.y(value)))
      if (down) context.lineTo(scales.x(time), y)
      else context.moveTo(scales.x(time), y)
      down = true
    })
    context.strokeStyle = colour
    context.stroke()
  }
  const go = (): void => {
    const until = performance.now() + stretch
    context.save()
    context.beginPath()
    context.rect(0, 0, width, height)
    context.clip()
    context.globalAlpha = opacity
    context.lineWidth = lineWidth
    for (let set = curves[which]; set && performance.now() < until; set = curves[which]) {
      if ((at + 1) * set.times.length > set.values.length) {
        which++
        at = 0
      } else one(set, at++)
    }
    context.restore()
    waiting = which < curves.length ? setTimeout(go, 0) : undefined
  }
  return {
    add(more) {
      curves.push(...more)
      waiting ??= setTimeout(go, 0)
    },
    end: () => clearTimeout(waiting),
  }
}
