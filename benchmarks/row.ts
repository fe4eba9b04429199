import type { Bar } from './bars.ts'
import type { Effort } from './peers/contender.ts'

/** One line of a benchmark's result. */
export interface Row extends Bar {
  readonly question: string
  readonly problem: string
  /** Our method: the quickest of all. */
  readonly method: string
  readonly rival: string
  /** Achieved error that was asked of both; NaN where errors play no part. */
  readonly target: number
  /** theirs / ours, median over the rounds: above 1 we are faster. NaN where the rival is absent. */
  readonly ratio: number
  readonly ours: number
  readonly theirs: number
  readonly unit: string
  /** Root mean square error of ours, relative to |y| + floor. */
  readonly achievedError: number
  readonly rivalError: number
  /** `absent`: the rival is not installed; `missed`: one side did not reach the target at any tolerance. */
  readonly state: 'measured' | 'absent' | 'missed'
  /** theirs / ours with method 'auto', which is what a user gets who chooses none. Absent where it took no part. */
  readonly auto?: number
  /** What else there is to say. */
  readonly note?: string
  readonly work?: { readonly ours: Work | null; readonly theirs: Work | null }
}

/** How one side came to its result. */
export interface Work extends Effort {
  readonly rtol: number
}

/** A benchmark: a question, answered by rows. */
export interface Question {
  readonly name: string
  readonly asks: string
  run(options: BenchmarkOptions): AsyncIterable<Row>
}

export interface BenchmarkOptions {
  readonly quick: boolean
  /** Folder for work-precision diagrams; null: none. */
  readonly plot: string | null
  /** Whether a problem is to be run, where a question has several. */
  readonly wants: (problem: string) => boolean
}
