import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Curves {
  readonly times: Float64Array
  readonly values: ReadonlyMap<string, Float64Array>
}

interface Style {
  readonly name: string
  readonly colour: string
  readonly dash: readonly number[]
}

interface Range {
  readonly low: number
  readonly high: number
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly period: Range
  readonly timeUnit: string
  readonly values: Range
  readonly scale: 'linear' | 'log'
}

interface Scales {
  x(time: number): number
  y(value: number): number
  value(y: number): number
}

const {
  differenceCurves,
}: {
  differenceCurves(curves: Curves, reference: Curves, quantities: readonly string[], kind: 'ratio' | 'delta'): Curves
} = await loadDashboard('plot/difference-curves.ts')
const {
  panelSeries,
}: {
  panelSeries(palette: object, quantities: readonly string[], active: object, others: readonly object[]): Style[]
} = await loadDashboard('plot/panel-series.ts')
const {
  endLabels,
}: {
  endLabels(
    frame: Frame,
    scales: Scales,
    curves: readonly object[],
  ): { readonly text: string; readonly x: number; readonly y: number }[]
} = await loadDashboard('plot/end-labels.ts')
const { pixelScales }: { pixelScales(frame: Frame): Scales } = await loadDashboard('plot/plot-frame.ts')
const {
  multiplesLayout,
}: {
  multiplesLayout(
    width: number,
    height: number,
    count: number,
    axes: object,
  ): {
    readonly width: number
    readonly height: number
    readonly frame: Frame
    readonly cells: readonly { readonly left: number; readonly top: number }[]
  }
} = await loadDashboard('plot/multiples-layout.ts')
const { ratioDomain }: { ratioDomain(values: Iterable<number>): Range } = await loadDashboard('plot/axis-domain.ts')
const { curvePath }: { curvePath(curves: Curves, quantity: string, frame: Frame, scales: Scales): string } =
  await loadDashboard('plot/curve-path.ts')
const {
  panelSignals,
}: {
  panelSignals(frame: Frame, series: readonly Style[], palette: object): { readonly valueTicks: readonly number[] }
} = await loadDashboard('plot/panel-signals.ts')

const palette = { series: ['a', 'b', 'c', 'd', 'e'], reference: 'grey', ink: 'ink', muted: 'muted' }
const frame = (scale: 'linear' | 'log', values: Range): Frame => ({
  ...{ width: 300, height: 200, period: { low: 0, high: 10 }, timeUnit: 'day', values, scale },
})
const curves = (times: readonly number[], ...values: readonly number[]): Curves => ({
  times: Float64Array.from(times),
  values: new Map([['x', Float64Array.from(values)]]),
})

describe('a difference', () => {
  const numbers = fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { minLength: 1, maxLength: 20 })

  it('of the reference to itself is exactly 1 or 0, whatever its values', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const own = curves(
          values.map((_, k) => k),
          ...values,
        )
        for (const [kind, exactly] of [
          ['ratio', 1],
          ['delta', 0],
        ] as const)
          expect(
            differenceCurves(own, own, ['x'], kind)
              .values.get('x')
              ?.every((value) => value === exactly),
          ).toBe(true)
      }),
    )
  })

  it('is taken at the same time of the reference, between its points where it has others', () => {
    const reference = curves([0, 2, 4], 1, 3, 5)
    const shown = curves([0, 1, 4, 6], 2, 4, 10, 7)
    expect([...(differenceCurves(shown, reference, ['x'], 'ratio').values.get('x') ?? [])]).toEqual([
      2,
      2,
      2,
      Number.NaN,
    ])
    expect([...(differenceCurves(shown, reference, ['x'], 'delta').values.get('x') ?? [])]).toEqual([
      1,
      2,
      5,
      Number.NaN,
    ])
  })

  it('is no number where a ratio has nothing to divide by, or the reference lacks the quantity', () => {
    const zero = curves([0, 1], 0, 2)
    expect([...(differenceCurves(curves([0, 1], 3, 3), zero, ['x'], 'ratio').values.get('x') ?? [])]).toEqual([
      Number.NaN,
      1.5,
    ])
    const none: Curves = { times: zero.times, values: new Map() }
    expect([...(differenceCurves(zero, none, ['x'], 'delta').values.get('x') ?? [])]).toEqual([Number.NaN, Number.NaN])
  })

  it('has an axis with 1 in it, symmetrical while ratios are within a factor of ten', () => {
    expect(ratioDomain([1, 1, Number.NaN])).toEqual({ low: 1 / 1.1, high: 1.1 })
    expect(ratioDomain([0.6, 1.2])).toEqual({ low: 0.5, high: 2 })
    const wide = ratioDomain([1e-3, 2])
    expect(wide.low).toBeLessThanOrEqual(1e-3)
    expect(wide.high).toBeGreaterThanOrEqual(2)
  })
})

