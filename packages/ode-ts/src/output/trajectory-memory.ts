import { NumberList } from './number-list.ts'

/**
 * Memory for one trajectory after another, so that many runs leave little behind: what a trajectory recorded in it gives
 * holds until the next one begins.
 */
export class TrajectoryMemory {
  /** Of each step: the chunk with its coefficients, their place there, its start and its end. */
  readonly chunkOf: NumberList = new NumberList()
  readonly offsetOf: NumberList = new NumberList()
  readonly starts: NumberList = new NumberList()
  readonly ends: NumberList = new NumberList()
  readonly eventTimes: NumberList = new NumberList()

  private readonly chunks: Float64Array[] = []
  private taken = 0

  /** Takes everything back. */
  begin(): void {
    this.taken = 0
    for (const list of [this.chunkOf, this.offsetOf, this.starts, this.ends, this.eventTimes]) list.length = 0
  }

  /** Room for `length` numbers or more, of any values. */
  take(length: number): Float64Array {
    const known = this.chunks[this.taken]
    const chunk = known !== undefined && known.length >= length ? known : new Float64Array(length)
    this.chunks[this.taken++] = chunk
    return chunk
  }
}
