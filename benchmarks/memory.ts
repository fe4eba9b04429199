import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { barOf } from './bars.ts'
import type { Question } from './row.ts'

const SUBJECTS = 10_000
/** Megabytes wanted at most. */
const GOAL = 300

/**
 * The peak of a whole process with two workers that runs 10,000 patients of lupus-qsp for a year: percentiles by the day
 * of three quantities, and all endpoints of each patient. The rival is the memory wanted.
 */
export const memory: Question = {
  name: 'memory',
  asks: 'How much memory does a population of 10,000 take?',
  async *run({ wants }) {
    if (!wants('lupus-qsp')) return
    // compiled sources are kept as the command keeps them: the first run fills the cache
    await trial(16)
    const { bytes, failed } = await trial(SUBJECTS)
    if (failed > 0) throw new Error(`${failed} of ${SUBJECTS} runs did not finish`)
    const ours = bytes / 1e6
    yield {
      question: 'memory',
      problem: 'lupus-qsp',
      method: 'auto',
      rival: 'goal',
      target: Number.NaN,
      ratio: GOAL / ours,
      ours,
      theirs: GOAL,
      unit: 'MB',
      achievedError: Number.NaN,
      rivalError: Number.NaN,
      state: 'measured',
      ...barOf('memory', 'lupus-qsp', 'goal', Number.NaN),
    }
  },
}

async function trial(subjects: number): Promise<{ readonly bytes: number; readonly failed: number }> {
  const script = fileURLToPath(new URL('./memory-trial.ts', import.meta.url))
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'cartkin-benchmark-cache') }
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(subjects)], { env })
  return JSON.parse(stdout)
}
