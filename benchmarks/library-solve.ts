import { libraryModels } from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import type { Question, Row } from './row.ts'
import { timeAlternating } from './time-alternating.ts'

const END = 365

/** Native solvers to be measured against where they are installed. */
const ABSENT = 'cvode'

/** How long one course of each library model takes, with its default regimen, to day 365 at default tolerances. */
export const librarySolve: Question = {
  name: 'library-solve',
  asks: 'How long does one year of one patient take?',
  async run({ quick }) {
    return libraryModels.map((entry): Row => {
      const parsed = parseModel(entry.text)
      if (!parsed.ok) throw new Error(`${entry.id}: ${parsed.diagnostics[0]?.message}`)
      const model = compileModel(parsed.model)
      const parameters = parameterVector(parsed.model)
      const records = regimenRecords(parsed.model, entry.regimen, parameters)
      const solve = () => simulateSubject({ model, parameters, records, start: entry.start, end: END })
      const { ours } = timeAlternating(solve, solve, quick ? 3 : 9)
      return {
        question: 'library-solve',
        problem: entry.id,
        method: 'auto',
        rival: ABSENT,
        ratio: Number.NaN,
        ours,
        theirs: Number.NaN,
        unit: 'µs',
        achievedError: Number.NaN,
        bar: Number.NaN,
      }
    })
  },
}
