import type { ComputePool, RunOptions } from './compute-pool.ts'
import { drawnNames } from './drawn-names.ts'
import type { PopulationAnswer, PopulationJob, Refusal, SubjectOutcome } from './protocol.ts'
import { rulesOf } from './rules-of.ts'

export interface PopulationOptions extends RunOptions {
  /** Subjects per job (8). */
  readonly chunk?: number
  /** Most bytes that the result may take (2,000,000,000); a population that needs more is refused as 'bad-job'. */
  readonly memory?: number
}

/** Jobs in flight for each worker: one that runs, one that waits there, and one on the way. */
const inFlight = 3

/**
 * Runs a population in chunks over the workers of a pool and gives each part to `receive` as it comes, in any order; null
 * when all came, else why not. No more chunks are under way than the workers need, so that parts do not pile up.
 *
 * The first chunk goes alone where the workers do not know the model yet: the others get it compiled by the first.
 *
 * A chunk that brings down its workers is run again subject by subject, and only the subject to blame is 'crashed'. Any
 * other refusal of a chunk refuses the whole and cancels what is still open.
 */
export async function runChunks(
  pool: ComputePool,
  job: PopulationJob,
  options: PopulationOptions,
  receive: (part: PopulationAnswer) => void,
): Promise<Refusal | null> {
  const { chunk = 8, onProgress, signal, deadline } = options
  if (!(Number.isInteger(chunk) && chunk >= 1))
    throw new RangeError(`chunk must be a whole number from 1, got ${chunk}`)
  const refused = new AbortController()
  const stop = signal ? AbortSignal.any([signal, refused.signal]) : refused.signal
  const refusals: Refusal[] = []
  let done = 0
  let received = 0
  const tell = (subjects: number) => {
    done += subjects
    onProgress?.({ kind: 'subjects', done, total: job.count })
  }

  async function runPart(part: PopulationJob): Promise<void> {
    let told = 0
    const answer = await pool.run(part, {
      signal: stop,
      ...(deadline === undefined ? {} : { deadline }),
      onProgress: (progress) => {
        if (progress.kind !== 'subjects') return
        tell(progress.done - told)
        told = progress.done
      },
    })
    if (answer.status === 'crashed' && part.count > 1) {
      done -= told
      await Promise.all([...cut({ ...part, share: false }, 1)].map(runPart))
    } else if (answer.status === 'ok' || answer.status === 'crashed') {
      if (told < part.count) tell(part.count - told)
      received += part.count
      if (answer.status === 'ok' && answer.result.shared) pool.provide?.(job.text, answer.result.shared)
      receive(answer.status === 'ok' ? answer.result : crashed(part, answer.message))
    } else {
      refusals.push(answer)
      refused.abort()
    }
  }

  const waiting = cut(job, chunk)
  if (pool.provide && pool.hasProvided?.(job.text) === false && job.count > chunk) {
    const first = waiting.next()
    if (!first.done) await runPart({ ...first.value, share: true })
  }
  const lane = async () => {
    for (let next = waiting.next(); !next.done && !stop.aborted; next = waiting.next()) await runPart(next.value)
  }
  await Promise.all(Array.from({ length: inFlight * pool.size }, lane))
  if (received < job.count) refusals.push({ status: 'cancelled' })
  return refusals.find(({ status }) => status !== 'cancelled') ?? refusals[0] ?? null
}

function* cut(job: PopulationJob, chunk: number): Generator<PopulationJob, undefined> {
  for (let from = job.from; from < job.from + job.count; from += chunk) {
    const count = Math.min(chunk, job.from + job.count - from)
    yield { ...job, from, count, population: part(job.population, from - job.from, count) }
  }
}

/** A population without the subjects listed for other parts. */
function part(population: PopulationJob['population'], first: number, count: number): PopulationJob['population'] {
  if (!('listed' in population)) return population
  const { listed, values } = population
  return { listed, values: values.slice(first * listed.length, (first + count) * listed.length) }
}

/** The part of one subject that could not be run: everything unknown. */
function crashed(part: PopulationJob, message: string): PopulationAnswer {
  const unknown = (length: number) => new Float64Array(length).fill(Number.NaN)
  const outcome: SubjectOutcome = { status: 'crashed', message }
  const parameterNames = drawnNames(part)
  const { filters = [] } = part.population
  return {
    kind: 'population',
    from: part.from,
    count: part.count,
    courses: part.quantities.map(() => unknown(part.count * part.times.length)),
    endpoints: unknown(part.count * part.endpoints.length),
    parameters: unknown(part.count * parameterNames.length),
    parameterNames,
    outcomes: Array.from({ length: part.count }, () => outcome),
    ...(filters.length > 0 && { dropped: new Uint32Array(part.count * filters.length) }),
    ...(rulesOf(part).length > 0 && { decided: Array.from({ length: part.count }, () => []) }),
  }
}
