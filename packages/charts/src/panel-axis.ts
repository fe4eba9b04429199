import type { PositionFieldDef } from 'vega-lite/types_unstable/channeldef.js'
import { axisChannel } from './axis-channel.ts'
import { formatValue } from './format-value.ts'
import type { Axis } from './rows.ts'

/** Ends over which a logarithmic axis has ticks at powers of ten alone. */
const MANY = 200
const MOST = 4

/** The ends of a logarithmic axis that fits its values closely, with a margin. */
export function closeLogDomain(values: readonly number[]): readonly [number, number] {
  const [lo, hi] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity])
  if (!(lo > 0 && hi < Infinity)) return [1, 10]
  const margin = Math.max(1.02, (hi / lo) ** 0.05)
  return [Math.max(Number.MIN_VALUE, lo / margin), Math.min(Number.MAX_VALUE, hi * margin)]
}

/** The horizontal channel of a small panel: untitled, with few ticks; on a short logarithmic axis at round numbers. */
export function panelAxis(field: string, { scale }: Axis, domain: readonly [number, number]): PositionFieldDef<string> {
  const channel = axisChannel(field, { title: '', unit: '', scale }, domain, { grid: false })
  const overlap = 'greedy' as const
  const untitled = { ...channel, title: null }
  if (scale === 'linear') return { ...untitled, axis: { ...channel.axis, tickCount: MOST, labelOverlap: overlap } }
  if (domain[1] / domain[0] > MANY) return { ...untitled, axis: { ...channel.axis, labelOverlap: overlap } }
  const values = roundNumbers(domain)
  const labels = values.map((value) => formatValue(value, 4))
  const labelExpr = `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]`
  return { ...untitled, axis: { grid: false, values: [...values], labelExpr, labelOverlap: overlap } }
}

/** 1, 2 and 5 times powers of ten, or where fewer than two of these lie within the ends, steps of equal length. */
function roundNumbers([lo, hi]: readonly [number, number]): readonly number[] {
  const found: number[] = []
  for (let exponent = Math.floor(Math.log10(lo)); exponent <= Math.log10(hi); exponent++)
    for (const digit of [1, 2, 5]) {
      const value = Number(`${digit}e${exponent}`)
      if (value >= lo && value <= hi) found.push(value)
    }
  if (found.length >= 3) return found
  const exponent = Math.floor(Math.log10((hi - lo) / MOST))
  const digit = [1, 2, 5, 10].find((one) => (hi - lo) / (one * 10 ** exponent) <= MOST) ?? 10
  const step = digit * 10 ** exponent
  const first = Math.ceil(lo / step)
  const steps = Array.from({ length: Math.max(0, Math.floor(hi / step) - first + 1) }, (_, k) => first + k)
  return steps.map((place) => Number((place * step).toPrecision(12)))
}
