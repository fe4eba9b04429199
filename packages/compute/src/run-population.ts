import type { ComputePool, RunOptions } from './compute-pool.ts'
import type { Answer, PopulationAnswer, PopulationJob, SubjectOutcome } from './protocol.ts'

export interface PopulationOptions extends RunOptions {
  /** Subjects per job (8). */
  readonly chunk?: number
}

/**
 * Runs a population in chunks over the workers of a pool and puts the parts together in order of index: the result depends
 * neither on how many workers there are nor on the size of a chunk.
 *
 * A chunk that brings down its workers is run again subject by subject, and only the subject to blame is 'crashed'. Any
 * other refusal of a chunk refuses the whole and cancels what is still open.
 */
export async function runPopulation(
  pool: ComputePool,
  job: PopulationJob,
  options: PopulationOptions = {},
): Promise<Answer<PopulationAnswer>> {
  const { chunk = 8, onProgress, signal, deadline } = options
  if (!(Number.isInteger(chunk) && chunk >= 1))
    throw new RangeError(`chunk must be a whole number from 1, got ${chunk}`)
  const refused = new AbortController()
  const stop = signal ? AbortSignal.any([signal, refused.signal]) : refused.signal
  const done = new Map<number, number>()
  const tell = (part: PopulationJob, count: number) => {
    done.set(part.from, count)
    const sum = done.values().reduce((total, subjects) => total + subjects, 0)
    onProgress?.({ kind: 'subjects', done: sum, total: job.count })
  }

  async function runPart(part: PopulationJob): Promise<readonly Answer<PopulationAnswer>[]> {
    const answer = await pool.run(part, {
      signal: stop,
      ...(deadline === undefined ? {} : { deadline }),
      onProgress: (progress) => {
        if (progress.kind === 'subjects') tell(part, progress.done)
      },
    })
    if (answer.status === 'crashed' && part.count > 1) {
      done.delete(part.from)
      return (await Promise.all(cut(part, 1).map(runPart))).flat()
    }
    if (answer.status !== 'ok' && answer.status !== 'crashed') refused.abort()
    else tell(part, part.count)
    return [answer.status === 'crashed' ? { status: 'ok', result: crashed(part, answer.message) } : answer]
  }

  const answers = (await Promise.all(cut(job, chunk).map(runPart))).flat()
  const refusals = answers.filter((answer) => answer.status !== 'ok')
  const first = refusals.find(({ status }) => status !== 'cancelled') ?? refusals[0]
  if (first) return first
  const parts = answers.flatMap((answer) => (answer.status === 'ok' ? [answer.result] : []))
  return { status: 'ok', result: joined(job, parts) }
}

function cut(job: PopulationJob, chunk: number): readonly PopulationJob[] {
  return Array.from({ length: Math.ceil(job.count / chunk) }, (_, k) => {
    const from = job.from + k * chunk
    return { ...job, from, count: Math.min(chunk, job.from + job.count - from) }
  })
}

function joined(job: PopulationJob, parts: readonly PopulationAnswer[]): PopulationAnswer {
  return {
    kind: 'population',
    from: job.from,
    count: job.count,
    courses: job.quantities.map((_, q) => concatenated(parts.flatMap(({ courses }) => courses[q] ?? []))),
    endpoints: concatenated(parts.map(({ endpoints }) => endpoints)),
    parameters: concatenated(parts.map(({ parameters }) => parameters)),
    parameterNames: drawnNames(job),
    outcomes: parts.flatMap(({ outcomes }) => outcomes),
  }
}

/** The part of one subject that could not be run: everything unknown. */
function crashed(part: PopulationJob, message: string): PopulationAnswer {
  const unknown = (length: number) => new Float64Array(length).fill(Number.NaN)
  const outcome: SubjectOutcome = { status: 'crashed', message }
  return {
    kind: 'population',
    from: part.from,
    count: part.count,
    courses: part.quantities.map(() => unknown(part.count * part.times.length)),
    endpoints: unknown(part.count * part.endpoints.length),
    parameters: unknown(part.count * drawnNames(part).length),
    parameterNames: drawnNames(part),
    outcomes: Array.from({ length: part.count }, () => outcome),
  }
}

/** Parameters that differ between the subjects of a population: the drawn ones, then the tied ones. */
export function drawnNames({ population }: PopulationJob): readonly string[] {
  if ('randomEffects' in population) return population.randomEffects
  return [...population.parameters.map(({ parameter }) => parameter), ...Object.keys(population.ties)]
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
