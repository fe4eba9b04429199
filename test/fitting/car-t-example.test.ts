import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { monolixText, steinDays, steinPatients } from './stein-patients.ts'

const example = new URL('../../examples/car-t-individuals/patients.csv', import.meta.url)

it('the made-up patients of the example are those of the generator', () => {
  expect(readFileSync(example, 'utf8')).toBe(monolixText(steinPatients({ seed: 8, count: 12 })))
})

it('made-up patients depend on the seed and their number alone, and have what such data have', () => {
  const twelve = steinPatients({ seed: 8, count: 12 })
  expect(steinPatients({ seed: 8, count: 3 })).toEqual(twelve.slice(0, 3))
  expect(steinPatients({ seed: 9, count: 1 })).not.toEqual(twelve.slice(0, 1))
  const cells = twelve.flatMap(({ rows }) => rows.filter(({ kind }) => kind === 1).map(({ y }) => y))
  expect(cells.filter((y) => y === 0).length).toBeGreaterThan(0)
  expect(cells.filter((y) => y > 0 && y < 50)).toEqual([])
  expect(Math.max(...cells)).toBeGreaterThan(1e4)
  for (const { truth, rows } of twelve) {
    expect(truth.Tmax >= 3 && truth.Tmax <= 40).toBe(true)
    expect(rows.length % 3).toBe(0)
    expect(rows.length / 3).toBeLessThanOrEqual(steinDays.length)
  }
  expect(new Set(twelve.map(({ response }) => response)).size).toBe(4)
})
