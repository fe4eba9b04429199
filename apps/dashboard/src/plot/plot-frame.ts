import type { ValueRange } from './axis-domain.ts'

/** Room around the plot rectangle for the axes, pixels. Fixed, so that the canvas and the Vega view agree before either has drawn. */
export const padding = { left: 50, right: 16, top: 10, bottom: 34 } as const

/** What a panel shows where: its size, axes and scales. */
export interface PlotFrame {
  /** Size of the plot rectangle, pixels. */
  readonly width: number
  readonly height: number
  readonly days: ValueRange
  readonly values: ValueRange
  readonly scale: 'linear' | 'log'
}

export function plotFrame(
  boxWidth: number,
  boxHeight: number,
  axes: Pick<PlotFrame, 'days' | 'values' | 'scale'>,
): PlotFrame {
  return {
    width: Math.max(40, Math.floor(boxWidth) - padding.left - padding.right),
    height: Math.max(40, Math.floor(boxHeight) - padding.top - padding.bottom),
    ...axes,
  }
}

/** From data to pixels within the plot rectangle, and from pixels to days. */
export interface PixelScales {
  x(day: number): number
  y(value: number): number
  day(x: number): number
}

/** The scales of a frame; the Vega view of the same frame has equal ones. */
export function pixelScales({ width, height, days, values, scale }: PlotFrame): PixelScales {
  const perDay = width / (days.high - days.low)
  const transform = scale === 'log' ? Math.log : (value: number): number => value
  const bottom = transform(values.low)
  const perValue = height / (transform(values.high) - bottom)
  return {
    x: (day) => (day - days.low) * perDay,
    y: (value) => height - (transform(value) - bottom) * perValue,
    day: (x) => days.low + x / perDay,
  }
}
