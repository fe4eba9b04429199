import { type SolverSettings, solverOptions } from '@cartkin/compute'
import type { CompiledModel } from '@cartkin/model'
import {
  type EventRecord,
  gridTable,
  parameterVector,
  type Regimen,
  recordTable,
  regimenRecords,
  type Subject,
  simulateSubject,
  simulationStart,
} from '@cartkin/simulation'
import { BadInput, Stopped } from './failure.ts'
import type { Io } from './io.ts'
import { progressLine } from './progress-line.ts'
import type { Simulated } from './simulated.ts'
import { stackedTable } from './stacked-table.ts'

export interface EventSimulation {
  readonly model: CompiledModel
  readonly subjects: readonly Subject[]
  readonly parameters: Readonly<Record<string, number>>
  /** Given to every subject beside the doses of the file. */
  readonly regimen: Regimen
  readonly start: number
  /** Absent: one row per observation record, in record order. */
  readonly times: Float64Array | undefined
  readonly solver: SolverSettings
}

/** The subjects of an event file, one after the other. */
export async function simulateEvents(simulation: EventSimulation, io: Io): Promise<Simulated> {
  const { subjects } = simulation
  const progress = progressLine(io, 'Simulating')
  const parts = []
  for (const [index, subject] of subjects.entries()) {
    // A pause lets the signals of the terminal in.
    await new Promise((resolve) => setImmediate(resolve))
    if (io.signal.aborted)
      throw new Stopped(`stopped after ${index} of ${subjects.length} subjects; nothing was written`)
    parts.push(simulated(simulation, subject))
    progress.update((index + 1) / subjects.length, `(${index + 1} of ${subjects.length} subjects)`)
  }
  progress.end()
  return {
    table: stackedTable(parts),
    runs: parts.map(({ id, outcome }) => ({ id, outcome })),
    details: { subjects: parts.map(({ id, outcome, statistics }) => ({ id, outcome, statistics })) },
  }
}

function simulated({ model, parameters, regimen, start, times, solver }: EventSimulation, subject: Subject) {
  const { id } = subject
  try {
    const values = parameterVector(model.model, { ...parameters, ...subject.parameters })
    const records = inTimeOrder([...regimenRecords(model.model, regimen, values), ...subject.records])
    const end = times ? times.at(-1) : records.findLast(({ evid }) => evid === 0)?.time
    if (end === undefined)
      throw new RangeError('has no observation rows (EVID 0); add some, or ask for times with --times')
    const run = simulateSubject({
      model,
      parameters: values,
      records: records.filter(({ time }) => time <= end),
      start: simulationStart(records, times ?? [], start),
      end,
      options: solverOptions(solver),
    })
    const table = times
      ? gridTable(model.model, run, times)
      : recordTable(
          model.model,
          run,
          records.filter(({ time }) => time <= end),
        )
    return { id, table, outcome: run.outcome, statistics: run.statistics }
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput(`subject ${id}: ${error.message}`)
    throw error
  }
}

/** Doses of the regimen come before the file's records of the same time. */
function inTimeOrder(records: readonly EventRecord[]): readonly EventRecord[] {
  return records.toSorted((a, b) => a.time - b.time)
}
