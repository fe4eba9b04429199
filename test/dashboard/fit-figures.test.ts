import type { FitPrediction } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Figure {
  readonly id: string
  readonly caption: string
  readonly x: { readonly scale: string; readonly domain: { readonly low: number; readonly high: number } }
  readonly y: Figure['x']
  readonly points: readonly {
    readonly x: number
    readonly y: number
    readonly subject: string
    readonly text: string
  }[]
  readonly boxes: readonly object[]
  readonly lines: readonly { readonly points: readonly object[] }[]
  readonly rules: readonly { readonly x: number; readonly y: number; readonly x2: number; readonly y2: number }[]
  readonly table: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
}

const words = {
  number: (value: number) => String(Number(value.toPrecision(3))),
  time: (time: number) => `day ${time}`,
  timeTitle: 'Time (day)',
  quantity: (name: string) => name,
}
const {
  residualFigures,
}: { residualFigures(rows: readonly FitPrediction[], quantity: string, words: object): readonly Figure[] } =
  await loadDashboard('plot/residual-figures.ts')
const { checkFigure }: { checkFigure(check: object, drawn: object, words: object): Figure } =
  await loadDashboard('plot/check-figure.ts')
const {
  axisTicks,
  figureDomain,
}: {
  axisTicks(
    axis: object,
    most: number,
  ): { readonly ticks: readonly number[]; readonly labels: Readonly<Record<string, string>> }
  figureDomain(scale: string, values: readonly number[]): { readonly low: number; readonly high: number }
} = await loadDashboard('plot/diagnostic-figure.ts')

const predictions: readonly FitPrediction[] = [
  { subject: 'B', quantity: 'C', time: 9, observed: 12, predicted: 10, weightedResidual: 2.5, censored: null },
  { subject: 'A', quantity: 'C', time: 1, observed: 90, predicted: 100, weightedResidual: -0.5, censored: null },
  { subject: 'A', quantity: 'C', time: 4, observed: 1, predicted: 0.5, weightedResidual: Number.NaN, censored: 'left' },
  { subject: 'A', quantity: 'D', time: 4, observed: 1, predicted: 1, weightedResidual: 0, censored: null },
]

describe('figures of residuals', () => {
  const figures = residualFigures(predictions, 'C', words)

  it('have every quantified observation of the quantity, from left to right', () => {
    expect(figures.map(({ id }) => id)).toEqual([
      'residuals-time',
      'residuals-prediction',
      'quantiles',
      'observed-predicted',
    ])
    for (const { points, table } of figures) {
      expect(points).toHaveLength(2)
      expect(table.rows).toHaveLength(2)
      expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).sort((a, b) => a - b))
    }
    expect(figures[0]?.points.map(({ x, y, subject }) => [x, y, subject])).toEqual([
      [1, -0.5, 'A'],
      [9, 2.5, 'B'],
    ])
    expect(figures[1]?.points.map(({ x }) => x)).toEqual([10, 100])
    expect(figures[3]?.points.map(({ x, y }) => [x, y])).toEqual([
      [10, 12],
      [100, 90],
    ])
  })

  it('say what is not shown and what is far off', () => {
    expect(figures[0]?.caption).toBe('2 observations, 1 beyond quantification not shown; 1 beyond ±1.96.')
    expect(figures[0]?.points[1]?.text).toBe('B, day 9: observed 12, predicted 10, weighted residual 2.5')
  })

  it('hold their points and lines, the identity on equal axes', () => {
    for (const { points, x, y } of figures)
      for (const point of points) {
        expect(point.x >= x.domain.low && point.x <= x.domain.high).toBe(true)
        expect(point.y >= y.domain.low && point.y <= y.domain.high).toBe(true)
      }
    const identity = figures[3]
    expect(identity?.x.domain).toEqual(identity?.y.domain)
    expect(identity?.rules).toMatchObject([{ x: identity?.x.domain.low, y: identity?.x.domain.low }])
  })

  it('of values that are not all positive are on linear axes', () => {
    const [first, ...others] = predictions
    const negative = residualFigures([{ ...first!, observed: -1 }, ...others], 'C', words)
    expect(negative[3]?.x.scale).toBe('linear')
  })
})

describe('the figure of a predictive check', () => {
  const percentile = (level: number, observed: number, lower: number, upper: number) => ({
    ...{ level, observed, lower, median: (lower + upper) / 2, upper },
  })
  const check = {
    quantity: 'C',
    lloq: 5,
    count: 30,
    observations: [{ time: 2, value: 40, subject: 'A' }],
    bins: [
      {
        ...{ from: 0, to: 4, time: 2, count: 30 },
        below: percentile(0, 0.1, 0, 0.2),
        percentiles: [
          percentile(0.05, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 6),
          percentile(0.5, 20, 10, 30),
          percentile(0.95, 90, 50, 80),
        ],
      },
    ],
  }
  const figure = checkFigure(check, { replicates: 200, seed: 7 }, words)

  it('states n, replicates, seed and how many percentiles are within', () => {
    expect(figure.caption).toContain('n = 30 observations, 200 replicates, seed 7.')
    expect(figure.caption).toContain('2 of 3 within')
  })

  it('draws intervals down to the axis where they end below quantification, and no line there', () => {
    expect(figure.boxes).toHaveLength(3)
    expect(figure.boxes[0]).toMatchObject({ y: figure.y.domain.low, y2: 6 })
    expect(figure.lines.map(({ points }) => points.length)).toEqual([0, 1, 1])
    expect(figure.table.rows[0]).toEqual(['0–4', '30', '5th', 'below LLOQ', 'below LLOQ–6'])
  })
})

describe('axes of figures', () => {
  it('hold their values and have round ticks within', () => {
    for (const [scale, values] of [
      ['linear', [3, 17]],
      ['linear', [0, 0]],
      ['linear', [-2, 5]],
      ['log', [0.03, 5000]],
      ['log', [20, 30]],
      ['log', [0, -1]],
    ] as const) {
      const domain = figureDomain(scale, values)
      expect(domain.high).toBeGreaterThan(domain.low)
      for (const value of values)
        if (scale === 'linear' || value > 0) expect(value >= domain.low && value <= domain.high).toBe(true)
      const { ticks, labels } = axisTicks({ title: '', scale, domain }, 5)
      expect(ticks.length).toBeGreaterThanOrEqual(1)
      for (const tick of ticks) {
        expect(tick >= domain.low * (1 - 1e-9) || tick >= domain.low).toBe(true)
        expect(labels[String(tick)]).toBeDefined()
      }
    }
  })
})
