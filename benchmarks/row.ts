/** One line of a benchmark's result. */
export interface Row {
  readonly question: string
  readonly problem: string
  /** Our method. */
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
  /** The ratio that is to be reached; null: none is set. */
  readonly reach: number | null
  /** The ratio that is held: a measured ratio under 0.7 of it is red. Null: no bar yet. */
  readonly bar: number | null
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
}
