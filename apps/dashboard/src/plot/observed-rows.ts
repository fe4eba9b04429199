import type { MarkKind, ObservedData, ObservedMark } from '../datasets/observed-data.ts'
import { observedName, referenceSeries } from './panel-series.ts'
import type { PlotFrame } from './plot-frame.ts'

/** Most values of data in a panel that Vega draws; more are painted on a canvas. */
export const mostObserved = 1500

/** Shapes by group; further groups have the first. Triangles and crosses mean something else. */
export const groupShapes = ['circle', 'square', 'diamond', 'triangle-right'] as const
export type GroupShape = (typeof groupShapes)[number]

export function groupShape(group: number): GroupShape {
  return groupShapes[group] ?? 'circle'
}

/** A cross as Vega takes a symbol of one's own. */
const cross = 'M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8'

/** A value of the data as a panel's view takes it. */
export interface MarkRow {
  readonly kind: MarkKind
  readonly time: number
  readonly value: number
  readonly series: string
  readonly shape: string
  /** Values of one name are joined by a thin line; empty for none. */
  readonly trace: string
}

export interface LimitRow {
  readonly value: number
  readonly label: string
}

/** The values within the times shown that the axis can show. */
export function shownMarks(
  marks: readonly ObservedMark[],
  { period, scale }: Pick<PlotFrame, 'period' | 'scale'>,
): readonly ObservedMark[] {
  return marks.filter(
    ({ time, value }) => time >= period.low && time <= period.high && (scale === 'linear' || value > 0),
  )
}

/** Values with the traces that join those of a subject: broken where one is beyond a limit. In the order of subject and time. */
export function markRows(marks: readonly ObservedMark[]): readonly MarkRow[] {
  const pieces = new Map<string, number>()
  const subjects = new Set(marks.map(({ subject }) => subject))
  return marks.map(({ kind, time, value, quantity, subject, group }) => {
    const own = `${quantity}/${subject}`
    const piece = pieces.get(own) ?? 0
    if (kind === 'below' || kind === 'above') pieces.set(own, piece + 1)
    return {
      kind,
      time,
      value,
      series: kind === 'excluded' ? referenceSeries : observedName(quantity),
      shape: shapeOf(kind, group),
      trace: kind === 'observed' && subjects.size > 1 ? `${own}/${piece}` : '',
    }
  })
}

function shapeOf(kind: MarkKind, group: number): string {
  switch (kind) {
    case 'observed':
      return groupShape(group)
    case 'below':
      return 'triangle-down'
    case 'above':
      return 'triangle-up'
    case 'excluded':
      return cross
  }
}

/** The lines of the limits of quantification that the axis can show, with how many values lie below each. */
export function limitRows(
  limits: ObservedData['limits'],
  quantities: readonly string[],
  { scale, values }: Pick<PlotFrame, 'scale' | 'values'>,
  marks: readonly ObservedMark[],
  format: (value: number) => string,
): readonly LimitRow[] {
  const below = (quantity: string, limit: number): string => {
    const count = marks.filter(
      (mark) => mark.kind === 'below' && mark.quantity === quantity && mark.value === limit,
    ).length
    return count === 0 ? '' : `, ${count} below`
  }
  return limits
    .filter(({ quantity, value }) => quantities.includes(quantity) && (scale === 'linear' || value > 0))
    .filter(({ value }) => value >= values.low && value <= values.high)
    .map(({ quantity, value }) => ({
      value,
      label: `LLOQ ${format(value)}${quantities.length > 1 ? ` (${quantity})` : ''}${below(quantity, value)}`,
    }))
}
