import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createModelCache, type FitJob, runJob } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { barOf } from './bars.ts'
import { lupusFit } from './fitting/lupus-fit.ts'
import { fitNumbers, steinFits } from './fitting/stein-fits.ts'
import { type FitRival, fitRivals } from './peers/fit-rivals.ts'
import { median } from './race.ts'
import type { Question, Row } from './row.ts'

/** Milliseconds wanted for 30 parameters of the lupus model. */
const GOAL = 2000
/** Milliseconds of fits before the first that is timed. */
const WARM_UP = 300
/** An objective within this share of the lowest is the same. */
const SAME = 1e-3

/**
 * Each patient's course fitted alone, against R and SciPy with LSODA on the same data from the same start; and 30 parameters
 * of the lupus model to ten quantities of one patient, through a pool of two workers, against the time wanted.
 */
export const fitIndividual: Question = {
  name: 'fit-individual',
  asks: 'How long does the fit of a patient take?',
  async *run({ quick, wants }) {
    if (wants('stein-2019')) yield* stein(quick ? 6 : 20, quick ? 3 : 7)
    if (wants('lupus-qsp')) yield await lupus(quick ? 3 : 7)
  },
}

/** CPU time of all fits in milliseconds and their sums of squares. */
type Pass = () => Promise<{ readonly milliseconds: number; readonly objectives: readonly number[] }>

async function* stein(patients: number, rounds: number): AsyncIterable<Row> {
  const jobs = steinFits(patients)
  const folder = mkdtempSync(join(tmpdir(), 'cartkin-fits-'))
  const rivals: readonly FitRival[] = fitRivals(join(folder, 'numbers.txt'))
  try {
    writeFileSync(join(folder, 'numbers.txt'), fitNumbers(jobs))
    const started = rivals.map((rival) => ({ name: rival.name, process: rival.start() }))
    const own = ownPass(jobs)
    const passes = started.map(({ process }): Pass | null => process && (() => rivalPass(process)))
    const first = await own()
    const firsts = await Promise.all(passes.map((pass) => pass?.()))
    for (const pass of [own, ...passes]) if (pass) await warmUp(pass)
    const samples: number[] = []
    const theirs: number[][] = passes.map(() => [])
    for (let round = 0; round < rounds; round++) {
      samples.push((await own()).milliseconds)
      for (const [k, pass] of passes.entries()) if (pass) theirs[k]?.push((await pass()).milliseconds)
    }
    for (const { process } of started) process?.close()
    for (const [k, { name }] of started.entries()) {
      const reached = firsts[k]
      const ahead = (a: readonly number[], b: readonly number[]) => a.every((value, i) => value <= b[i]! * (1 + SAME))
      const isSame =
        reached && ahead(reached.objectives, first.objectives) && ahead(first.objectives, reached.objectives)
      const times = theirs[k] ?? []
      yield {
        ...row('stein-2019', name),
        state: reached === undefined ? 'absent' : isSame ? 'measured' : 'missed',
        ratio: isSame ? median(times.map((time, round) => time / samples[round]!)) : Number.NaN,
        ours: median(samples) / patients,
        theirs: times.length > 0 ? median(times) / patients : Number.NaN,
        note: `the first ${patients} patients of a process: ${(first.milliseconds / patients).toFixed(1)} ms each`,
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Ever more passes, until a run of them took half of {@link WARM_UP}: as for the solvers, what is compiled late is compiled then. */
async function warmUp(pass: Pass): Promise<void> {
  for (let repeats = 1; ; repeats *= 2) {
    let milliseconds = 0
    for (let k = 0; k < repeats; k++) milliseconds += (await pass()).milliseconds
    if (milliseconds >= WARM_UP / 2) return
  }
}

function ownPass(jobs: readonly FitJob[]): Pass {
  const models = createModelCache()
  return async () => {
    const before = process.cpuUsage()
    const objectives: number[] = []
    for (const job of jobs) {
      const answer = await runJob(job, { models })
      if (answer.status !== 'ok' || answer.result.kind !== 'fit') throw new Error(JSON.stringify(answer))
      objectives.push(answer.result.result.objective)
    }
    const { user, system } = process.cpuUsage(before)
    return { milliseconds: (user + system) / 1000, objectives }
  }
}

async function rivalPass(process: NonNullable<ReturnType<FitRival['start']>>): ReturnType<Pass> {
  const [nanoseconds = Number.NaN, ...objectives] = (await process.ask('fit')).trim().split(/\s+/).map(Number)
  return { milliseconds: nanoseconds / 1e6, objectives }
}

async function lupus(rounds: number): Promise<Row> {
  const pool = createNodePool({ size: 2 })
  const job = lupusFit()
  try {
    const times: number[] = []
    let note = ''
    for (let round = -1; round < rounds; round++) {
      const before = performance.now()
      const answer = await pool.run(job)
      if (round >= 0) times.push(performance.now() - before)
      if (answer.status !== 'ok') throw new Error(JSON.stringify(answer))
      const { outcome, evaluations, objective } = answer.result.result
      if (outcome.status !== 'converged') throw new Error(JSON.stringify(outcome))
      note = `${job.problem.estimated.length} parameters, ${evaluations} evaluations, objective ${objective.toFixed(2)}`
    }
    const ours = median(times)
    return { ...row('lupus-qsp', 'goal'), ratio: GOAL / ours, ours, theirs: GOAL, note }
  } finally {
    await pool.close()
  }
}

const row = (problem: string, rival: string) => ({
  question: 'fit-individual',
  problem,
  method: 'fit',
  rival,
  target: Number.NaN,
  unit: 'ms',
  achievedError: Number.NaN,
  rivalError: Number.NaN,
  state: 'measured' as const,
  ...barOf('fit-individual', problem, rival, Number.NaN),
})
