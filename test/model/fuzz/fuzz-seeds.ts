import fc from 'fast-check'
import { guardedKeys } from '../hostile/guarded-keys.ts'
import { type Choices, choicesFrom, choicesOf } from './choices.ts'
import { fuzzInput } from './fuzz-input.ts'

/** Of the processor, for one text. */
const mostSeconds = 2

/** Reads the texts of these seeds. The first that goes wrong is made small and thrown; `onSeed` is told each beforehand. */
export function fuzzSeeds(from: number, to: number, onSeed: (seed: number) => void): void {
  const before = guardedKeys()
  for (let seed = from; seed < to; seed++) {
    onSeed(seed)
    const choices = choicesOf(seed)
    if (problemOf(choices) !== undefined) throw new Error(`seed ${seed}: ${smallest(choices.drawn)}`)
  }
  if (guardedKeys() !== before) throw new Error(`seeds ${from} to ${to - 1} changed prototypes or globals`)
}

function problemOf(choices: Choices): { readonly problem: string; readonly text: string } | undefined {
  const start = process.threadCpuUsage()
  try {
    const { text, problems } = fuzzInput(choices)
    const { user, system } = process.threadCpuUsage(start)
    const seconds = (user + system) / 1e6
    const [problem = seconds < mostSeconds ? undefined : `took ${seconds} s`] = problems
    return problem === undefined ? undefined : { problem, text }
  } catch (error) {
    return { problem: error instanceof Error ? (error.stack ?? '') : String(error), text: '' }
  }
}

/** A failing sequence of choices, made small by fast-check, as the text that it makes. */
function smallest(drawn: readonly number[]): string {
  const sequences = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: drawn.length })
  const isFine = (sequence: readonly number[]) => problemOf(choicesFrom(sequence)) === undefined
  const result = fc.check(fc.property(sequences, isFine), {
    examples: [[[...drawn]]],
    numRuns: 1,
    interruptAfterTimeLimit: 20_000,
  })
  const found = problemOf(choicesFrom(result.counterexample?.[0] ?? drawn))
  return `${found?.problem}\n--- text:\n${found?.text}\n--- choices: ${JSON.stringify(result.counterexample?.[0])}`
}
