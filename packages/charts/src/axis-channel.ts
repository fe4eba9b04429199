import type { PositionFieldDef } from 'vega-lite/types_unstable/channeldef.js'
import { powerOfTen } from './format-value.ts'
import type { Axis } from './rows.ts'

const MOST_TICKS = 8

/** Title with its unit; no unit for counts, ratios and scores ('' or '1'). */
export function axisTitle({ title, unit }: Axis): string {
  return unit === '' || unit === '1' ? title : `${title} (${unit})`
}

function decadeLabel(exponent: number): string {
  return exponent >= -2 && exponent <= 4 ? (10 ** exponent).toLocaleString('en-US') : powerOfTen(exponent)
}

/** Ticks at powers of ten, each labelled by a lookup; null where fewer than two fit. */
function decadeTicks([lo, hi]: readonly [number, number]): { values: number[]; labelExpr: string } | null {
  const first = Math.ceil(Math.log10(lo) - 1e-9)
  const last = Math.floor(Math.log10(hi) + 1e-9)
  if (!(last > first)) return null
  const step = Math.ceil((last - first + 1) / MOST_TICKS)
  const exponents: number[] = []
  for (let exponent = Math.ceil(first / step) * step; exponent <= last; exponent += step) exponents.push(exponent)
  const values = exponents.map((exponent) => Number(`1e${exponent}`))
  return {
    values,
    labelExpr: `${JSON.stringify(exponents.map(decadeLabel))}[indexof(${JSON.stringify(values)}, datum.value)]`,
  }
}

function linearFormat([lo, hi]: readonly [number, number]): string {
  const largest = Math.max(Math.abs(lo), Math.abs(hi))
  if (largest >= 1e6) return '.4~s'
  return largest < 1e-3 ? '.3~e' : ',.6~g'
}

/**
 * The position channel of a field on an axis with fixed ends.
 *
 * @param nice lets the ends of a linear axis move out to round numbers.
 */
export function axisChannel(
  field: string,
  axis: Axis,
  domain: readonly [number, number],
  { nice = false, grid = true }: { readonly nice?: boolean; readonly grid?: boolean } = {},
): PositionFieldDef<string> {
  const ticks = axis.scale === 'log' ? (decadeTicks(domain) ?? { format: '~g' }) : { format: linearFormat(domain) }
  const linear = { type: 'linear' as const, nice, zero: false }
  const scale = axis.scale === 'log' ? { type: 'log' as const, nice: false } : linear
  return {
    field,
    type: 'quantitative',
    title: axisTitle(axis),
    scale: { ...scale, domain: [...domain] },
    axis: { grid, tickCount: MOST_TICKS, ...ticks },
  }
}
