import { basename, resolve } from 'node:path'
import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import { type EventData, type ExploredData, exploredData, groupSummaries, readEventData } from '@cartkin/tables'
import { asInput } from '../files/as-input.ts'
import { readInput } from '../files/read-input.ts'
import { readingOptions } from '../plan/data-reading.ts'
import type { ExploreStep } from '../plan/plan.ts'
import type { ExploreStepResult, StepOutput } from '../steps/step-result.ts'
import type { StudyContext } from '../steps/study-context.ts'
import { tableFiles } from '../steps/table-files.ts'
import { columnLevels } from '../subjects/column-levels.ts'

/** Looks at data before any model: `NAME.arrow` and `NAME.csv`, summaries by endpoint, group and nominal time. */
export async function runExploreStep(step: ExploreStep, context: StudyContext): Promise<StepOutput> {
  const { name, data: file, reading = {}, by, nominal, scale } = step
  const bytes = await readInput(resolve(context.folder, file), file)
  const levels = by === undefined ? undefined : columnLevels(bytes, file, by, reading)
  const read = readEventData(bytes, file, {
    ...readingOptions(reading),
    rules: 'rxode2',
    ...(levels === undefined ? {} : { levels: new Map([[levels.column, levels.texts]]) }),
  })
  const data = asInput(file, () =>
    exploredData(read, {
      ...(by === undefined ? {} : { by }),
      ...(levels === undefined ? {} : { levels: levels.texts }),
      ...(nominal === undefined ? {} : { nominal }),
      limits: reading.lloq ?? {},
    }),
  )
  const table = tableOf(data)
  const result: ExploreStepResult = {
    kind: 'explore',
    data,
    notes: notesOf(read),
    timeUnit: step.timeUnit ?? read.timeUnit,
    doseUnit: read.units.get('AMT') ?? '',
    scale,
  }
  return {
    result,
    files: tableFiles(name, table),
    status: {},
    models: [],
    data: { file: basename(file), bytes },
    licences: [],
  }
}

/** What was understood, but for what only matters to a model. */
function notesOf({ notes }: EventData): readonly string[] {
  return notes.filter((note) => !note.startsWith('covariates that change with time'))
}

/** Summaries of all endpoints and groups. */
function tableOf({ endpoints }: ExploredData): ColumnTable {
  const rows = endpoints.flatMap(({ name, rows: own }) =>
    groupSummaries(own).map((row) => ({ endpoint: name, ...row })),
  )
  const { number, text } = columnsOf(rows)
  return {
    columns: [
      text('endpoint', ({ endpoint }) => endpoint),
      text('group', ({ group }) => group),
      number('time', ({ time }) => time),
      number('count', ({ count }) => count),
      number('below', ({ below }) => below),
      number('mean', ({ mean }) => mean),
      number('sd', ({ standardDeviation }) => standardDeviation),
      number('p5', ({ p5 }) => p5),
      number('p25', ({ p25 }) => p25),
      number('p50', ({ p50 }) => p50),
      number('p75', ({ p75 }) => p75),
      number('p95', ({ p95 }) => p95),
    ],
  }
}
