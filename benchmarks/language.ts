import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { languageTexts } from './language-texts.ts'
import { compileMilliseconds, hasRxode2 } from './peers/rxode2.ts'
import { median } from './race.ts'
import type { Question, Row } from './row.ts'

/**
 * From model text to steppers that are ready, in a process that has loaded the packages and seen no model yet, and the same
 * text again there; beside the compilation of the same text by rxode2, which goes through a C compiler.
 */
export const language: Question = {
  name: 'language',
  asks: 'How long from model text to a stepper, for 3, 20, 41 and 300 states?',
  async *run({ quick, wants }) {
    const trial = fileURLToPath(new URL('./language-trial.ts', import.meta.url))
    const hasRival = hasRxode2()
    for (const [problem, text] of languageTexts) {
      if (!wants(problem)) continue
      const times = Array.from({ length: quick ? 3 : 9 }, () =>
        execFileSync(process.execPath, [trial, problem], { encoding: 'utf8' }).trim().split(' ').map(Number),
      )
      const row = (name: string, place: 0 | 1, theirs: number): Row => {
        const ours = median(times.map((trial) => trial[place]!))
        return {
          question: 'language',
          problem: name,
          method: 'auto',
          rival: 'rxode2',
          target: Number.NaN,
          ratio: theirs / ours,
          ours,
          theirs,
          unit: 'ms',
          achievedError: Number.NaN,
          rivalError: Number.NaN,
          state: Number.isNaN(theirs) ? 'absent' : 'measured',
          ...{ reach: null, aim: null, bar: null },
        }
      }
      yield row(problem, 0, hasRival ? compileMilliseconds(text) : Number.NaN)
      yield row(`${problem} again`, 1, Number.NaN)
    }
  },
}
