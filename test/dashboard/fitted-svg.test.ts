import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

const { fittedSvg } = await loadDashboard('plot/fitted-svg.ts')
const { plotFrame } = await loadDashboard('plot/plot-frame.ts')

const frame = plotFrame(466, 344, {
  period: { low: 0, high: 10 },
  timeUnit: 'day',
  values: { low: 0, high: 100 },
  scale: 'linear',
})
const fitted = {
  times: Float64Array.of(0, 5, 10),
  values: new Map([['CAR', Float64Array.of(0, 100, 50)]]),
}

describe('a saved panel', () => {
  it('has the curve of the fit where the page has it, within the axes', () => {
    const svg = fittedSvg('<svg width="466"><g/></svg>', frame, fitted, ['CAR', 'B'], '#111')
    expect(svg).toContain('<svg x="50" y="10" width="400" height="300">')
    expect(svg.match(/class="fitted" d="([^"]+)"/g)).toEqual(['class="fitted" d="M0.0 300.0L200.0 0.0L400.0 150.0"'])
    expect(svg).toContain('stroke-dasharray="5 3"')
    expect(svg.endsWith('>fit</text></svg></svg>')).toBe(true)
  })

  it('is as it was where the fit has no curve of its quantities', () => {
    expect(fittedSvg('<svg></svg>', frame, fitted, ['IL6'], '#111')).toBe('<svg></svg>')
  })
})
