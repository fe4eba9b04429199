/** A solver on one problem: ours or a rival's. */
export interface Contender {
  readonly name: string
  /** Values at all outputs for a relative tolerance, subject-major; NaN where it failed. */
  solve(rtol: number): Promise<Float64Array>
  /** Microseconds of CPU time of one pass over the problem's subjects, mean of `repeats`. */
  time(rtol: number, repeats: number): Promise<number>
  /** Ends what was started for it. */
  close(): void
}
