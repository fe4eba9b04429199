import { parseTargets } from '@cartkin/cart-models'
import { describe, expect, it } from 'vitest'
import { packageFile } from './fixtures.ts'

const text = packageFile('evidence/targets/calibration_targets.json')

describe('calibration targets', () => {
  it('are read whole', () => {
    const targets = parseTargets(text)
    expect(targets).toHaveLength(85)
    expect(new Set(targets.map(({ id }) => id)).size).toBe(85)
    expect(targets[0]).toMatchObject({ id: 'A01', metric: 'stein.doubling', value: 0.78, lo: 0.775, hi: 0.785 })
  })

  it.each([
    ['no list', '{}', 'expected a list of rows'],
    ['a row that is no object', '[1]', 'row 1: expected an object'],
    ['a missing field', '[{"trust":"found"}]', 'row 1, lo: expected a number, got undefined'],
    ['text for a number', text.replace('"lo": 0.775', '"lo": "0.775"'), 'row 1, lo: expected a number, got "0.775"'],
    [
      'a range upside down',
      text.replace('"hi": 0.785', '"hi": 0.7'),
      'row 1, hi: expected a number not below lo = 0.775, got 0.7',
    ],
    [
      'a tuning that is none',
      text.replace('"trust": "found"', '"tuning": "a bit", "trust": "found"'),
      'row 1, tuning: expected one of none, parameters, variability, got "a bit"',
    ],
    [
      'a tuning without a reason',
      text.replace('"trust": "found"', '"tuning": "none", "tuningReason": "", "trust": "found"'),
      'row 1, tuningReason: expected why',
    ],
    ['a series without tuning', text.replace('"A01"', '"X01"'), 'target X01 says no tuning'],
    ['an unknown trust', text.replace('"trust": "found"', '"trust": "sure"'), 'row 1, trust: expected one of found,'],
  ])('are refused with %s', (_, bad, message) => {
    expect(() => parseTargets(bad)).toThrow(message)
  })
})
