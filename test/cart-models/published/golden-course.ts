import { libraryModel } from '@cartkin/cart-models'
import { type CompiledModel, compileModel } from '@cartkin/model'
import { gridTable, parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { cell, modelOf, numberRows } from '../fixtures.ts'

interface Conditions {
  readonly parameters?: Readonly<Record<string, number>>
  readonly rtol?: number
  readonly atol?: number
}

export const compiled = (id: string): CompiledModel => compileModel(modelOf(id))

/** States and outputs at the times, by name; throws where the run does not finish. */
export function courseAt(
  times: Float64Array,
  model: CompiledModel,
  id: string,
  { parameters: given = {}, rtol = 1e-8, atol = 1e-10 }: Conditions = {},
): (name: string) => Float64Array {
  const { start, regimen } = libraryModel(id)
  const parameters = parameterVector(model.model, given)
  const records = regimenRecords(model.model, regimen, parameters)
  const end = times.at(-1) ?? start
  const run = simulateSubject({ model, parameters, records, start, end, options: { rtol, atol } })
  if (run.outcome.status !== 'finished') throw new Error(`${id} did not finish: ${JSON.stringify(run.outcome)}`)
  const { columns } = gridTable(model.model, run, times)
  return (name) => {
    const column = columns.find((own) => own.name === name)
    if (column?.kind !== 'number') throw new Error(`${id} shows no ${name}`)
    return column.values
  }
}

/**
 * Largest |ours − golden| / max(|golden|, 1e-3 of the column's largest value) of each column of a golden trajectory;
 * `names` gives our quantity of each column.
 */
export function goldenDeviations(
  file: string,
  id: string,
  names: Readonly<Record<string, string>>,
  conditions: Conditions = {},
): Readonly<Record<string, number>> {
  const rows = numberRows(`evidence/golden/${file}`)
  const known = Object.keys(rows[0] ?? {}).filter((column) => column !== 'day')
  if (known.sort().join() !== Object.keys(names).sort().join()) throw new Error(`${file} has the columns ${known}`)
  const days = Float64Array.from(rows, (row) => cell(row, 'day'))
  const course = courseAt(days, compiled(id), id, conditions)
  return Object.fromEntries(
    Object.entries(names).map(([column, name]) => {
      const golden = rows.map((row) => cell(row, column))
      const floor = 1e-3 * Math.max(...golden.map(Math.abs))
      const ours = course(name)
      return [
        column,
        Math.max(...golden.map((value, k) => Math.abs(ours[k]! - value) / Math.max(Math.abs(value), floor))),
      ]
    }),
  )
}
