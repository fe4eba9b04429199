import type { ObservedMark } from '../datasets/observed-data.ts'
import type { PixelScales } from './plot-frame.ts'

/** The value of the data nearest to a place in the plot; null where none is within `reach` pixels. */
export function nearestMark(
  marks: readonly ObservedMark[],
  scales: Pick<PixelScales, 'x' | 'y'>,
  x: number,
  y: number,
  reach: number,
): { readonly mark: ObservedMark; readonly distance: number } | null {
  let best: { readonly mark: ObservedMark; readonly distance: number } | null = null
  for (const mark of marks) {
    const most = best?.distance ?? reach
    const across = scales.x(mark.time) - x
    if (Math.abs(across) >= most) continue
    const distance = Math.hypot(across, scales.y(mark.value) - y)
    if (distance < most) best = { mark, distance }
  }
  return best
}
