import type { Answer, ComputePool, PopulationJob, SimulateJob, SubjectOutcome } from '@cartkin/compute'
import { type DrawnEstimates, drawEstimates, drawObservation, type Endpoint } from '@cartkin/fitting'
import type { Model } from '@cartkin/model'
import { quantileOfSorted, randomStream } from '@cartkin/numerics'
import type { Column, ColumnTable, Quantity, RandomEffectsPopulation, VirtualPopulation } from '@cartkin/simulation'
import { asInput } from '../files/as-input.ts'
import { InputError } from '../files/input-error.ts'
import { StudyStopped } from '../steps/study-context.ts'
import type { KeptFit } from './read-fit-uncertainty.ts'

/** A simulation over the uncertainty of a fit. */
export interface UncertainRun {
  readonly fit: KeptFit
  /** The folder of the fit, for messages. */
  readonly folder: string
  readonly draws: number
  readonly seed: number
  readonly course: Omit<SimulateJob, 'kind' | 'endpoints'>
  readonly model: Model
  readonly readable: readonly Quantity[]
  /** Whom a patient is drawn from for each draw; null where there is no population. */
  readonly population: VirtualPopulation | RandomEffectsPopulation | null
}

export interface UncertainCourse extends Pick<DrawnEstimates, 'held' | 'clipped'> {
  /** band, quantity, time, percentiles. */
  readonly table: ColumnTable
  /** How the typical course of each draw ended. */
  readonly outcomes: readonly SubjectOutcome[]
}

/** Levels of the bands and the columns they are in. */
const levels = [
  ['p2.5', 0.025],
  ['p5', 0.05],
  ['p25', 0.25],
  ['p50', 0.5],
  ['p75', 0.75],
  ['p95', 0.95],
  ['p97.5', 0.975],
] as const

/** What one draw gives: rows are the times of the course. */
interface DrawnCourse {
  readonly outcome: SubjectOutcome
  /** Of each quantity, of the typical patient. */
  readonly typical: readonly Float64Array[]
  /** The same of the patient drawn beside it; null where there is no population. */
  readonly patient: readonly Float64Array[] | null
}

/**
 * Percentiles of the typical course over parameter vectors drawn from the uncertainty of a fit (band `confidence`), and beside
 * them (band `prediction`) of patients drawn with each vector, where there is a population, and of measured values (`CAR.sim`),
 * where the fit has a residual error. Draw k does not depend on how many there are, nor on the workers.
 *
 * Throws an InputError where the fit does not belong to the model or cannot be drawn from, and StudyStopped.
 */
