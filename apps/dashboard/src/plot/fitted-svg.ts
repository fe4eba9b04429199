import { curvePath } from './curve-path.ts'
import type { Curves } from './panel-model.ts'
import { type PlotFrame, padding, pixelScales } from './plot-frame.ts'

/** A drawing of a panel with the curves of a fit above it, dashed as on the page, and what the dashes mean. */
export function fittedSvg(
  drawing: string,
  frame: PlotFrame,
  fitted: Curves,
  quantities: readonly string[],
  ink: string,
): string {
  const scales = pixelScales(frame)
  const line = `fill="none" stroke="${ink}" stroke-width="1.75" stroke-dasharray="5 3"`
  const paths = quantities
    .map((quantity) => curvePath(fitted, quantity, frame, scales))
    .filter((path) => path !== '')
    .map((path) => `<path class="fitted" d="${path}" ${line}/>`)
  const end = drawing.lastIndexOf('</svg>')
  if (paths.length === 0 || end < 0) return drawing
  const { width, height } = frame
  const inner = [
    // a drawing within a drawing ends at its edge
    `<svg x="${padding.left}" y="${padding.top}" width="${width}" height="${height}">`,
    ...paths,
    `<path d="M${width - 56} 12H${width - 28}" ${line}/>`,
    `<text x="${width - 22}" y="16" font-family="system-ui, sans-serif" font-size="11" fill="${ink}">fit</text>`,
    '</svg>',
  ]
  return drawing.slice(0, end) + inner.join('') + drawing.slice(end)
}
