import type { ComputePool, SimulateJob, SolverSettings } from '@cartkin/compute'
import type { Model } from '@cartkin/model'
import {
  parameterVector,
  type RandomEffectsPopulation,
  type Regimen,
  regimenRecords,
  type StartState,
  type Subject,
  samplePopulation,
  subjectEffects,
  type VirtualPopulation,
} from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import { StudyStopped } from '../steps/study-context.ts'
import type { DesignEndpoint } from './check-design.ts'

/** A design and what its replicates are drawn from. */
export interface ReplicateInput {
  readonly text: string
  readonly model: Model
  /** Shared by all subjects; a subject's own values stand above them. */
  readonly parameters: Readonly<Record<string, number>>
  readonly subjects: readonly Subject[]
  /** Given beside the doses of the data. */
  readonly regimen: Regimen
  readonly population: VirtualPopulation | RandomEffectsPopulation | null
  readonly start: number
  readonly startState?: StartState
  readonly solver: SolverSettings
  readonly replicates: number
  readonly seed: number
}

export interface Replicates {
  /** Of each endpoint of the design, replicates × observations, replicate-major; NaN where a run failed. */
  readonly values: readonly Float64Array[]
  /** Runs that failed, and why the first did. */
  readonly failed: number
  readonly reason: string
}

/** Runs that are asked for at once. */
const inFlight = 64

/**
 * Simulates the observations of a design anew: for every replicate each subject gets its own doses, covariates and times, parameters
 * drawn for it, and residual errors. A value depends on seed, replicate, subject and row alone, whoever computes it.
 */
export async function simulateReplicates(
  input: ReplicateInput,
  design: readonly DesignEndpoint[],
  pool: ComputePool,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: (share: number) => void },
): Promise<Replicates> {
  const { subjects, replicates } = input
  const values = design.map(({ rows }) => new Float64Array(rows.length * replicates).fill(Number.NaN))
  // of each subject, the observations of each endpoint with their places
  const places = subjects.map((_, s) =>
    design.map(({ rows }) => rows.flatMap(({ subject, row }, place) => (subject === s ? [{ row, place }] : []))),
  )
  const failures: string[] = []
  const runOne = async (index: number) => {
    const s = index % subjects.length
    const replicate = Math.floor(index / subjects.length)
    const subject = subjects[s]
    const own = places[s] ?? []
    if (subject === undefined || own.every(({ length }) => length === 0)) return
    const known = { ...input.parameters, ...subject.parameters }
    const drawn = drawnValues(input, known, subject, index)
    const job = { ...jobOf(input, subject, known, drawn), observations: { seed: input.seed, subject: index } }
    const answer = await answerTo(job, subject, pool, signal)
    if (answer.reason !== '') failures.push(answer.reason)
    design.forEach(({ simulated, rows }, e) => {
      const column = answer.columns.find(({ name }) => name === simulated)
      if (column?.kind !== 'number') return
      for (const { row, place } of own[e] ?? [])
        values[e]?.set([column.values[row] ?? Number.NaN], replicate * rows.length + place)
    })
  }
  const all = replicates * subjects.length
  for (let from = 0; from < all; from += inFlight) {
    if (signal.aborted) throw new StudyStopped('stopped during the simulation of replicates')
    await Promise.all(Array.from({ length: Math.min(inFlight, all - from) }, (_, k) => runOne(from + k)))
    progress(Math.min(1, (from + inFlight) / all))
  }
  return { values, failed: failures.length, reason: failures[0] ?? '' }
}

/**
 * What the model predicts for every observation of a design in a typical subject: at the subject's own doses, covariates and times, without
 * random effects or residual errors, parameters of a virtual population at their medians. One array per endpoint; NaN where the run failed
 * or the endpoint has no prediction.
 */
