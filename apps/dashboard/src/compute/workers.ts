import type { ComputePool } from '@cartkin/compute'

/** Where work is done: one worker kept free for sliders, and others, started at first use, for what takes longer. */
export interface Workers {
  readonly live: ComputePool
  readonly batch: () => ComputePool
  /** For a fit that may be paused, which holds its worker. */
  readonly steered: () => ComputePool
  /** Starts a worker that reads data files. */
  readonly reader: () => Worker
}
