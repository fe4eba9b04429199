import { libraryModels } from '@cartkin/cart-models'
import { type PopulationJob, runPopulation } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { sha256Hex } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { goldenHashes } from './same-bits/golden-hashes.ts'
import { goldenRuns } from './same-bits/golden-runs.ts'
import { changedInCompany } from './same-bits/hash-runs.ts'
import { hashInNodeWorkers } from './same-bits/node-workers.ts'

/** Virtual patients of the library models that bring a population: 10 of each, 3 of those made of others. */
const jobs = libraryModels.flatMap(
  ({ text, regimen, start, endpoints, panels, population, extinction, parts }): PopulationJob[] =>
    population === undefined
      ? []
      : [
          {
            kind: 'population',
            text,
            parameters: {},
            doses: { regimen },
            start,
            ...(extinction !== undefined && { extinction }),
            population,
            seed: 11,
            from: 0,
            count: parts === undefined ? 10 : 3,
            times: Float64Array.of(0, 7, 28, 90, 180),
            quantities: panels.flatMap(({ quantities }) => quantities).slice(0, 1),
            endpoints,
          },
        ],
)

async function hashOfRuns(workers: number, chunk: number): Promise<string> {
  const pool = createNodePool({ size: workers })
  try {
    const parts: Float64Array[] = []
    for (const job of jobs) {
      const answer = await runPopulation(pool, job, { chunk })
      if (answer.status !== 'ok') throw new Error(answer.status)
      expect(answer.result.outcomes.every(({ status }) => status === 'finished')).toBe(true)
      parts.push(...answer.result.courses, answer.result.endpoints, answer.result.parameters)
    }
    const bytes = new Uint8Array(await new Blob(parts.map((part) => canonical(part))).arrayBuffer())
    return sha256Hex(bytes)
  } finally {
    await pool.close()
  }
}

/** One bit pattern for every NaN. */
function canonical(values: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.NaN : value))
}

it('virtual patients of the library have the same bits for any number of workers and any chunks, and those they had before', async () => {
  expect(jobs.filter(({ extinction }) => extinction !== undefined)).not.toEqual([])
  const hashes = [await hashOfRuns(1, 50), await hashOfRuns(2, 8), await hashOfRuns(3, 1), await hashOfRuns(8, 3)]
  // Changes only with the models, the methods or the functions of numerics, and then on purpose.
  expect(new Set(hashes)).toEqual(new Set(['7cb320a9b7f0da244c8cda7de704ebbdc50f7f70bbd2206f49e8e42eab8bd11a']))
})

describe('golden runs', () => {
  it('are more than fifty, each with a name of its own', () => {
    expect(goldenRuns.length).toBeGreaterThan(50)
    expect(new Set(goldenRuns.map(({ name }) => name)).size).toBe(goldenRuns.length)
  })

  // After a change on purpose: npm run same-bits -- --write
  it.each([
    [1, 50],
    [2, 7],
    [3, 1],
    [8, 4],
  ])('have their stored bits by %i workers in chunks of %i', async (workers, chunk) => {
    expect(await hashInNodeWorkers(workers, chunk)).toEqual(goldenHashes())
  })

  it('have them in either lane and beside any partner', async () => {
    expect(await changedInCompany()).toEqual([])
  })
})
