export interface ValueRange {
  readonly low: number
  readonly high: number
}

/** Decades below the largest value that a log axis shows when the data do not ask for more. */
const defaultDecades = 5

/**
 * Domain of a value axis that holds `values` with some air: whole decades on a log axis, a round end and zero where it is
 * near on a linear one. Values that the axis cannot show are left out.
 */
export function axisDomain(scale: 'linear' | 'log', values: Iterable<number>, pinned: Iterable<number>): ValueRange {
  return scale === 'log' ? logDomain(values, pinned) : linearDomain([...values, ...pinned])
}

function logDomain(values: Iterable<number>, pinned: Iterable<number>): ValueRange {
  let low = Infinity
  let high = 0
  for (const value of values) {
    if (!(value > 0 && Number.isFinite(value))) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  low = Math.max(low, high / 10 ** defaultDecades)
  // Room above the curve, so that a slider can raise it before it leaves the view.
  high *= 2
  for (const value of pinned) {
    if (!(value > 0)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (!(high > 0)) return { low: 0.1, high: 10 }
  const bottom = 10 ** Math.floor(Math.log10(low) + 1e-9)
  const top = 10 ** Math.ceil(Math.log10(high) - 1e-9)
  return { low: bottom, high: Math.max(top, bottom * 100) }
}

function linearDomain(values: readonly number[]): ValueRange {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return { low: 0, high: 1 }
  const smallest = finite.reduce((a, b) => Math.min(a, b))
  const largest = finite.reduce((a, b) => Math.max(a, b))
  const low = smallest >= 0 && smallest < 0.6 * largest ? 0 : smallest - 0.1 * (largest - smallest)
  // where all is zero, an axis to 1
  const span = Math.max(largest - low, Math.abs(largest) * 1e-3) || 1
  const step = roundStep((span * 1.15) / 5)
  return { low: Math.floor(low / step) * step, high: Math.ceil((low + span * 1.15) / step) * step }
}

/** Domains of a ratio that is never far from 1. */
const narrowRatios = [1.1, 1.25, 2, 5, 10]

/** Log domain of ratios, with 1 in it; symmetrical about it while they are within a factor of ten. */
export function ratioDomain(values: Iterable<number>): ValueRange {
  const all = [...values].filter((value) => value > 0 && Number.isFinite(value))
  const largest = all.reduce((most, value) => Math.max(most, value, 1 / value), 1)
  const within = narrowRatios.find((factor) => largest <= factor)
  return within === undefined ? logDomain(all, [1]) : { low: 1 / within, high: within }
}

/** The nearest 1, 2 or 5 times a power of ten above. */
export function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10
  return factor * power
}
