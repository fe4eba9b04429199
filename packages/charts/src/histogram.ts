/** Values from `from` up to `to`; the last bin takes its end too. */
export interface HistogramBin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/**
 * Counts values in bins of equal width between two ends, on a linear or logarithmic scale; what lies outside is not counted.
 *
 * @throws RangeError unless the ends are finite, in order, and positive on a logarithmic scale.
 */
export function histogram(
  values: readonly number[],
  [lo, hi]: readonly [number, number],
  scale: 'linear' | 'log',
  bins: number,
): readonly HistogramBin[] {
  if (!(lo < hi && Number.isFinite(lo) && Number.isFinite(hi) && (scale === 'linear' || lo > 0)))
    throw new RangeError(`a ${scale} histogram needs two ends in order, got [${lo}, ${hi}]`)
  const forth = (x: number) => (scale === 'log' ? Math.log(x) : x)
  const back = (x: number) => (scale === 'log' ? Math.exp(x) : x)
  const [start, width] = [forth(lo), (forth(hi) - forth(lo)) / bins]
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    if (!(value >= lo && value <= hi)) continue
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((forth(value) - start) / width)))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const edge = (i: number) => (i === 0 ? lo : i === bins ? hi : back(start + i * width))
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }))
}
