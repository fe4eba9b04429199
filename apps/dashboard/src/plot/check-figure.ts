import type { CheckedPercentile } from '@cartkin/fitting'
import type { QuantityCheck } from '../state/fit-check.ts'
import { type DiagnosticFigure, figureDomain } from './diagnostic-figure.ts'
import type { FigureWords } from './residual-figures.ts'

/** A visual predictive check: intervals of simulated percentiles as boxes, observed percentiles as lines. */
export function checkFigure(
  { quantity, bins, observations, lloq, count }: QuantityCheck,
  { replicates, seed }: { readonly replicates: number; readonly seed: number },
  words: FigureWords,
): DiagnosticFigure {
  const levels = [...new Set(bins.flatMap(({ percentiles }) => percentiles.map(({ level }) => level)))]
  const middle = levels[Math.floor(levels.length / 2)]
  const scale = observations.length > 0 && observations.every(({ value }) => value > 0) ? 'log' : 'linear'
  const ends = bins.flatMap(({ percentiles }) =>
    percentiles.flatMap(({ lower, upper, observed }) => [lower, upper, observed]),
  )
  const low = Math.min(...bins.map(({ from }) => from))
  const high = Math.max(...bins.map(({ to }) => to))
  const y = figureDomain(scale, [...ends, ...observations.map(({ value }) => value), ...(lloq === null ? [] : [lloq])])
  const floor = (value: number): number => (Number.isFinite(value) ? value : y.low)
  const drawn = bins.flatMap((bin) =>
    bin.percentiles
      .filter(({ upper }) => !Number.isNaN(upper) && upper !== Number.NEGATIVE_INFINITY)
      .map((percentile) => ({ bin, percentile })),
  )
  const checked = bins.flatMap(({ percentiles }) => percentiles.filter(({ lower }) => !Number.isNaN(lower)))
  const inside = checked.filter(({ observed, lower, upper }) => observed >= lower && observed <= upper).length
  const what = levels.length > 1 ? '5th, 50th and 95th percentiles' : 'medians'
  const limit = lloq === null ? '' : ` Values below the limit ${words.number(lloq)} count as the lowest.`
  return {
    id: `check-${quantity}`,
    title: `Predictive check of ${quantity}`,
    caption: `n = ${count} observations, ${replicates} replicates, seed ${seed}. Boxes: 90 % intervals of the simulated ${what} in ${bins.length} bins; lines: observed, ${inside} of ${checked.length} within. Residual errors are drawn, differences between subjects are not.${limit}`,
    x: { title: words.timeTitle, scale: 'linear', domain: figureDomain('linear', [low, high]) },
    y: { title: words.quantity(quantity), scale, domain: y },
    points: observations
      .map(({ time, value, subject }) => ({
        x: time,
        y: value,
        subject,
        text: `${subject}, ${words.time(time)}: observed ${words.number(value)}`,
      }))
      .toSorted((a, b) => a.x - b.x),
    lines: levels.map((level) => ({
      series: String(level),
      tone: level === middle ? 'middle' : 'outer',
      dashed: level !== middle,
      points: bins.flatMap(({ time, percentiles }) => {
        const own = percentiles.find((one) => one.level === level)
        return own && Number.isFinite(own.observed) ? [{ x: time, y: own.observed }] : []
      }),
    })),
    boxes: drawn.map(({ bin, percentile }) => ({
      x: bin.from,
      x2: bin.to,
      y: floor(percentile.lower),
      y2: percentile.upper,
      tone: percentile.level === middle ? 'middle' : 'outer',
    })),
    rules: lloq === null ? [] : [{ x: low, x2: high, y: lloq, y2: lloq, dashed: true }],
    table: {
      header: [words.timeTitle, 'Observations', 'Percentile', 'Observed', 'Simulated, 90 % interval'],
      rows: bins.flatMap(({ from, to, count: members, percentiles }) =>
        percentiles.map((one) => [
          `${words.number(from)}–${words.number(to)}`,
          String(members),
          `${Math.round(100 * one.level)}th`,
          limited(one.observed, words),
          intervalText(one, words),
        ]),
      ),
    },
  }
}

function intervalText({ lower, upper }: CheckedPercentile, words: FigureWords): string {
  return `${limited(lower, words)}–${limited(upper, words)}`
}

function limited(value: number, words: FigureWords): string {
  return value === Number.NEGATIVE_INFINITY ? 'below LLOQ' : words.number(value)
}
