import type { LaneCount } from '../code/memory-layout.ts'

/** Bytes of one buffer of a lane, where an entry is not larger. */
const bufferBytes = 32768
const mostSteps = 64
const leastSteps = 4
const mostSamples = 128
const leastSamples = 8

/** Where a kernel's memory has room for the output of a march, lane after lane: logged steps, times of samples, samples. */
export interface MarchBuffers {
  /** Address of the first lane's, a multiple of 16. */
  readonly start: number
  /** Bytes of each lane. */
  readonly laneBytes: number
  /** Address after the last. */
  readonly end: number
  /** Numbers of a logged step, and how many steps there is room for. */
  readonly stepNumbers: number
  readonly steps: number
  /** Samples there is room for: first their times, then their states. */
  readonly samples: number
}

export function marchBuffers(extent: number, lanes: LaneCount, dimension: number, denseRows: number): MarchBuffers {
  const stepNumbers = 2 + (2 + denseRows) * (dimension + (dimension % 2))
  const steps = roomFor(8 * stepNumbers, leastSteps, mostSteps)
  const samples = roomFor(8 * dimension, leastSamples, mostSamples)
  const start = 16 * Math.ceil(extent / 16)
  const laneBytes = 16 * Math.ceil((8 * (steps * stepNumbers + samples * (1 + dimension))) / 16)
  return { start, laneBytes, end: start + lanes * laneBytes, stepNumbers, steps, samples }
}

function roomFor(bytes: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.floor(bufferBytes / bytes)))
}