describe('the series of a panel', () => {
  const others = [0, 2, 3, 4].map((look) => ({ id: `s${look}`, look }))
  const curvesOf = (series: readonly Style[]) =>
    series.filter(({ name }) => !name.startsWith('observed') && name !== 'reference')

  it('differ in colour and dash by scenario where there is one quantity, whichever of the five is active', () => {
    for (let active = 0; active < 5; active++) {
      const beside = [0, 1, 2, 3, 4].filter((look) => look !== active).map((look) => ({ id: `s${look}`, look }))
      const drawn = curvesOf(panelSeries(palette, ['x'], { look: active }, beside))
      expect(new Set(drawn.map(({ colour }) => colour)).size).toBe(5)
      expect(new Set(drawn.map(({ dash }) => dash.join())).size).toBe(5)
      expect(drawn[0]?.dash).toEqual([])
    }
  })

  it('have the colour of the quantity and the dash of the scenario where there are several', () => {
    const drawn = curvesOf(panelSeries(palette, ['x', 'y'], { look: 1 }, others))
    const of = (quantity: string) => drawn.filter(({ name }) => name.endsWith(quantity))
    expect(new Set(of('x').map(({ colour }) => colour))).toEqual(new Set(['a']))
    expect(new Set(of('y').map(({ colour }) => colour))).toEqual(new Set(['b']))
    expect(of('x').map(({ dash }) => dash)).toEqual(of('y').map(({ dash }) => dash))
    expect(new Set(drawn.map(({ name }) => name)).size).toBe(10)
  })

  it('leave observations to no scenario where there are several', () => {
    const observed = (beside: readonly object[]) =>
      panelSeries(palette, ['x'], { look: 1 }, beside).find(({ name }) => name === 'observed/x')?.colour
    expect(observed([])).toBe('b')
    expect(observed(others)).toBe('muted')
  })
})

describe('names at the ends of curves', () => {
  const shape = frame('log', { low: 1, high: 1000 })
  const named = (name: string, ...values: readonly number[]) => ({
    ...{ name, series: name, colour: 'a', times: Float64Array.from(values, (_, k) => k) },
    values: Float64Array.from(values),
  })

  it('stand within the plot and clear of one another, however many end at one place', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 8 }), (ends) => {
        const all = ends.map((end, k) => named(`scenario ${k}`, ...Array.from({ length: 10 }, () => 10), end))
        const labels = endLabels(shape, pixelScales(shape), all)
        expect(labels.length).toBe(ends.length)
        const heights = labels.map(({ y }) => y).sort((a, b) => a - b)
        expect(
          heights.every((y, k) => y >= 0 && y <= shape.height && (k === 0 || y - heights[k - 1]! >= 14 - 1e-9)),
        ).toBe(true)
      }),
    )
  })

  it('stand where a curve leaves the view, and nowhere where it is never seen', () => {
    const scales = pixelScales(shape)
    const [label] = endLabels(shape, scales, [named('gone', 100, 100, 100, 100, 100, 50, 0.1, 0)])
    expect(label?.x).toBe(scales.x(5))
    expect(endLabels(shape, scales, [named('none', 0, 0, Number.NaN)])).toEqual([])
  })

  it('are cut where they are long', () => {
    const [label] = endLabels(shape, pixelScales(shape), [named('a name that is far too long for a plot', 10)])
    expect(label?.text.length).toBeLessThanOrEqual(20)
    expect(label?.text.endsWith('…')).toBe(true)
  })
})

describe('small plots', () => {
  it('lie within their panel, apart, and in its whole width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 1200 }),
        fc.integer({ min: 120, max: 900 }),
        fc.integer({ min: 1, max: 24 }),
        (width, height, count) => {
          const { period, timeUnit, values, scale } = frame('linear', { low: 0, high: 1 })
          const layout = multiplesLayout(width, height, count, { period, timeUnit, values, scale })
          expect(layout.cells.length).toBe(count)
          for (const [k, cell] of layout.cells.entries()) {
            expect(cell.left + layout.frame.width).toBeLessThanOrEqual(width)
            expect(cell.top + layout.frame.height).toBeLessThanOrEqual(layout.height)
            for (const other of layout.cells.slice(0, k)) {
              const isApart =
                Math.abs(other.left - cell.left) >= layout.frame.width ||
                Math.abs(other.top - cell.top) >= layout.frame.height
              expect(isApart).toBe(true)
            }
          }
        },
      ),
    )
  })

  it('have paths that are lifted where the axis cannot show a value', () => {
    const shape = frame('log', { low: 1, high: 100 })
    const path = curvePath(curves([0, 1, 2, 3, 4], 10, 10, 0, 10, 10), 'x', shape, pixelScales(shape))
    expect(path.match(/M/g)?.length).toBe(2)
    expect(curvePath(curves([0], 1), 'y', shape, pixelScales(shape))).toBe('')
  })
})

describe('ticks of a log axis', () => {
  it('are decades where these are many, and steps between them where few', () => {
    const ticks = (low: number, high: number) => panelSignals(frame('log', { low, high }), [], palette).valueTicks
    expect(ticks(1, 1e5)).toEqual([1, 10, 100, 1e3, 1e4, 1e5])
    expect(ticks(0.5, 2)).toEqual(expect.arrayContaining([0.5, 1, 2]))
    for (const tick of ticks(0.8, 1.25)) expect(tick >= 0.8 && tick <= 1.25).toBe(true)
  })
})
