/** Outputs of rows of inputs. */
export interface EvaluatedRows {
  /** Count × outputs, row-major; NaN where an output is not defined. */
  readonly outputs: Float64Array
  /** One per row: 1 where the run failed, whose outputs do not count. */
  readonly failed: Uint8Array
}

/**
 * Computes the outputs of `count` rows of input values (count × inputs, row-major), rows `from` … of all: a pure function of the
 * values. Null where the analysis is to stop.
 */
export type EvaluateRows = (rows: Float64Array, count: number, from: number) => Promise<EvaluatedRows | null>

/** A value with the ends of its confidence interval; NaN where there are too few runs. */
export interface Interval {
  readonly value: number
  readonly lower: number
  readonly upper: number
}

/** What every method needs to know. */
export interface SensitivityOptions {
  /** Seed of designs and resamplings (1). */
  readonly seed?: number
  /** Level of confidence intervals (0.95). */
  readonly level?: number
  /** Resamplings behind them (500). */
  readonly resamples?: number
}

/** Settings with their defaults; throws a RangeError for what cannot be. */
export function settled({ seed = 1, level = 0.95, resamples = 500 }: SensitivityOptions): Required<SensitivityOptions> {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`the seed must be a safe integer, got ${seed}`)
  if (!(level > 0 && level < 1)) throw new RangeError(`the confidence level must be between 0 and 1, got ${level}`)
  if (!(Number.isSafeInteger(resamples) && resamples >= 50))
    throw new RangeError(`confidence intervals need at least 50 resamplings, got ${resamples}`)
  return { seed, level, resamples }
}

/** Outputs of all rows so far, where those of failed runs are NaN. */
export class GatheredRows {
  readonly outputs: Float64Array
  readonly #width: number
  runs = 0
  failed = 0

  constructor(rows: number, outputs: number) {
    this.outputs = new Float64Array(rows * outputs).fill(Number.NaN)
    this.#width = outputs
  }

  put({ outputs, failed }: EvaluatedRows, from: number): void {
    const width = this.#width
    if (outputs.length !== failed.length * width)
      throw new RangeError(
        `${failed.length} runs with ${width} outputs need ${failed.length * width} values, got ${outputs.length}`,
      )
    failed.forEach((isFailed, row) => {
      if (isFailed !== 0) return
      for (let k = 0; k < width; k++) this.outputs[(from + row) * width + k] = outputs[row * width + k]!
    })
    this.runs += failed.length
    this.failed += failed.reduce((sum, isFailed) => sum + (isFailed === 0 ? 0 : 1), 0)
  }
}
