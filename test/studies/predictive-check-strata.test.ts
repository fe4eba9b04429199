import { timeBins } from '@cartkin/fitting'
import type { Subject } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { strataOf } from '../../packages/studies/src/predictive-check/strata.ts'
import { subjectGroups } from '../../packages/studies/src/predictive-check/subject-groups.ts'

const row = fc.record({ subject: fc.nat({ max: 9 }), time: fc.integer({ min: 0, max: 40 }) })
const rowsOf = fc
  .array(row, { minLength: 1, maxLength: 60 })
  .map((rows) => rows.map((own, k) => ({ ...own, row: k, value: 1, below: false })))

describe('strata of a predictive check', () => {
  it('share out all observations, each to the stratum of its subject, and bins within them', () => {
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 1, max: 5 }), (rows, count) => {
        const groupOf = (subject: number) => `g${subject % 3}`
        const strata = strataOf({ rows }, groupOf, ['g2', 'g0', 'g1'], count)
        expect(strata.flatMap(({ places }) => places).toSorted((a, b) => a - b)).toEqual(rows.map((_, k) => k))
        for (const { name, places, bins } of strata) {
          expect(places.length).toBeGreaterThan(0)
          for (const place of places) expect(groupOf(rows[place]?.subject ?? -1)).toBe(name)
          expect(bins.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(places)
        }
        const order = strata.map(({ name }) => name)
        expect(order).toEqual(['g2', 'g0', 'g1'].filter((name) => order.includes(name)))
      }),
    )
  })

  it('are the check itself where there is one', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const [all, ...others] = strataOf({ rows }, () => '', [], 4)
        expect(others).toEqual([])
        const times = rows.map(({ time }) => time)
        expect(all).toEqual({ name: '', places: rows.map((_, k) => k), bins: timeBins(times, 4) })
      }),
    )
  })
})

describe('groups of subjects', () => {
  const subjects = (values: readonly number[]): readonly Subject[] =>
    values.map((value, k) => ({ id: `s${k}`, records: [], parameters: Number.isNaN(value) ? {} : { G: value } }))
  const groups = (values: readonly number[], texts?: readonly string[]) => [
    ...subjectGroups(subjects(values), ['WT', 'G'], 'g', texts, 'd.csv'),
  ]

  it('are texts, numbers that ascend, and halves of many numbers', () => {
    expect(groups([2, 1, 2], ['CR', 'NR'])).toEqual([
      ['s0', 'NR'],
      ['s1', 'CR'],
      ['s2', 'NR'],
    ])
    expect(groups([10, Number.NaN, 2])).toEqual([
      ['s2', 'G 2'],
      ['s0', 'G 10'],
      ['s1', 'no G'],
    ])
    const halves = new Map(groups([9, 8, 7, 6, 5, 4, 3, 2, 1, 10]))
    expect([...new Set(halves.values())]).toEqual(['G up to 5.5', 'G above 5.5'])
    expect([...halves.values()].filter((name) => name === 'G above 5.5')).toHaveLength(5)
    expect(new Set(groups([1, 2, 3, 4, 5, 6, 7, 8]).map(([, name]) => name)).size).toBe(8)
  })

  it('say what is wrong with a column', () => {
    expect(() => subjectGroups([], [], 'ARM', undefined, 'd.csv')).toThrow('no column ARM to stratify by')
    const changing: Subject = {
      id: '7',
      records: [],
      parameters: { G: 1 },
      covariates: [{ name: 'G', interpolation: 'locf', times: [0, 1], values: [1, 2] }],
    }
    expect(() => subjectGroups([changing], ['G'], 'G', undefined, 'd.csv')).toThrow('G changes within subject 7')
  })
})
