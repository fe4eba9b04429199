import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Interval, sobol } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'
import { evaluating, ishigami, ishigamiInputs } from '../fitting/sensitivity/functions.ts'

const { CARTKIN_SUITES: suites = join(import.meta.dirname, '../../../shared/suites') } = process.env
const file = join(suites, 'sensitivity-analysis/ishigami.json')

interface Reference {
  readonly variance: number
  readonly mean: number
  readonly S1: readonly number[]
  readonly ST: readonly number[]
  readonly S2: Readonly<Record<string, number>>
}

function around({ value, lower, upper }: Interval, reference: number): void {
  expect(Math.abs(value - reference)).toBeLessThan(0.02)
  expect(lower).toBeLessThanOrEqual(reference)
  expect(upper).toBeGreaterThanOrEqual(reference)
}

describe.skipIf(!existsSync(file))('Ishigami, N = 2^13', () => {
  it.each([1, 2, 3])('has the analytic indices within 0.02 and within the intervals, seed %i', async (seed) => {
    const { ishigami: reference }: { ishigami: Reference } = JSON.parse(readFileSync(file, 'utf8'))
    const options = { samples: 8192, secondOrder: true, seed }
    const result = await sobol(ishigamiInputs, ['y'], evaluating(3, ishigami), options)
    const [output] = result.outputs
    expect(Math.abs((output?.mean ?? NaN) - reference.mean)).toBeLessThan(0.02)
    expect(Math.abs((output?.variance ?? NaN) / reference.variance - 1)).toBeLessThan(0.01)
    output?.indices.forEach(({ first, total }, k) => {
      around(first, reference.S1[k] ?? NaN)
      around(total, reference.ST[k] ?? NaN)
    })
    for (const { inputs, second } of output?.pairs ?? [])
      around(second, reference.S2[inputs.map((name) => name.slice(1)).join('')] ?? NaN)
    expect(output?.pairs).toHaveLength(3)
  })
})