export async function simulateDraws(
  run: UncertainRun,
  pool: ComputePool,
  options: { readonly signal: AbortSignal; readonly onDone?: (done: number) => void },
): Promise<UncertainCourse> {
  const { fit, folder, draws, seed, course, model, readable, population } = run
  const { signal, onDone } = options
  const known = new Set(model.parameters.map(({ name }) => name))
  checkFitted(run, known)
  const drawn = drawnFrom(run)
  const held = new Map(fit.held.map(({ name, value }) => [name, value]))
  let done = 0
  const courses = await Promise.all(
    Array.from({ length: draws }, async (_, draw): Promise<DrawnCourse> => {
      const values = valuesOf(draw)
      const parameters = { ...ofModel(held), ...course.parameters, ...ofModel(values) }
      const typical = accepted(await pool.run({ ...course, kind: 'simulate', parameters, endpoints: [] }, { signal }))
      const patient = population === null ? null : accepted(await pool.run(patientJob(parameters, draw), { signal }))
      onDone?.(++done)
      return {
        outcome: typical.outcome,
        typical: readable.map(({ name }) => columnOf(typical.table, name)),
        patient: patient?.courses ?? null,
      }
    }),
  )
  return {
    table: bandsOver(courses),
    outcomes: courses.map(({ outcome }) => outcome),
    held: drawn.held,
    clipped: drawn.clipped,
  }

  function accepted<R>(answer: Answer<R>): R {
    if (answer.status === 'ok') return answer.result
    if (answer.status === 'cancelled') throw new StudyStopped('stopped')
    const why =
      answer.status === 'bad-model' ? answer.diagnostics.map(({ message }) => message).join('; ') : answer.message
    throw new InputError(folder, `a draw could not be simulated: ${why}`)
  }

  /** Of draw k: what was estimated, and what is tied to it. */
  function valuesOf(draw: number): ReadonlyMap<string, number> {
    const { names } = drawn
    const own = new Map(names.map((name, j) => [name, drawn.values[draw * names.length + j] ?? Number.NaN]))
    for (const { name, parameter, factor } of fit.tied) own.set(name, factor * (own.get(parameter) ?? Number.NaN))
    return own
  }

  function ofModel(values: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
    return Object.fromEntries([...values].filter(([name]) => known.has(name)))
  }

  function patientJob(parameters: Readonly<Record<string, number>>, draw: number): PopulationJob {
    const { rows: _rows, observations: _observations, ...scenario } = course
    return {
      ...scenario,
      kind: 'population',
      parameters,
      population: population ?? { randomEffects: [] },
      seed,
      from: draw,
      count: 1,
      quantities: readable.map(({ name }) => name),
      endpoints: [],
    }
  }

  function bandsOver(courses: readonly DrawnCourse[]): ColumnTable {
    const rows: { readonly band: string; readonly quantity: string; readonly time: number; readonly at: number[] }[] =
      []
    const add = (band: string, quantity: string, of: (draw: number, row: number) => number) => {
      course.times.forEach((time, row) => {
        const values = courses.map((_, draw) => of(draw, row)).filter(Number.isFinite)
        if (values.length === 0) return
        const sorted = Float64Array.from(values).sort()
        rows.push({ band, quantity, time, at: levels.map(([, level]) => quantileOfSorted(sorted, level)) })
      })
    }
    for (const [q, { name }] of readable.entries())
      add('confidence', name, (draw, row) => courses[draw]?.typical[q]?.[row] ?? Number.NaN)
    if (population !== null)
      for (const [q, { name }] of readable.entries())
        add('prediction', name, (draw, row) => courses[draw]?.patient?.[q]?.[row] ?? Number.NaN)
    for (const [e, endpoint] of fit.endpoints.entries()) {
      const q = readable.findIndex(({ name }) => name === endpoint.quantity)
      if (q < 0 || endpoint.error.kind === 'given') continue
      const streams = courses.map((_, draw) =>
        randomStream({ seed, study: 'observations of draws', subject: draw, occasion: e }),
      )
      const numbers = courses.map((_, draw) => numberOf(valuesOf(draw)))
      add('prediction', `${endpoint.quantity}.sim`, (draw, row) => {
        const own = courses[draw]
        const predicted = (own?.patient ?? own?.typical)?.[q]?.[row] ?? Number.NaN
        return observed(endpoint, numbers[draw], predicted, streams[draw], row)
      })
    }
    return {
      columns: [
        { kind: 'text', name: 'band', values: rows.map(({ band }) => band) },
        { kind: 'text', name: 'quantity', values: rows.map(({ quantity }) => quantity) },
        { kind: 'number', name: 'time', unit: '', values: Float64Array.from(rows, ({ time }) => time) },
        ...levels.map(
          ([name], k): Column => ({
            kind: 'number',
            name,
            unit: '',
            values: Float64Array.from(rows, ({ at }) => at[k] ?? Number.NaN),
          }),
        ),
      ],
    }
  }

  /** Values of error parameters at a draw. */
  function numberOf(values: ReadonlyMap<string, number>): (name: string) => number {
    return (name) =>
      values.get(name) ??
      fit.errorParameters[name] ??
      course.parameters[name] ??
      model.parameters.find((parameter) => parameter.name === name)?.value ??
      Number.NaN
  }
}

function observed(
  endpoint: Endpoint,
  numberOf: ((name: string) => number) | undefined,
  predicted: number,
  stream: ReturnType<typeof randomStream> | undefined,
  row: number,
): number {
  if (numberOf === undefined || stream === undefined) return Number.NaN
  return drawObservation(endpoint, numberOf, predicted, stream, row)
}

/** Throws an InputError where the fit is of another model, or its parameters have values from elsewhere. */
function checkFitted({ fit, folder, course }: UncertainRun, known: ReadonlySet<string>): void {
  const errors = new Set(
    fit.endpoints.flatMap(({ error, distribution }) => [
      ...Object.values(error),
      ...(distribution?.kind === 't' ? [distribution.df] : []),
    ]),
  )
  const strange = fit.estimated.filter(({ name }) => !known.has(name) && !errors.has(name))
  if (strange.length > 0)
    throw new InputError(
      folder,
      `the fit estimated ${strange.map(({ name }) => name).join(', ')}, which the model does not have; it was of ${fit.model}`,
    )
  const given = fit.estimated.find(({ name }) => Object.hasOwn(course.parameters, name))
  if (given !== undefined)
    throw new InputError(
      folder,
      `${given.name} has a value, which draws from the fit would vary; leave out the one or the other`,
    )
}

function columnOf({ columns }: ColumnTable, name: string): Float64Array {
  const column = columns.find((candidate) => candidate.name === name)
  return column?.kind === 'number' ? column.values : new Float64Array(0)
}

function drawnFrom({ fit, folder, draws, seed }: UncertainRun): DrawnEstimates {
  return asInput(folder, () => drawEstimates(fit, { draws, seed }))
}
