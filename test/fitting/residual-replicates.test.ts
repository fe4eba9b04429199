import { normalQuantiles, residualReplicates } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'

const times = Array.from({ length: 40 }, (_, k) => k + 1)

function fitted(error: 'log' | 'given') {
  const observations = times.map((time) => ({ endpoint: 0, time, value: 100, ...(error === 'given' && { sd: 0.5 }) }))
  return {
    problem: {
      endpoints: [
        error === 'log'
          ? ({ quantity: 'C', scale: 'log', error: { kind: 'additive', a: 'C.sd' } } as const)
          : ({ quantity: 'C', scale: 'log', error: { kind: 'given' } } as const),
      ],
      errorParameters: {},
      subjects: [{ id: 'a', observations }],
    },
    result: {
      estimates:
        error === 'log'
          ? [
              {
                ...{ name: 'C.sd', estimate: 0.3, start: 1, standardError: 0, relativeStandardError: 0 },
                ...{ lower95: 0, upper95: 1, atBound: null },
              },
            ]
          : [],
      tied: [],
      residualVariance: error === 'log' ? 1 : 4,
      predictions: times.map((time) => ({
        ...{ subject: 'a', quantity: 'C', time, observed: 100, predicted: 100 },
        ...{ weightedResidual: 0, censored: null },
      })),
    },
  }
}

describe('residual replicates', () => {
  it.each([
    ['log', 0.3],
    ['given', 2 * 0.5],
  ] as const)('have the spread of their error: %s', (error, sd) => {
    const drawn = residualReplicates(fitted(error), { seed: 7, count: 250 })
    const logs = Array.from(drawn, (value) => Math.log(value / 100) / sd)
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
    const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1)
    // 10,000 deviates: four standard errors
    expect(Math.abs(mean)).toBeLessThan(0.04)
    expect(Math.abs(variance - 1)).toBeLessThan(0.06)
    const worst = Math.max(
      ...normalQuantiles(logs)
        .slice(50, -50)
        .map((row) => Math.abs(row.residual - row.expected)),
    )
    expect(worst).toBeLessThan(0.15)
  })

  it('made in parts are those made at once', () => {
    const fit = fitted('log')
    const whole = residualReplicates(fit, { seed: 3, count: 6 })
    const parts = [0, 2, 4].flatMap((from) => [...residualReplicates(fit, { seed: 3, from, count: 2 })])
    expect(parts).toEqual([...whole])
  })

  it('are NaN where there is no prediction, and refuse predictions of other observations', () => {
    const fit = fitted('log')
    const [first, ...others] = fit.result.predictions
    const broken = { ...first!, predicted: Number.NaN }
    const result = { ...fit.result, predictions: [broken, ...others] }
    expect(residualReplicates({ ...fit, result }, { seed: 1, count: 1 })[0]).toBeNaN()
    expect(() =>
      residualReplicates({ ...fit, result: { ...result, predictions: others } }, { seed: 1, count: 1 }),
    ).toThrow(RangeError)
  })
})
