import { basename } from 'node:path'
import { type ColumnTable, columnsOf } from '@cartkin/simulation'
import {
  decodeData,
  type EventData,
  type Json,
  type Manifest,
  manifestOf,
  parseDelimited,
  readEventData,
  tableToArrow,
} from '@cartkin/tables'
import { checkResultFolder, publishResult } from '../files/result-folder.ts'
import { versions } from '../files/versions.ts'
import { type DataReading, readingOptions } from '../plan/data-reading.ts'
import { StudyStopped } from '../steps/study-context.ts'
import { type ExploredData, exploredData } from './explored-data.ts'
import { groupSummaries } from './group-summaries.ts'

/** Data that are to be looked at. */
export interface ExplorationPlan {
  readonly bytes: Uint8Array
  /** Name of the file in messages. */
  readonly file: string
  readonly reading: DataReading
  /** Unit of the times, where the file does not say it. */
  readonly timeUnit?: string
  /** Column of the groups; the dose if absent. */
  readonly by?: string
  /** Column of nominal times; one of the usual names if absent. */
  readonly nominal?: string
  readonly scale?: 'linear' | 'log'
}

export interface ExplorationResult {
  readonly data: ExploredData
  /** What was understood of the file. */
  readonly notes: readonly string[]
  readonly manifest: Manifest
}

/** Looks at data before any model: writes `explore.arrow`, `report.html` and the manifest into a folder. */
export async function runExploration(
  plan: ExplorationPlan,
  out: string,
  signal: AbortSignal,
): Promise<ExplorationResult> {
  await checkResultFolder(out)
  const { bytes, file, reading, by, nominal, scale } = plan
  const levels = by === undefined ? undefined : textLevelsOf(bytes, file, by, reading)
  const read = readEventData(bytes, file, {
    ...readingOptions(reading),
    rules: 'rxode2',
    ...(levels === undefined ? {} : { levels: new Map([[levels.column, levels.texts]]) }),
  })
  const data = exploredData(read, file, {
    ...(by === undefined ? {} : { by }),
    ...(levels === undefined ? {} : { levels: levels.texts }),
    ...(nominal === undefined ? {} : { nominal }),
    limits: reading.lloq ?? {},
  })
  // without what was not given
  const options: Json = JSON.parse(
    JSON.stringify({ command: 'explore', by, nominal, scale, reading, timeUnit: plan.timeUnit }),
  )
  const made = {
    versions: await versions(),
    model: { id: 'none', text: '' },
    data: { file: basename(file), bytes },
    options,
    status: { observations: data.endpoints.reduce((sum, { rows }) => sum + rows.length, 0) },
  }
  const notes = notesOf(read)
  const { explorationHtml } = await import('./exploration-page.ts')
  const page = {
    title: basename(file),
    timeUnit: plan.timeUnit ?? read.timeUnit,
    doseUnit: read.units.get('AMT') ?? '',
    notes,
    scale,
  }
  const html = await explorationHtml(data, page, await manifestOf({ ...made, files: [] }))
  const files = [
    { name: 'explore.arrow', bytes: tableToArrow(tableOf(data)) },
    { name: 'report.html', bytes: new TextEncoder().encode(html) },
  ]
  const manifest = await manifestOf({ ...made, files })
  if (signal.aborted) throw new StudyStopped('stopped before the result was written')
  const manifestBytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  await publishResult(out, [...files, { name: 'manifest.json', bytes: manifestBytes }])
  return { data, notes, manifest }
}

/** The texts of a column in the order of the file; undefined where it holds numbers alone, or is not there. */
function textLevelsOf(
  bytes: Uint8Array,
  file: string,
  by: string,
  { decimal }: DataReading,
): { readonly column: string; readonly texts: readonly string[] } | undefined {
  const { header, rows } = parseDelimited(decodeData(bytes, file).text, file, {
    comments: true,
    ...(decimal === undefined ? {} : { decimalSeparator: decimal === 'comma' ? ',' : '.' }),
  })
  const at = header.findIndex(({ text }) => text.toLowerCase() === by.toLowerCase())
  const column = header[at]?.text
  if (column === undefined) return undefined
  const texts = [...new Set(rows.flatMap((row) => row[at]?.text ?? []))].filter(
    (text) => !['', '.', 'NA'].includes(text),
  )
  return texts.every((text) => Number.isFinite(Number(text.replace(',', '.')))) ? undefined : { column, texts }
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
