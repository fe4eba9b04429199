import {
  type Axis,
  bandChart,
  courseChart,
  distributionChart,
  formatValue,
  observedPredictedChart,
  positiveOnly,
  residualChart,
  seriesStyle,
  type TopLevelSpec,
  targetChart,
} from '@cartkin/charts'
import { compileChart } from '@cartkin/reports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const axis = (scale: 'linear' | 'log'): Axis => ({ title: 'x', unit: '', scale })
const any = fc.double()
const rows = fc.array(fc.record({ time: any, value: any, series: fc.constantFrom('a', 'b') }), { maxLength: 12 })
const scales = fc.constantFrom('linear', 'log')

/** Ends of the scales of a chart that are written out. */
function domains(spec: TopLevelSpec): readonly (readonly unknown[])[] {
  const { vega, warnings } = compileChart(spec)
  expect(warnings).toEqual([])
  return (vega.scales ?? []).flatMap((scale) =>
    (scale.name === 'x' || scale.name === 'y') && 'domain' in scale && Array.isArray(scale.domain)
      ? [[scale.type, ...scale.domain]]
      : [],
  )
}

function expectUsable(spec: TopLevelSpec, count: number): void {
  const found = domains(spec)
  expect(found.length).toBe(count)
  for (const [type, lo, hi] of found) {
    expect(lo).toSatisfy(Number.isFinite)
    expect(hi).toSatisfy(Number.isFinite)
    expect(lo).toBeLessThan(hi as number)
    if (type === 'log') expect(lo).toBeGreaterThan(0)
  }
}

/** Values in all bins of a distribution. */
function counted(spec: TopLevelSpec): number {
  return [...JSON.stringify(spec).matchAll(/"count":(\d+)/g)].reduce((sum, match) => sum + Number(match[1]), 0)
}

describe('axes have finite ends in order, whatever is drawn', () => {
  it('in courses', () => {
    fc.assert(
      fc.property(rows, scales, (course, scale) => {
        const kept = scale === 'log' ? positiveOnly(course).kept : course
        expectUsable(courseChart({ x: axis('linear'), y: axis(scale), course: kept }), 2)
      }),
      { numRuns: 50 },
    )
  })

  it('in bands', () => {
    const band = fc.record({ time: any, p5: any, p25: any, p50: any, p75: any, p95: any })
    fc.assert(
      fc.property(fc.array(band, { maxLength: 8 }), scales, (bands, scale) => {
        const kept = scale === 'log' ? positiveOnly(bands, ({ p50 }) => p50).kept : bands
        expectUsable(bandChart({ x: axis('linear'), y: axis(scale), bands: kept, subjects: 3 }), 2)
      }),
      { numRuns: 50 },
    )
  })

  it('in charts of a fit', () => {
    const row = fc.record({
      time: any,
      observed: any,
      predicted: any,
      residual: any,
      series: fc.constant('a'),
      subject: fc.constant('1'),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), scales, (all, scale) => {
        const kept = all.filter(({ observed, predicted }) => scale === 'linear' || (observed > 0 && predicted > 0))
        expectUsable(observedPredictedChart({ rows: kept, quantity: axis(scale) }), 2)
        expectUsable(residualChart({ rows: kept, over: 'predicted', x: axis(scale) }), 2)
        expectUsable(residualChart({ rows: kept, over: 'time', x: axis('linear') }), 2)
      }),
      { numRuns: 50 },
    )
  })

  it('in distributions, which count each value once', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), scales, (values, scale) => {
        const kept = scale === 'log' ? values.filter((value) => !(value <= 0)) : values
        const spec = distributionChart({ x: axis(scale), values: kept })
        expectUsable(spec, 2)
        const small = kept.filter((value) => Number.isFinite(value) && Math.abs(value) < Number.MAX_VALUE / 8)
        expect(counted(spec)).toBeGreaterThanOrEqual(small.length)
      }),
      { numRuns: 50 },
    )
  })

  it.each([[[0, 5e-324]], [[-5e-324, 5e-324]], [[1, 1 + Number.EPSILON]], [[1e300, 1e300 * (1 + Number.EPSILON)]]])(
    'in a distribution of %j, which no bins can part',
    (values) => {
      const spec = distributionChart({ x: axis('linear'), values })
      expectUsable(spec, 2)
      expect(counted(spec)).toBe(2)
    },
  )

  it('in target charts, with marks inside', () => {
    const row = fc.record({
      id: fc.string(),
      label: fc.string(),
      unit: fc.string(),
      lo: any,
      hi: any,
      ours: any,
      pass: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (targets) => {
        const spec = targetChart({ rows: targets })
        expect(compileChart(spec).warnings).toEqual([])
        for (const match of JSON.stringify(spec).matchAll(/"at":([^,]+),/g))
          expect(Math.abs(Number(match[1]))).toBeLessThanOrEqual(2.5)
      }),
      { numRuns: 50 },
    )
  })
})

describe('seriesStyle', () => {
  it('gives no two series the same colour and dash', () => {
    const names = Array.from({ length: 25 }, (_, i) => `s${i}`)
    const { colours, dashes } = seriesStyle([...names, ...names])
    expect(new Set(colours.map((colour, i) => `${colour} ${dashes[i]}`)).size).toBe(25)
    expect(new Set(colours.slice(0, 5)).size).toBe(5)
    expect(new Set(dashes.slice(0, 5).map(String)).size).toBe(5)
    expect(() => seriesStyle([...names, 'one more'])).toThrow('25 series apart, got 26')
  })
})

describe('positiveOnly', () => {
  it('keeps what stands on a logarithmic axis, in order, and counts the rest', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { kept, dropped } = positiveOnly(all)
        expect(kept).toEqual(all.filter(({ value }) => value > 0))
        expect(kept.length + dropped).toBe(all.length)
      }),
    )
  })
})

describe('formatValue', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [-2.5, '−2.5'],
    [171774.5, '172,000'],
    [0.001234, '0.00123'],
    [0.0001234, '1.23 × 10⁻⁴'],
    [1e6, '10⁶'],
    [-3.2e8, '−3.2 × 10⁸'],
    [999999, '10⁶'],
    [99.96, '100'],
    [1234, '1,230'],
    [Number.NaN, 'not available'],
    [Infinity, '∞'],
  ])('%d is %s', (value, text) => expect(formatValue(value)).toBe(text))

  it('is within half a unit of the last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 999999, noNaN: true }), (value) => {
        const shown = formatValue(value)
        const read = shown.startsWith('10⁶') ? 1e6 : Number(shown.replaceAll(',', ''))
        expect(Math.abs(read - value)).toBeLessThanOrEqual(0.00501 * value)
      }),
    )
  })
})
