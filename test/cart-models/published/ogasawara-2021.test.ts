import { timeGrid } from '@cartkin/simulation'
import { expect, it } from 'vitest'
import { compiled, courseAt } from './golden-course.ts'

const id = 'ogasawara-2021'
const days = timeGrid(0, 1000, 0.01)
const C = courseAt(days, compiled(id), id)('C')
const at = (day: number) => C[Math.round(day * 100)]!

it('rests for the lag, doubles by the published time, and peaks at 1 on the published day', () => {
  expect(at(3)).toBeCloseTo(at(0), 12)
  expect(Math.log2(at(8) / at(4))).toBeCloseTo(4 / 0.755, 6)
  expect(Math.max(...C)).toBeCloseTo(1, 7)
  expect(days[C.indexOf(Math.max(...C))]).toBeCloseTo(9.29, 9)
  expect(1 / at(0)).toBeCloseTo(251, 0)
})

it('declines with the published half-lives', () => {
  const slow = 0.0079 * 2 ** (-(990 - 9.29) / 352)
  expect(at(990)).toBeCloseTo(slow, 7)
  expect(at(12) / at(11)).toBeCloseTo(2 ** (-1 / 5), 2)
  expect(at(900) / at(548)).toBeCloseTo(0.5, 6)
})
