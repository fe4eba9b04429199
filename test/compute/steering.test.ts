import {
  type ComputePool,
  createModelCache,
  type FitEachJob,
  type FitJob,
  fitSubjects,
  type Progress,
  poolSession,
  runJob,
} from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { type FitEvent, type FitResult, fitControl, type SteeringLog } from '@cartkin/fitting'
import { afterEach, describe, expect, it } from 'vitest'

const factors = [1.1, 0.92, 1.05, 0.95, 1.08, 0.93, 1.03, 0.97, 1.04, 0.94]
const log = (name: string, start: number) => ({ name, start, lower: 0.001, upper: 100, scale: 'log' }) as const

/** Two compartments whose exchange is not linear, so that the course is integrated. */
const job: FitJob = {
  kind: 'fit',
  text: 'k = 1\nm = 2\nA = 8\nd/dt(x) = -k*x/(m + x)\nx(0) = A\nC = x\n',
  problem: {
    parameters: {},
    errorParameters: {},
    estimated: [log('k', 0.3), log('m', 8), log('A', 3), log('sd', 0.5)],
    endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'additive', a: 'sd' } }],
    subjects: [
      {
        id: '1',
        start: 0,
        records: [],
        parameters: {},
        observations: factors.map((factor, i) => ({ endpoint: 0, time: i, value: 8 * Math.exp(-0.3 * i) * factor })),
      },
    ],
  },
}
const steering: SteeringLog = [
  { iteration: 1, command: 'fix', parameter: 'm' },
  { iteration: 3, command: 'bound', parameter: 'A', lower: 1, upper: 6 },
  { iteration: 5, command: 'free', parameter: 'm' },
]

