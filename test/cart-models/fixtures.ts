import { readFileSync } from 'node:fs'
import { libraryModel, twoSidedGridTable } from '@cartkin/cart-models'
import { type CompiledModel, compileModel, type Model, parseModel } from '@cartkin/model'
import {
  type ColumnTable,
  parameterVector,
  type Regimen,
  regimenRecords,
  type SubjectRun,
  simulateSubject,
  timeGrid,
} from '@cartkin/simulation'

const root = new URL('../../packages/cart-models/', import.meta.url)

/** A file of the package's evidence or data. */
export const packageFile = (path: string): string => readFileSync(new URL(path, root), 'utf8')

export const dailySummary = packageFile('data/bwh-cc-by-nc/daily_summary.csv')

/** A CSV file of numbers without quotes, one record per row. */
export function numberRows(path: string): readonly Readonly<Record<string, number>>[] {
  const [header, ...lines] = packageFile(path).trim().split('\n')
  const names = header!.trim().split(',')
  return lines.map((line) => {
    const cells = line.trim().split(',')
    return Object.fromEntries(names.map((name, k) => [name, cells[k] === '' ? Number.NaN : Number(cells[k])]))
  })
}

/** A value of a row; throws where the file has no such column. */
export function cell(row: Readonly<Record<string, number>>, name: string): number {
  const value = row[name]
  if (value === undefined) throw new Error(`no column ${name}`)
  return value
}

export function modelOf(id: string): Model {
  const parsed = parseModel(libraryModel(id).text)
  if (!parsed.ok)
    throw new Error(parsed.diagnostics.map(({ message, span }) => `${span.line}:${span.column} ${message}`).join('\n'))
  return parsed.model
}

export const lupus: CompiledModel = compileModel(modelOf('lupus-qsp'))
export const oncology: CompiledModel = compileModel(modelOf('oncology-qsp'))
export const stein: CompiledModel = compileModel(modelOf('stein-2019'))

export interface Course {
  readonly end: number
  readonly parameters?: Readonly<Record<string, number>>
  /** The library's default when absent. */
  readonly regimen?: Regimen
  readonly step?: number
}

/** A run from the library model's start. */
export function simulate(compiled: CompiledModel, id: string, { end, parameters = {}, regimen }: Course): SubjectRun {
  const library = libraryModel(id)
  const values = parameterVector(compiled.model, parameters)
  const run = simulateSubject({
    model: compiled,
    parameters: values,
    records: regimenRecords(compiled.model, regimen ?? library.regimen, values),
    start: library.start,
    end,
    options: { rtol: 1e-7, atol: 1e-9 },
  })
  if (run.outcome.status !== 'finished') throw new Error(`${id} did not finish: ${JSON.stringify(run.outcome)}`)
  return run
}

/** The table that the key numbers are read from. */
export function course(compiled: CompiledModel, id: string, options: Course): ColumnTable {
  const run = simulate(compiled, id, options)
  return twoSidedGridTable(compiled.model, run, timeGrid(libraryModel(id).start, options.end, options.step ?? 0.25))
}

/** A table from columns of numbers. */
export function tableOf(columns: Readonly<Record<string, readonly number[]>>): ColumnTable {
  return {
    columns: Object.entries(columns).map(([name, values]) => ({
      kind: 'number',
      name,
      unit: '',
      values: Float64Array.from(values),
    })),
  }
}
