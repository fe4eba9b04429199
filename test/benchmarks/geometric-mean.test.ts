import { describe, expect, it } from 'vitest'
import { geometricMeans } from '../../benchmarks/geometric-mean.ts'
import type { Row } from '../../benchmarks/row.ts'

const row = (problem: string, target: number, ratio: number): Row => ({
  ...{
    question: 'stiff',
    problem,
    method: 'rodas5p',
    rival: 'cvode',
    target,
    ratio,
    ours: 1,
    theirs: ratio,
    unit: 'µs',
  },
  ...{ achievedError: target, rivalError: target, state: 'measured' },
  ...{ auto: ratio / 2, reach: null, aim: null, bar: null },
})

describe('geometricMeans', () => {
  it('multiplies the ratios of each target', () => {
    const rows = [row('A', 1e-3, 2), row('B', 1e-3, 8), row('A', 1e-6, 3), row('B', 1e-6, 3), row('C', 1e-6, 100)]
    const means = geometricMeans(rows, ['A', 'B'], 'cvode')
    expect(means.map(({ target }) => target)).toEqual([1e-3, 1e-6])
    expect(means[0]?.ratio).toBeCloseTo(4, 12)
    expect(means[1]?.ratio).toBeCloseTo(3, 12)
    expect(means[0]?.auto).toBeCloseTo(2, 12)
  })

  it('is silent where a ratio is missing', () => {
    const missing: Row = { ...row('B', 1e-6, Number.NaN), state: 'absent' }
    expect(geometricMeans([row('A', 1e-6, 3), missing], ['A', 'B'], 'cvode')).toEqual([])
  })
})
