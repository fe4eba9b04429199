import { cytokineObservations, libraryModel, parseCytokineSummary } from '@cartkin/cart-models'
import { describe, expect, it } from 'vitest'
import { dailySummary, modelOf } from './fixtures.ts'

const header = 'marker,stratum,day,n,median,q25,q75,mean'

describe('daily laboratory summaries', () => {
  it('are read whole', () => {
    const rows = parseCytokineSummary(dailySummary)
    expect(rows).toHaveLength(dailySummary.trim().split('\n').length - 1)
    expect(rows[0]).toEqual({
      marker: 'CRP',
      stratum: 'CRS0',
      day: -1,
      n: 18,
      median: 61.45,
      q25: 29.7,
      q75: 133.925,
      mean: 82.128,
    })
  })

  it('become observations of the oncology model with quartiles, source and licence', () => {
    const seen = cytokineObservations(dailySummary, { stratum: 'CRS2', markers: ['IL_6', 'Ferritin'], from: 6, to: 7 })
    expect(seen.map(({ quantity, time, value, lower, upper }) => [quantity, time, value, lower, upper])).toEqual([
      ['IL6', 6, 124, 19.075, 400],
      ['IL6', 7, 81.5, 25.875, 400],
      ['FER', 6, 1390, 684, 3254.5],
      ['FER', 7, 1537, 770, 3611],
    ])
    const shown = modelOf('oncology-qsp')
    const names = [...shown.states, ...shown.outputs].map(({ name }) => name)
    for (const { quantity, licence, source, trust } of seen) {
      expect(names).toContain(quantity)
      expect(licence).toBe('CC BY-NC 4.0')
      expect(source).toContain('Amidi')
      expect(trust).toBe('found')
    }
    expect(libraryModel('oncology-qsp').observations.map(({ quantity }) => quantity)).toContain('IL6')
  })

  it.each([
    ['a header that is another', 'marker,day', 'row 1: expected the header'],
    ['a missing column', `${header}\nCRP,CRS2,0,5,1,1,2`, 'row 2: expected 8 columns, got 7'],
    [
      'text in a number column',
      `${header}\nCRP,CRS2,0,5,1,1,2,1\nCRP,CRS2,1,5,x,1,2,1`,
      "row 3, median: expected a number, got 'x'",
    ],
    ['an empty cell', `${header}\nCRP,CRS2,0,5,1,1,,1`, "row 2, q75: expected a number, got ''"],
    ['a count of none', `${header}\nCRP,CRS2,0,0,1,1,2,1`, 'row 2, n: expected a count above 0, got 0'],
    [
      'a median outside its quartiles',
      `${header}\nCRP,CRS2,0,5,3,1,2,1`,
      'row 2: the median 3 lies outside its quartiles 1 and 2',
    ],
  ])('are refused with %s', (_, text, message) => {
    expect(() => parseCytokineSummary(text)).toThrow(message)
  })

  it('say when a stratum is not there', () => {
    expect(() => cytokineObservations(dailySummary, { stratum: 'CRS9', markers: ['CRP'] })).toThrow(
      'no rows of CRP in stratum CRS9',
    )
  })
})
