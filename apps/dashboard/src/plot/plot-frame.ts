import type { ValueRange } from './axis-domain.ts'

/** Room around the plot rectangle for the axes, pixels. Fixed, so that the canvas and the Vega view agree before either has drawn. */
export const padding = { left: 50, right: 16, top: 10, bottom: 34 } as const

/** What a panel shows where: its size, axes and scales. */
export interface PlotFrame {
  /** Size of the plot rectangle, pixels. */
  readonly width: number
  readonly height: number
  /** Times shown, and their unit as the model writes it. */
  readonly period: ValueRange
  readonly timeUnit: string
  readonly values: ValueRange
  readonly scale: 'linear' | 'log'
}

export function plotFrame(
  boxWidth: number,
  boxHeight: number,
  axes: Pick<PlotFrame, 'period' | 'timeUnit' | 'values' | 'scale'>,
): PlotFrame {
  return {
    width: Math.max(40, Math.floor(boxWidth) - padding.left - padding.right),
    height: Math.max(40, Math.floor(boxHeight) - padding.top - padding.bottom),
    ...axes,
  }
}

/** From data to pixels within the plot rectangle, and back. */
export interface PixelScales {
  x(time: number): number
  y(value: number): number
  time(x: number): number
  value(y: number): number
}

/** The scales of a frame; the Vega view of the same frame has equal ones. */
export function pixelScales({ width, height, period, values, scale }: PlotFrame): PixelScales {
  const perUnit = width / (period.high - period.low)
  const transform = scale === 'log' ? Math.log : (value: number): number => value
  const back = scale === 'log' ? Math.exp : (value: number): number => value
  const bottom = transform(values.low)
  const perValue = height / (transform(values.high) - bottom)
  return {
    x: (time) => (time - period.low) * perUnit,
    y: (value) => height - (transform(value) - bottom) * perValue,
    time: (x) => period.low + x / perUnit,
    value: (y) => back(bottom + (height - y) / perValue),
  }
}
