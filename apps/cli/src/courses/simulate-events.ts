import type { Scenario, SimulateJob } from '@cartkin/compute'
import type { Model } from '@cartkin/model'
import {
  type EventRecord,
  parameterVector,
  type Regimen,
  regimenRecords,
  type Subject,
  subjectEffects,
} from '@cartkin/simulation'
import { BadInput } from '../failure.ts'
import type { Io } from '../io.ts'
import { progressLine } from '../output/progress-line.ts'
import { courseRunner } from './run-course.ts'
import type { Simulated } from './simulated.ts'
import { stackedTable } from './stacked-table.ts'

export interface EventSimulation {
  /** What all subjects share; `parameters` give way to a subject's own. */
  readonly scenario: Omit<Scenario, 'doses'>
  readonly model: Model
  readonly subjects: readonly Subject[]
  /** Given to every subject beside the doses of the file. */
  readonly regimen: Regimen
  /** Absent: one row per observation record, in record order. */
  readonly times: Float64Array | undefined
  /** Of random effects; null where none are drawn. */
  readonly effects: number | null
  /** Of simulated observations; null where none are wanted. */
  readonly seed: number | null
}

/** The subjects of an event file, one after the other. */
export async function simulateEvents(simulation: EventSimulation, io: Io): Promise<Simulated> {
  const { subjects } = simulation
  const progress = progressLine(io, 'Simulating')
  const runner = courseRunner(io)
  try {
    const parts = []
    for (const [index, subject] of subjects.entries()) {
      const { id } = subject
      const job = () => jobOf(simulation, subject, index)
      const { table, outcome, statistics, decided = [], records } = await told(id, async () => runner.run(job()))
      parts.push({ id, table, outcome, statistics, decided, given: { ...subject, records } })
      progress.update((index + 1) / subjects.length, `(${index + 1} of ${subjects.length} subjects)`)
    }
    return {
      table: stackedTable(parts),
      runs: parts.map(({ id, outcome }) => ({ id, outcome })),
      decided: parts.map(({ id, decided }) => ({ id, decided })),
      given: parts.map(({ given }) => given),
      details: { subjects: parts.map(({ id, outcome, statistics }) => ({ id, outcome, statistics })) },
    }
  } finally {
    progress.end()
    await runner.close()
  }
}

function jobOf(
  { scenario, model, regimen, times, effects, seed }: EventSimulation,
  subject: Subject,
  index: number,
): SimulateJob {
  const known = { ...scenario.parameters, ...subject.parameters }
  const drawn = effects === null ? null : drawnEffects(model, known, subject, { seed: effects, index })
  const parameters = { ...known, ...drawn?.parameters }
  const given = regimenRecords(model, regimen, parameterVector(model, parameters))
  const records = inTimeOrder([...given, ...subject.records])
  if (times && records.some(({ dataTime }) => dataTime !== undefined))
    throw new RangeError(
      'has times that begin anew at a reset; leave --times out, and ask for times by rows with EVID 0',
    )
  const last = records.findLast(({ evid }) => evid === 0)?.time
  if (!times && last === undefined)
    throw new RangeError('has no observation rows (EVID 0); add some, or ask for times with --times')
  return {
    kind: 'simulate',
    ...scenario,
    parameters,
    covariates: [...(subject.covariates ?? []), ...(drawn?.covariates ?? [])],
    doses: { records },
    rules: [...(regimen.rules ?? []), ...(scenario.rules ?? [])],
    times: times ?? Float64Array.of(last ?? 0),
    rows: times ? 'times' : 'records',
    ...(seed === null ? {} : { observations: { seed, subject: index } }),
    endpoints: [],
  }
}

/** The random effects of a subject and of its occasions; those that have a value keep it. */
function drawnEffects(
  model: Model,
  known: Readonly<Record<string, number>>,
  { occasions = [] }: Subject,
  key: { readonly seed: number; readonly index: number },
) {
  const kept = new Set(Object.keys(known))
  const { parameters, covariates } = subjectEffects(model, parameterVector(model, known), key, occasions, kept)
  const names = new Set(model.omega.flatMap((block) => block.names))
  const effects = model.parameters.flatMap(({ name }, k) => (names.has(name) ? [[name, parameters[k]!] as const] : []))
  return { parameters: Object.fromEntries(effects), covariates }
}

/** Names the subject in whose run something cannot be. */
async function told<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RangeError || error instanceof BadInput) throw new BadInput(`subject ${id}: ${error.message}`)
    throw error
  }
}

/** Doses of the regimen come before the file's records of the same time. */
function inTimeOrder(records: readonly EventRecord[]): readonly EventRecord[] {
  return records.toSorted((a, b) => a.time - b.time)
}
