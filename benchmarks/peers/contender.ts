/** Work of one pass; NaN where a solver does not tell. */
export interface Effort {
  /** Accepted. */
  readonly steps: number
  readonly rejected: number
  readonly rhsEvaluations: number
}

/** What one pass gave. */
export interface Solved {
  /** Values at all outputs, subject-major; NaN where the solver failed. */
  readonly values: Float64Array
  readonly effort: Effort
}

/** A solver on one problem: ours or a rival's. */
export interface Contender {
  readonly name: string
  /** Solves with a relative tolerance. */
  solve(rtol: number): Promise<Solved>
  /** Microseconds of CPU time of one pass over the problem's subjects, mean of `repeats`. */
  time(rtol: number, repeats: number): Promise<number>
  /** Ends what was started for it. */
  close(): void
}