const pools: ComputePool[] = []
const poolOf = (size: number, shared = true): ComputePool => {
  const pool = createNodePool({ size, shared })
  pools.push(pool)
  return pool
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

const bits = (value: unknown): string =>
  JSON.stringify(value, (key, entry: unknown) => {
    if (key === 'elapsed' || key === 'timeLeft') return undefined
    if (entry instanceof Float64Array) return Array.from(entry, String)
    return typeof entry === 'number' ? String(entry) : entry
  })

async function resultOf(answer: Promise<unknown>): Promise<FitResult> {
  const settled = (await answer) as { status: string; result: { result: FitResult } }
  if (settled.status !== 'ok') throw new Error(JSON.stringify(settled))
  return settled.result.result
}

async function here(asked: FitJob): Promise<{ readonly result: FitResult; readonly events: readonly FitEvent[] }> {
  const events: FitEvent[] = []
  const onProgress = (told: Progress) => told.kind === 'steering' && events.push(told.event)
  return { result: await resultOf(runJob(asked, { models: createModelCache(), onProgress })), events }
}

describe('a steered fit in a worker', () => {
  it('has the bits and events of the same log on this thread, by any number of workers', async () => {
    const asked = { ...job, steering: { log: steering } }
    const own = await here(asked)
    expect(own.result.steering?.log).toHaveLength(3)
    for (const size of [1, 2, 3]) {
      const pool = poolOf(size)
      const runs = Array.from({ length: size }, async () => {
        const session = poolSession(pool, asked)
        const events: FitEvent[] = []
        for await (const event of session) events.push(event)
        expect(bits(events)).toBe(bits(own.events))
        expect(bits(await resultOf(session.result))).toBe(bits(own.result))
      })
      await Promise.all(runs)
    }
  })

  it.each([true, false])(
    'takes commands while it runs, and its log leads to the same bits (shared memory: %s)',
    async (shared) => {
      const session = poolSession(poolOf(1, shared), { ...job, steering: { paused: true } })
      const kinds: string[] = []
      for await (const event of session) {
        kinds.push(event.kind)
        if (event.kind !== 'paused') continue
        if (event.iteration === 2) session.fix('m')
        if (event.iteration === 4) session.bound('A', { upper: 6 })
        if (event.iteration === 4) session.send({ command: 'fix', parameter: 'nobody' })
        if (event.iteration === 6) session.free('m')
        session.resume(event.iteration < 8 ? 2 : undefined)
      }
      const result = await resultOf(session.result)
      expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(1)
      expect(result.steering?.log.map(({ iteration, command }) => `${iteration} ${command}`)).toEqual([
        '2 fix',
        '4 bound',
        '6 free',
      ])
      const again = await here({ ...job, steering: { log: result.steering?.log ?? [] } })
      expect(bits(again.result)).toBe(bits(result))
    },
  )

  it('ends by a stop with its best point and covariance, paused or not', async () => {
    const pool = poolOf(1)
    const paused = poolSession(pool, { ...job, steering: { paused: true } })
    paused.resume(3)
    for await (const event of paused) if (event.kind === 'paused' && event.iteration === 3) paused.stop()
    const result = await resultOf(paused.result)
    expect(result).toMatchObject({ outcome: { status: 'stopped' }, iterations: 3 })
    expect(result.steering?.log).toEqual([{ iteration: 3, command: 'stop' }])
    expect(result.estimates.every(({ standardError }) => standardError > 0)).toBe(true)
    expect(bits((await here({ ...job, steering: { log: [{ iteration: 3, command: 'stop' }] } })).result)).toBe(
      bits(result),
    )
    const running = poolSession(pool, { ...job, steering: { holdAtEnd: true } })
    running.stop()
    expect((await resultOf(running.result)).outcome.status).toBe('stopped')
  })

  it('a log that does not fit refuses the job', async () => {
    const answer = await poolSession(poolOf(1), {
      ...job,
      steering: { log: [{ iteration: 0, command: 'fix', parameter: 'kk' }] },
    }).result
    expect(answer).toMatchObject({ status: 'bad-job', message: expect.stringContaining('there is no parameter kk') })
  })
})

describe('fits of every subject alone', () => {
  const [only] = job.problem.subjects
  const each: FitEachJob = {
    ...job,
    kind: 'fit-each',
    iterations: true,
    problem: {
      ...job.problem,
      subjects: [0, 1, 2, 3].map((k) => ({
        ...only!,
        id: `P${k}`,
        observations: only!.observations.map((one, i) => ({
          ...one,
          value: one.value * (1 + 0.03 * ((i * (k + 1)) % 4)),
        })),
      })),
    },
  }

  it('are paused and resumed without a change of bits, and tell their iterations', async () => {
    const fitted: string[] = []
    for (const size of [1, 2, 3]) {
      const control = fitControl()
      const told = new Map<string, number>()
      const refused: string[] = []
      control.send({ command: 'pause' })
      const answer = fitSubjects(poolOf(size), each, {
        control,
        onProgress: (progress) => {
          if (progress.kind === 'subject-iteration') told.set(progress.id, (told.get(progress.id) ?? 0) + 1)
          if (progress.kind === 'refused') refused.push(progress.message)
        },
      })
      control.send({ command: 'fix', parameter: 'k' })
      // a pause is taken after the first iteration of each
      await new Promise((done) => setTimeout(done, 300))
      expect(Math.max(0, ...told.values())).toBeLessThanOrEqual(1)
      control.send({ command: 'resume' })
      const settled = await answer
      if (settled.status !== 'ok') throw new Error(settled.status)
      fitted.push(bits(settled.result.fits))
      expect(refused).toEqual([expect.stringContaining('pause, resume and stop hold for all of them, fix k for none')])
      expect([...told.keys()].toSorted()).toEqual(['P0', 'P1', 'P2', 'P3'])
    }
    const plain = await fitSubjects(poolOf(2), { ...each, iterations: false })
    if (plain.status !== 'ok') throw new Error(plain.status)
    expect(new Set(fitted)).toEqual(new Set([bits(plain.result.fits)]))
  })

  it('end by a stop: those under way with their best point, those that wait with the reason', async () => {
    const control = fitControl()
    control.send({ command: 'pause' })
    const answer = fitSubjects(poolOf(1), each, {
      control,
      onProgress: (progress) => progress.kind === 'subject-iteration' && control.send({ command: 'stop' }),
    })
    const settled = await answer
    if (settled.status !== 'ok') throw new Error(settled.status)
    const [first, ...rest] = settled.result.fits
    expect(first?.status === 'fitted' && first.result.outcome.status).toBe('stopped')
    expect(first?.status === 'fitted' && first.result.estimates.every(({ standardError }) => standardError > 0)).toBe(
      true,
    )
    for (const fit of rest) expect(fit).toMatchObject({ reason: 'the fit was stopped before its turn' })
  })
})
