import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { barOf } from './bars.ts'
import { median } from './race.ts'
import type { Question, Row } from './row.ts'

/** Milliseconds wanted at most. */
const goals = { P1: 60, 'P1 again': 5, NET300: 2000 } as const

/**
 * Text to first result of P1 in a process that has just loaded the packages, then the same text again, and the
 * compilation of a network of 300 states. The rival is the time wanted.
 */
export const compileLatency: Question = {
  name: 'compile-latency',
  asks: 'How long from model text to the first result?',
  async *run({ quick }) {
    const trial = fileURLToPath(new URL('./compile-latency-trial.ts', import.meta.url))
    const trials = Array.from({ length: quick ? 3 : 9 }, () =>
      execFileSync(process.execPath, [trial], { encoding: 'utf8' }),
    )
    const times = trials.map((line) => line.trim().split(' ').map(Number))
    yield* Object.entries(goals).map(([problem, goal], k): Row => {
      const ours = median(times.map((trial) => trial[k]!))
      return {
        question: 'compile-latency',
        problem,
        method: 'auto',
        rival: 'goal',
        target: Number.NaN,
        ratio: goal / ours,
        ours,
        theirs: goal,
        unit: 'ms',
        achievedError: Number.NaN,
        rivalError: Number.NaN,
        state: 'measured',
        ...barOf('compile-latency', problem, 'goal', Number.NaN),
      }
    })
  },
}
