import { libraryModel } from '@cartkin/cart-models'
import type { CompiledModel } from '@cartkin/model'
import { gridTable, parameterVector, type RegimenDose, regimenRecords, simulateSubject } from '@cartkin/simulation'

export interface LawCourse {
  readonly doses: readonly RegimenDose[]
  readonly times: Float64Array
  readonly parameters?: Readonly<Record<string, number>>
  readonly start?: number
}

/** States and outputs of a run at tight tolerances, by name. */
export function lawCourse(
  compiled: CompiledModel,
  { doses, times, parameters = {}, start = times[0] ?? 0 }: LawCourse,
): ReadonlyMap<string, Float64Array> {
  const values = parameterVector(compiled.model, parameters)
  const run = simulateSubject({
    model: compiled,
    parameters: values,
    records: regimenRecords(compiled.model, { name: 'doses', doses }, values),
    start,
    end: times.at(-1) ?? start,
    options: { rtol: 1e-11, atol: 1e-13 },
  })
  if (run.outcome.status !== 'finished') throw new Error(JSON.stringify(run.outcome))
  return new Map(
    gridTable(compiled.model, run, times).columns.flatMap((column) =>
      column.kind === 'number' ? [[column.name, column.values] as const] : [],
    ),
  )
}

/** A column; throws where there is none of this name. */
export function column(course: ReadonlyMap<string, Float64Array>, name: string): Float64Array {
  const values = course.get(name)
  if (values === undefined) throw new Error(`no column ${name}`)
  return values
}

/** Names of the first course by how far they are from the second, over the largest value, where that is more than `most`. */
export function apart(
  first: ReadonlyMap<string, Float64Array>,
  second: ReadonlyMap<string, Float64Array>,
  most: number,
): readonly string[] {
  return [...first].flatMap(([name, values]) => {
    const other = column(second, name)
    const off = Math.max(...values.map((value, k) => Math.abs(value - other[k]!)))
    return off <= most * Math.max(...values.map(Math.abs)) ? [] : [`${name}: ${off}`]
  })
}

/** Doses of a library model's own regimen, or of one of its scenarios. */
export function dosesOf(id: string, scenario?: string): readonly RegimenDose[] {
  const library = libraryModel(id)
  if (scenario === undefined) return library.regimen.doses
  const found = library.scenarios?.find((one) => one.id === scenario)
  if (found === undefined) throw new Error(`${id} has no scenario ${scenario}`)
  return found.regimen.doses
}
