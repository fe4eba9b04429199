import { libraryModel } from '@cartkin/cart-models'
import { type FitEachJob, fitSubjects } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { expect, it } from 'vitest'
import { type SteinPatient, steinPatients } from '../fitting/stein-patients.ts'

const log = (name: string, start: number, lower: number, upper: number) =>
  ({ name, start, lower, upper, scale: 'log' }) as const

const subjectOf = ({ id, rows }: Pick<SteinPatient, 'id' | 'rows'>) => ({
  id,
  start: 0,
  records: [],
  parameters: {},
  observations: rows.flatMap(({ time, y, kind }) =>
    kind === 1 ? [{ endpoint: 0, time, value: Math.max(y, 50), ...(y === 0 && { censored: 'left' as const }) }] : [],
  ),
})

const subjects = [
  ...steinPatients({ seed: 3, count: 6 }).map(subjectOf),
  { ...subjectOf({ id: 'nothing', rows: [] }), observations: [] },
]
const job: FitEachJob = {
  kind: 'fit-each',
  text: libraryModel('stein-2019').text,
  problem: {
    parameters: {},
    errorParameters: {},
    estimated: [
      log('foldx', 3900, 8, 2e6),
      log('Tmax', 9.3, 0.8, 110),
      log('Cmax', 24000, 240, 2.4e6),
      log('alpha', 0.16, 0.0035, 7.3),
      log('FB', 0.0079, 2e-4, 0.28),
      log('beta', 0.0032, 7.8e-5, 0.13),
      log('sd', 0.3, 0.01, 3),
    ],
    endpoints: [{ quantity: 'C', scale: 'log', error: { kind: 'additive', a: 'sd' } }],
    subjects,
  },
  plans: new Map([['P02', { starts: [{ Tmax: 5 }, { Tmax: 15 }] }]]),
}

async function fitted(workers: number, asked: FitEachJob = job): Promise<readonly string[]> {
  const pool = createNodePool({ size: workers })
  try {
    const told: number[] = []
    const answer = await fitSubjects(pool, asked, {
      onProgress: (progress) => progress.kind === 'subjects' && told.push(progress.done),
    })
    if (answer.status !== 'ok') throw new Error(JSON.stringify(answer))
    expect(told).toEqual(subjects.map((_, k) => k + 1))
    return answer.result.fits.map((one) => JSON.stringify(one))
  } finally {
    await pool.close()
  }
}

it('patients fitted alone have the same bits for any number of workers, one that cannot be fitted among them', async () => {
  const one = await fitted(1)
  expect(one.map((fit) => JSON.parse(fit).id)).toEqual(subjects.map(({ id }) => id))
  expect(one.map((fit) => JSON.parse(fit).status)).toEqual([...subjects.slice(1).map(() => 'fitted'), 'not-fitted'])
  expect(JSON.parse(one[1] ?? '').searches.length).toBe(2)
  expect(await fitted(3)).toEqual(one)
})

it('what is wrong with the whole is refused, not told of each patient', async () => {
  const pool = createNodePool({ size: 1 })
  try {
    const twice = await fitSubjects(pool, { ...job, problem: { ...job.problem, subjects: [...subjects, ...subjects] } })
    expect(twice).toEqual({ status: 'bad-job', message: 'two subjects are called P01; give each its own id' })
    const stray = await fitSubjects(pool, { ...job, plans: new Map([['P99', {}]]) })
    expect(stray).toEqual({
      status: 'bad-job',
      message: 'there is a plan for subject P99, which is not among the subjects',
    })
    const unknown = await fitSubjects(pool, { ...job, problem: { ...job.problem, parameters: { folx: 1 } } })
    expect(unknown.status === 'bad-job' && unknown.message).toContain('folx')
    const stopped = await fitSubjects(pool, job, { signal: AbortSignal.abort() })
    expect(stopped.status).toBe('cancelled')
  } finally {
    await pool.close()
  }
})
