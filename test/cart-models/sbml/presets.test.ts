import { libraryModel } from '@cartkin/cart-models'
import { compileModel } from '@cartkin/model'
import { gridTable, parameterVector, regimenRecords, simulateSubject, timeGrid } from '@cartkin/simulation'
import { radau9 } from 'ode-ts'
import { expect, it } from 'vitest'
import { modelOf, packageFile } from '../fixtures.ts'
import { type Correction, comparisons } from './comparisons.ts'
import { readSbml } from './read-sbml.ts'
import { runSbml } from './run-sbml.ts'

function corrected(document: string, corrections: readonly Correction[]): string {
  return corrections.reduce(
    (text, { text: old, becomes, reason }) => {
      const parts = text.split(old)
      if (parts.length !== 2) throw new Error(`${document}, ${reason}: the text occurs ${parts.length - 1} times`)
      return parts.join(becomes)
    },
    packageFile(`evidence/sbml/${document}.xml`),
  )
}

it.each(comparisons)('$document is a course of $id', (comparison) => {
  const { document, id, scenario, end, corrections, quantities, left = {} } = comparison
  const library = libraryModel(id)
  const course = library.scenarios?.find((one) => one.id === scenario)
  if (scenario !== undefined && course === undefined) throw new Error(`${id} has no scenario ${scenario}`)
  const model = modelOf(id)
  const values = parameterVector(model, course?.parameters ?? {})
  const times = timeGrid(0, end, 0.25)
  const run = simulateSubject({
    model: compileModel(model),
    parameters: values,
    records: regimenRecords(model, course?.regimen ?? library.regimen, values),
    start: library.start,
    end,
    options: { method: radau9, rtol: 1e-12, atol: 1e-15 },
  })
  expect(run.outcome.status).toBe('finished')
  const table = gridTable(model, run, times)
  const reference = runSbml(readSbml(corrected(document, corrections)), times)
  expect([...reference.keys()].sort()).toEqual([...Object.keys(quantities), ...Object.keys(left)].sort())
  for (const [theirs, ours] of Object.entries(quantities)) {
    const column = table.columns.find(({ name }) => name === ours)
    const exact = reference.get(theirs)
    if (column?.kind !== 'number' || exact === undefined) throw new Error(`no ${ours} or no ${theirs}`)
    const floor = 1e-9 * Math.max(...exact.map(Math.abs))
    let worst = 0
    let where = 0
    for (const [k, value] of exact.entries()) {
      const gap = Math.abs(column.values[k]! - value) / Math.max(Math.abs(value), floor)
      if (!(gap <= worst)) [worst, where] = [gap, k]
    }
    expect(worst, `${ours} on day ${times[where]}: ${column.values[where]}, there ${exact[where]}`).toBeLessThan(1e-6)
  }
})
