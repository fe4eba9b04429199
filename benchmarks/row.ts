/** One line of a benchmark's result. */
export interface Row {
  readonly question: string
  readonly problem: string
  /** Our method. */
  readonly method: string
  readonly rival: string
  /** theirs / ours: above 1 we are faster. NaN where the rival is absent. */
  readonly ratio: number
  readonly ours: number
  readonly theirs: number
  readonly unit: string
  /** Root mean square error, relative to |y| + floor, at which both are compared. */
  readonly achievedError: number
  /** The ratio that is wanted; a measured ratio under 0.7 of it is red. NaN: not held against any. */
  readonly bar: number
}

/** A benchmark: a question, answered by rows. */
export interface Question {
  readonly name: string
  readonly asks: string
  run(options: { readonly quick: boolean }): Promise<readonly Row[]>
}
