import type { ValueRange } from './axis-domain.ts'
import { type PixelScales, type PlotFrame, pixelScales } from './plot-frame.ts'

/** Where one of several small plots stands in its panel: the corner of its plot rectangle, pixels. */
export interface MultiplesCell {
  readonly left: number
  readonly top: number
  /** Whether it has the labels of the value axis, or of the times. */
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** Small plots with the same axes. */
export interface MultiplesLayout {
  readonly width: number
  readonly height: number
  /** What each of them shows where. */
  readonly frame: PlotFrame
  readonly scales: PixelScales
  readonly cells: readonly MultiplesCell[]
}

/** Room at the left for labels of values, below for those of times, and above each plot for its name. */
const room = { left: 50, right: 12, bottom: 30, name: 18, gap: 12 } as const
/** Least size of a plot rectangle; a panel that is too low for it scrolls. */
const least = { width: 72, height: 56 } as const
/** How wide to how high they should be. */
const aspect = 1.5

/** Rows and columns in which so many plots of a box have about the proportions of a plot. */
export function multiplesLayout(
  boxWidth: number,
  boxHeight: number,
  count: number,
  axes: Pick<PlotFrame, 'period' | 'timeUnit' | 'scale'> & { readonly values: ValueRange },
): MultiplesLayout {
  const across = (columns: number): number =>
    Math.floor((boxWidth - room.left - room.right - (columns - 1) * room.gap) / columns)
  const down = (rows: number): number =>
    Math.max(least.height, Math.floor((boxHeight - room.bottom - rows * room.name - (rows - 1) * room.gap) / rows))
  const choices = Array.from({ length: Math.max(1, count) }, (_, k) => {
    const rows = Math.ceil(count / (k + 1))
    return { columns: k + 1, rows, width: across(k + 1), height: down(rows) }
  })
  const fitting = choices.filter(({ width }, k) => k === 0 || width >= least.width)
  const oddness = ({ width, height }: (typeof choices)[number]): number => Math.abs(Math.log(width / height / aspect))
  const { columns, rows, width, height } = fitting.reduce((best, choice) =>
    oddness(choice) < oddness(best) ? choice : best,
  )
  const frame: PlotFrame = { ...axes, width: Math.max(least.width, width), height }
  return {
    width: boxWidth,
    height: room.bottom + rows * (height + room.name) + (rows - 1) * room.gap,
    frame,
    scales: pixelScales(frame),
    cells: Array.from({ length: count }, (_, k) => ({
      left: room.left + (k % columns) * (width + room.gap),
      top: room.name + Math.floor(k / columns) * (height + room.name + room.gap),
      isFirst: k % columns === 0,
      isLast: k + columns >= count,
    })),
  }
}
