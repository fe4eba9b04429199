import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { libraryModel } from '@cartkin/cart-models'
import { createModelCache, type PopulationJob, runJob } from '@cartkin/compute'
import { parseModel } from '@cartkin/model'
import { parameterVector, samplePopulation } from '@cartkin/simulation'
import { barOf } from './bars.ts'
import { type RunRival, runRivals } from './peers/run-rivals.ts'
import { median } from './race.ts'
import type { Question, Row } from './row.ts'

const SEED = 1
const DAYS = [28, 90]
/** In the order in which the rivals read them. */
const PARAMETERS = ['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta']
/** The largest relative error, root mean square, at which a side has solved the problem. */
const SAME = 1e-4

/**
 * The runs of a sensitivity analysis: Stein's model at listed parameters, its cells on two days read off as endpoints, against
 * loops over LSODA in SciPy and in R with a compiled model, one thread each, at the same tolerances. The note has runs per second.
 */
export const sensitivity: Question = {
  name: 'sensitivity',
  asks: 'How long does one run of a sensitivity analysis take?',
  async *run({ quick, wants }) {
    if (!wants('stein-2019')) return
    const count = quick ? 512 : 2048
    const values = drawnRows(count)
    const exact = closedForm(values, count)
    const folder = mkdtempSync(join(tmpdir(), 'cartkin-runs-'))
    const file = join(folder, 'rows.txt')
    try {
      writeFileSync(
        file,
        Array.from({ length: count }, (_, k) =>
          [...rowOf(values, k)].map((value) => value.toPrecision(17)).join(' '),
        ).join('\n'),
      )
      const started = runRivals(file).map((rival) => ({ name: rival.name, process: rival.start() }))
      const own = ownPass(values, count)
      const passes = started.map(({ process }): Pass | null => process && (() => rivalPass(process)))
      const error = relativeError((await own()).values, exact)
      const errors: number[] = []
      for (const pass of passes) errors.push(pass === null ? Number.NaN : relativeError((await pass()).values, exact))
      await own()
      const samples: number[] = []
      const theirs: number[][] = passes.map(() => [])
      for (let round = 0; round < (quick ? 3 : 7); round++) {
        samples.push((await own()).microseconds / count)
        for (const [k, pass] of passes.entries()) if (pass) theirs[k]?.push((await pass()).microseconds / count)
      }
      for (const { process } of started) process?.close()
      for (const [k, { name }] of started.entries()) {
        const times = theirs[k] ?? []
        const isSame = error <= SAME && errors[k]! <= SAME
        yield {
          ...row(name),
          state: times.length === 0 ? 'absent' : isSame ? 'measured' : 'missed',
          ratio: isSame ? median(times.map((time, round) => time / samples[round]!)) : Number.NaN,
          ours: median(samples),
          theirs: times.length > 0 ? median(times) : Number.NaN,
          achievedError: error,
          rivalError: errors[k]!,
          note: `${Math.round(1e6 / median(samples))} runs per second${times.length > 0 ? `, ${name} ${Math.round(1e6 / median(times))}` : `; ${name}: absent`}`,
        }
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

/** CPU time of all runs, and what was read off them, run by run. */
type Pass = () => Promise<{ readonly microseconds: number; readonly values: ArrayLike<number> }>

const rowOf = (values: Float64Array, k: number) => values.subarray(k * PARAMETERS.length, (k + 1) * PARAMETERS.length)

/** Parameters of virtual patients. */
function drawnRows(count: number): Float64Array {
  const { text, population } = libraryModel('stein-2019')
  const parsed = parseModel(text)
  if (!parsed.ok || population === undefined) throw new Error('stein-2019 has no population')
  const { model } = parsed
  const typical = parameterVector(model)
  const places = PARAMETERS.map((name) => model.parameters.findIndex((parameter) => parameter.name === name))
  return Float64Array.from(
    Array.from({ length: count }, (_, index) => {
      const drawn = samplePopulation(model, population, typical, { seed: SEED, index })
      return places.map((place) => drawn[place] ?? Number.NaN)
    }).flat(),
  )
}

function closedForm(values: Float64Array, count: number): Float64Array {
  return Float64Array.from(
    Array.from({ length: count }, (_, k) => {
      const [foldx = 0, Tmax = 0, Cmax = 0, alpha = 0, FB = 0, beta = 0] = rowOf(values, k)
      return DAYS.map((day) =>
        day < Tmax
          ? (Cmax / foldx) * foldx ** (day / Tmax)
          : Cmax * ((1 - FB) * Math.exp(-alpha * (day - Tmax)) + FB * Math.exp(-beta * (day - Tmax))),
      )
    }).flat(),
  )
}

function relativeError(values: ArrayLike<number>, exact: Float64Array): number {
  const squares = exact.reduce((sum, value, k) => sum + ((values[k] ?? Number.NaN) / value - 1) ** 2, 0)
  return Math.sqrt(squares / exact.length)
}

function ownPass(values: Float64Array, count: number): Pass {
  const { text, regimen, start } = libraryModel('stein-2019')
  const models = createModelCache()
  const job: PopulationJob = {
    kind: 'population',
    text,
    parameters: {},
    doses: { regimen },
    start,
    times: Float64Array.of(Math.max(...DAYS)),
    population: { listed: PARAMETERS, values },
    seed: SEED,
    from: 0,
    count,
    quantities: [],
    endpoints: DAYS.map((at) => ({
      ...{ name: `C${at}`, label: `Cells on day ${at}`, unit: 'copies/ug' },
      ...{ quantity: 'C', kind: 'value', at },
    })),
  }
  return async () => {
    const before = process.cpuUsage()
    const answer = await runJob(job, { models })
    const { user, system } = process.cpuUsage(before)
    if (answer.status !== 'ok' || answer.result.kind !== 'population') throw new Error(JSON.stringify(answer))
    return { microseconds: user + system, values: answer.result.endpoints }
  }
}

async function rivalPass(process: NonNullable<ReturnType<RunRival['start']>>): ReturnType<Pass> {
  const [nanoseconds = Number.NaN, ...values] = (await process.ask('run')).trim().split(/\s+/).map(Number)
  return { microseconds: nanoseconds / 1000, values }
}

const row = (rival: string): Omit<Row, 'ratio' | 'ours' | 'theirs'> => ({
  question: 'sensitivity',
  problem: 'stein-2019',
  method: 'auto',
  rival,
  target: Number.NaN,
  unit: 'µs',
  achievedError: Number.NaN,
  rivalError: Number.NaN,
  state: 'measured',
  ...barOf('sensitivity', 'stein-2019', rival, Number.NaN),
})
