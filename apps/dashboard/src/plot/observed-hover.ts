import type { MarkKind, ObservedMark } from '../datasets/observed-data.ts'
import { timeText } from '../state/time-units.ts'
import type { HoverItem } from './hover-item.ts'
import { nearestMark } from './nearest-mark.ts'
import type { PixelScales } from './plot-frame.ts'

/** How near the pointer must be, pixels. */
const reach = 10

/** What is said of a value of the data. */
export interface ObservedWords {
  readonly file: string
  readonly timeUnit: string
  /** Unit of a quantity, as it is printed. */
  readonly unit: (quantity: string) => string
  /** Name of a group; empty where there are none. */
  readonly group: (group: number) => string
  readonly format: (value: number) => string
}

const words: Readonly<Record<MarkKind, string>> = {
  observed: '',
  below: 'below ',
  above: 'above ',
  excluded: 'left out: ',
}

/** The value nearest to the pointer: subject, time, value, row; null where none is near. */
export function observedHover(
  marks: readonly ObservedMark[],
  scales: PixelScales,
  x: number,
  y: number,
  { file, timeUnit, unit, group, format }: ObservedWords,
): HoverItem | null {
  const found = nearestMark(marks, scales, x, y, reach)
  if (!found) return null
  const { kind, time, value, subject, quantity, line, group: place } = found.mark
  const own = group(place)
  return {
    x: scales.x(time),
    y: scales.y(value),
    title: `Subject ${subject}${own === '' || own === subject ? '' : ` · ${own}`}`,
    detail: `${timeText(timeUnit, format(time))}: ${words[kind]}${format(value)} ${unit(quantity)}`.trimEnd(),
    source: `${file}, row ${line}`,
  }
}
