import { libraryModels } from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { median } from './race.ts'
import type { Question, Row } from './row.ts'

const END = 365

/** How long one course of each library model takes, with its default regimen, to day 365 at default tolerances. */
export const librarySolve: Question = {
  name: 'library-solve',
  asks: 'How long does one year of one patient take at default tolerances?',
  async *run({ quick }) {
    yield* libraryModels.map((entry): Row => {
      const parsed = parseModel(entry.text)
      if (!parsed.ok) throw new Error(`${entry.id}: ${parsed.diagnostics[0]?.message}`)
      const model = compileModel(parsed.model)
      const parameters = parameterVector(parsed.model)
      const records = regimenRecords(parsed.model, entry.regimen, parameters)
      const sample = () => {
        const start = process.cpuUsage()
        simulateSubject({ model, parameters, records, start: entry.start, end: END })
        const { user, system } = process.cpuUsage(start)
        return user + system
      }
      for (let k = 0; k < 3; k++) sample()
      return {
        question: 'library-solve',
        problem: entry.id,
        method: 'auto',
        rival: 'none',
        target: Number.NaN,
        ratio: Number.NaN,
        ours: median(Array.from({ length: quick ? 5 : 25 }, sample)),
        theirs: Number.NaN,
        unit: 'µs',
        achievedError: Number.NaN,
        rivalError: Number.NaN,
        state: 'absent',
        ...{ reach: null, aim: null, bar: null },
      }
    })
  },
}