export async function typicalPredictions(
  input: ReplicateInput,
  design: readonly DesignEndpoint[],
  pool: ComputePool,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly Float64Array[]> {
  const typical = { ...input, population: withoutSpread(input.population) }
  const predictions = design.map(({ rows }) => new Float64Array(rows.length).fill(Number.NaN))
  const runOne = async (subject: Subject, s: number) => {
    if (design.every(({ rows }) => rows.every((row) => row.subject !== s))) return
    const known = { ...input.parameters, ...subject.parameters }
    const medians = drawnValues(typical, known, subject, 0)
    const { columns } = await answerTo(jobOf(typical, subject, known, medians), subject, pool, signal)
    design.forEach(({ quantity, rows }, e) => {
      const column = columns.find(({ name }) => name === quantity)
      if (column?.kind !== 'number') return
      rows.forEach((row, place) => {
        if (row.subject === s) predictions[e]?.set([column.values[row.row] ?? Number.NaN], place)
      })
    })
  }
  for (let from = 0; from < input.subjects.length; from += inFlight) {
    const part = input.subjects.slice(from, from + inFlight)
    await Promise.all(part.map((subject, k) => runOne(subject, from + k)))
  }
  return predictions
}

/** Columns of a run, none where it gave none, and why it did not end as it should; empty where it did. */
async function answerTo(job: SimulateJob, { id }: Subject, pool: ComputePool, signal: AbortSignal) {
  const answer = await pool.run(job, { signal })
  if (answer.status === 'cancelled') throw new StudyStopped('stopped during the simulation of replicates')
  if (answer.status === 'bad-job' || answer.status === 'missing-inputs')
    throw new InputError(`subject ${id}`, answer.message)
  if (answer.status !== 'ok')
    return { columns: [], reason: answer.status === 'crashed' ? answer.message : answer.status }
  const { table, outcome } = answer.result
  const reason = outcome.status === 'finished' ? '' : outcome.status === 'failed' ? outcome.message : outcome.status
  return { columns: table.columns, reason }
}

/** Values that a run has beside those that the data or the caller give. */
interface OwnValues {
  readonly parameters: Readonly<Record<string, number>>
  readonly covariates: NonNullable<Subject['covariates']>
}

function jobOf(
  { text, model, regimen, start, startState, solver }: ReplicateInput,
  subject: Subject,
  known: Readonly<Record<string, number>>,
  drawn: OwnValues | null,
): SimulateJob {
  const own = { ...known, ...drawn?.parameters }
  const given = regimenRecords(model, regimen, parameterVector(model, own))
  const records = [...given, ...subject.records].toSorted((a, b) => a.time - b.time)
  return {
    kind: 'simulate',
    text,
    parameters: own,
    covariates: [...(subject.covariates ?? []), ...(drawn?.covariates ?? [])],
    doses: { records },
    start,
    ...(startState === undefined ? {} : { startState }),
    solver,
    times: Float64Array.of(records.findLast(({ evid }) => evid === 0)?.time ?? 0),
    rows: 'records',
    endpoints: [],
  }
}

/** A virtual population of its medians alone; null for random effects, which are 0 without being drawn. */
function withoutSpread(population: ReplicateInput['population']): VirtualPopulation | null {
  if (population === null || 'randomEffects' in population) return null
  const { factors, parameters } = population
  return {
    ...population,
    factors: factors.map((factor) => ({ ...factor, sd: 0 })),
    parameters: parameters.map((parameter) => ({ ...parameter, sd: 0 })),
  }
}

/** What is drawn for a subject; values that the data or the caller give stand. */
function drawnValues(
  { model, population, seed }: ReplicateInput,
  known: Readonly<Record<string, number>>,
  { occasions = [], parameters: own }: Subject,
  index: number,
): OwnValues | null {
  if (population === null) return null
  const key = { seed, index }
  const typical = parameterVector(model, known)
  const pick = (values: Float64Array, names: ReadonlySet<string>) =>
    Object.fromEntries(
      model.parameters.flatMap(({ name }, k) => (names.has(name) ? [[name, values[k] ?? Number.NaN] as const] : [])),
    )
  if ('randomEffects' in population) {
    const kept = new Set(Object.keys(known))
    const { parameters, covariates } = subjectEffects(model, typical, key, occasions, kept)
    const names = new Set(model.omega.flatMap((block) => block.names).filter((name) => !kept.has(name)))
    return { parameters: pick(parameters, names), covariates }
  }
  const names = new Set([...population.parameters.map(({ parameter }) => parameter), ...Object.keys(population.ties)])
  for (const name of Object.keys(own)) names.delete(name)
  return { parameters: pick(samplePopulation(model, population, typical, key), names), covariates: [] }
}
