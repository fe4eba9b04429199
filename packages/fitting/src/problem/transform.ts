import { exp, log } from '@cartkin/numerics'

/**
 * A monotone map between a parameter's natural value and the coordinate in which it is estimated. Steps, intervals and
 * covariances are formed in the coordinate.
 */
export interface Transform {
  toCoordinate(value: number): number
  toValue(coordinate: number): number
  /** d value / d coordinate at a natural value. */
  slope(value: number): number
  /** Most a coordinate should change at once; Infinity where the coordinate has the parameter's own unit. */
  readonly longestStep: number
}

/** Transforms by the name of the scale. A step on the log scale changes a value at most e² = 7.4 fold. */
export const transforms: Readonly<Record<'log' | 'linear', Transform>> = {
  log: { toCoordinate: log, toValue: exp, slope: (value) => value, longestStep: 2 },
  linear: { toCoordinate: (value) => value, toValue: (x) => x, slope: () => 1, longestStep: Infinity },
}
