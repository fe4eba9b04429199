import { type Observation, trustTags } from '@cartkin/cart-models'
import { timeText } from '../state/time-units.ts'
import type { DoseRow } from './panel-rows.ts'
import type { PixelScales } from './plot-frame.ts'

/** A mark under the pointer: where it is in the plot rectangle and what is said about it. */
export interface HoverItem {
  readonly x: number
  readonly y: number
  readonly title: string
  readonly detail: string
  readonly source: string
}

/** What a pointer may be near to. */
interface Marks {
  readonly observations: readonly Observation[]
  readonly doses: readonly DoseRow[]
  readonly timeUnit: string
}

/** How near the pointer must be, pixels. */
const reach = 12

/** The observation nearest to the pointer, else the doses whose ticks at the top it points at; null when neither is near. */
export function hoverItem(
  { observations, doses, timeUnit }: Marks,
  scales: PixelScales,
  x: number,
  y: number,
  format: (value: number) => string,
): HoverItem | null {
  const marks = observations
    .map((observation) => ({ observation, x: scales.x(observation.time), y: scales.y(observation.value) }))
    .map((mark) => ({ ...mark, distance: Math.hypot(mark.x - x, mark.y - y) }))
    .filter(({ distance }) => distance < reach)
    .sort((a, b) => a.distance - b.distance)
  const [nearest] = marks
  if (nearest) return { x: nearest.x, y: nearest.y, ...words(nearest.observation, format) }
  if (y > reach) return null
  const near = doses.filter(({ time }) => Math.abs(scales.x(time) - x) < 4)
  const [first] = near
  if (!first) return null
  return {
    x: scales.x(first.time),
    y: 0,
    title: [...new Set(near.map(({ label }) => label))].join('; '),
    detail: [...new Set(near.map(({ time }) => timeText(timeUnit, String(time))))].join(', '),
    source: '',
  }
}

function words(
  { label, value, lower, upper, range, source, trust, licence }: Observation,
  format: (value: number) => string,
): Pick<HoverItem, 'title' | 'detail' | 'source'> {
  const spread =
    lower === undefined || upper === undefined ? '' : ` (${format(lower)}–${format(upper)}, ${range ?? 'range'})`
  const told = `${source} [${trustTags[trust].letter}]`
  return { title: label, detail: `${format(value)}${spread}`, source: licence ? `${told} · ${licence}` : told }
}
