import { type BootstrapJob, type FitJob, type ProfileJob, runProfiles, runReplicates } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { randomStream } from '@cartkin/numerics'
import { expect, it } from 'vitest'

const log = (name: string, start: number) => ({ name, start, lower: 0, upper: Infinity, scale: 'log' }) as const

/** Three subjects on one decay, 10 % off. */
const fitJob: FitJob = {
  kind: 'fit',
  text: 'A = 8\nk = 0.4\nd/dt(x) = -k*x\nx(0) = A\n',
  problem: {
    parameters: {},
    errorParameters: {},
    estimated: [log('A', 5), log('k', 1), log('sd', 0.3)],
    endpoints: [{ quantity: 'x', scale: 'log', error: { kind: 'additive', a: 'sd' } }],
    subjects: ['a', 'b', 'c'].map((id, s) => {
      const { normal } = randomStream({ seed: 5, subject: s })
      const observations = [1, 2, 3, 5, 8].map((time, k) => ({
        endpoint: 0,
        time,
        value: 8 * Math.E ** (-0.4 * time + 0.1 * normal(k)),
      }))
      return { id, start: 0, records: [], parameters: {}, observations }
    }),
  },
}

async function run(workers: number) {
  const pool = createNodePool({ size: workers })
  try {
    const fitted = await pool.run(fitJob)
    if (fitted.status !== 'ok') throw new Error(JSON.stringify(fitted))
    const { text, problem } = fitJob
    const fit = fitted.result.result
    const profileJob: ProfileJob = { kind: 'profile', text, problem, fit, parameters: ['A', 'k', 'sd'] }
    const told: number[] = []
    const profiles = await runProfiles(pool, profileJob, {
      onProgress: (progress) => progress.kind === 'profiles' && told.push(progress.done),
    })
    const job: BootstrapJob = {
      kind: 'bootstrap',
      text,
      problem,
      fit,
      resample: 'case',
      from: 0,
      replicates: 7,
      seed: 3,
    }
    const replicates = await runReplicates(pool, job)
    const refused = await runProfiles(pool, { ...profileJob, parameters: ['A', 'B'] })
    const without = await runReplicates(pool, { ...job, replicates: 0 })
    return { told, profiles, replicates, refused, without }
  } finally {
    await pool.close()
  }
}

it('profiles and bootstraps have the same bits for any number of workers', async () => {
  const [one, two] = await Promise.all([run(1), run(3)])
  if (one.profiles.status !== 'ok' || one.replicates.status !== 'ok') throw new Error(JSON.stringify(one))
  expect(one.profiles.result.profiles.map(({ name, shape }) => [name, shape])).toEqual([
    ['A', 'closed on both sides'],
    ['k', 'closed on both sides'],
    ['sd', 'closed on both sides'],
  ])
  expect(one.replicates.result.result.replicates.map(({ replicate }) => replicate)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(one.told).toEqual([1, 2, 3])
  expect(JSON.stringify(two.profiles)).toBe(JSON.stringify(one.profiles))
  expect(JSON.stringify(two.replicates)).toBe(JSON.stringify(one.replicates))
  expect(two.refused).toMatchObject({ status: 'bad-job', message: expect.stringContaining('B is not estimated') })
  expect(two.without).toMatchObject({ status: 'bad-job', message: expect.stringContaining('from 1, got 0') })
})
