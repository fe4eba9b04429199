import { type BelowRules, type Concentration, nca } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

const below = (time: number): Concentration => ({ time, value: 2, censored: 'left' })
const rows: readonly Concentration[] = [
  below(0),
  below(1),
  { time: 2, value: 10 },
  { time: 3, value: 20 },
  below(4),
  { time: 5, value: 10 },
  { time: 6, value: 5 },
  below(7),
  below(8),
]
const analysis = (rules: BelowRules | undefined, series = rows, lloq?: number) =>
  nca(
    series,
    { amount: 1, route: 'extravascular' },
    {
      method: 'linear',
      ...(rules ? { below: rules } : {}),
      ...(lloq === undefined ? {} : { lloq }),
    },
  )
const shown = (rules: BelowRules | undefined) => analysis(rules).points.map(({ time, value }) => [time, value])
const quantified = [
  [2, 10],
  [3, 20],
  [5, 10],
  [6, 5],
]

describe('values below quantification', () => {
  it('are 0 before, left out between, 0 after the quantifiable ones, unless said otherwise', () => {
    expect(shown(undefined)).toEqual([[0, 0], [1, 0], ...quantified, [7, 0], [8, 0]])
  })

  it.each<[BelowRules, readonly (readonly number[])[]]>([
    [{ before: 'drop', after: 'drop' }, [[0, 0], ...quantified]],
    [{ before: 'lloq/2' }, [[0, 1], [1, 1], ...quantified, [7, 0], [8, 0]]],
    [
      { between: 'zero', after: 'drop' },
      [
        [0, 0],
        [1, 0],
        [2, 10],
        [3, 20],
        [4, 0],
        [5, 10],
        [6, 5],
      ],
    ],
    [{ after: 'lloq/2' }, [[0, 0], [1, 0], ...quantified, [7, 1], [8, 1]]],
    [
      { between: 'missing', after: 'drop' },
      [
        [0, 0],
        [1, 0],
        [2, 10],
        [3, 20],
        [4, Number.NaN],
        [5, 10],
        [6, 5],
      ],
    ],
  ])('%j', (rules, points) => expect(shown(rules)).toEqual(points))

  it('never are Cmax, Tlast or a point of the terminal line', () => {
    for (const rule of ['drop', 'missing', 'zero', 'lloq/2'] as const) {
      const { figures, terminal } = analysis({ before: rule, between: rule, after: rule })
      expect([figures.Cmax.value, figures.Tmax.value, figures.Tlast.value, figures.Clast.value]).toEqual([20, 3, 6, 5])
      expect(terminal.found).toBe(false)
    }
  })

  it('after the last count in AUCall, not in AUClast', () => {
    const zero = analysis({ after: 'zero' }).figures
    expect(zero.AUCall.value - zero.AUClast.value).toBe(2.5)
    const half = analysis({ after: 'lloq/2' }).figures
    expect(half.AUCall.value - half.AUClast.value).toBe(3 + 1)
    expect(half.AUClast.value).toBe(zero.AUClast.value)
  })

  it('between: a 0 takes area away, a value left out does not', () => {
    expect(analysis({ between: 'drop' }).figures.AUClast.value).toBe(5 + 15 + 30 + 7.5)
    expect(analysis({ between: 'missing' }).figures.AUClast.value).toBe(5 + 15 + 30 + 7.5)
    expect(analysis({ between: 'zero' }).figures.AUClast.value).toBe(5 + 15 + 10 + 5 + 7.5)
    expect(analysis({ between: 'lloq/2' }).figures.AUClast.value).toBe(5 + 15 + 10.5 + 5.5 + 7.5)
  })

  it('are 0 and less, too, and what lies below a limit that is given', () => {
    const zeros = rows.map((row) => (row.censored ? { time: row.time, value: row.time > 6 ? -0.5 : 0 } : row))
    expect(analysis(undefined, zeros).points).toEqual(analysis(undefined).points)
    const small = rows.map((row) => (row.censored ? { time: row.time, value: 1.9 } : row))
    expect(analysis(undefined, small, 2).points).toEqual(analysis(undefined).points)
    expect(analysis(undefined, small).figures.Tlast.value).toBe(8)
  })

  it('need their limit for half of it', () => {
    const zeros = [
      { time: 0, value: 0 },
      { time: 1, value: 5 },
    ]
    expect(() => analysis({ before: 'lloq/2' }, zeros)).toThrow('half the limit, which is not known; give it (lloq)')
    expect(analysis({ before: 'lloq/2' }, zeros, 3).points[0]?.value).toBe(1.5)
  })
})
