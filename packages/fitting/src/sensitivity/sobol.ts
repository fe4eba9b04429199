import { checkInputs, type SensitivityInput } from './sensitivity-input.ts'
import { type EvaluateRows, GatheredRows, type SensitivityOptions, settled } from './sensitivity-runs.ts'
import { SobolDesign } from './sobol-design.ts'
import { type SobolOutput, sobolIndices, widestTotal } from './sobol-indices.ts'

export interface SobolOptions extends SensitivityOptions {
  /** Samples N, a power of two: N·(inputs + 2) runs, with second order N·(2·inputs + 2). */
  readonly samples: number
  /** Whether shares of pairs are computed (false). */
  readonly secondOrder?: boolean
  /** Ends the analysis at a power of two from `leastSamples` on where no interval of a total index is wider (never). */
  readonly precision?: number
  /** Where the precision is asked first, a power of two (64). */
  readonly leastSamples?: number
  /** Told the indices at powers of two on the way, from `leastSamples` on. */
  readonly onIndices?: (partial: SobolResult) => void
}

export interface SobolResult {
  /** 'precise': the precision was reached before all samples; 'stopped': `evaluate` gave null. */
  readonly status: 'finished' | 'precise' | 'stopped'
  readonly samples: number
  readonly runs: number
  readonly failed: number
  /** The widest interval of a total index. */
  readonly widest: number
  readonly outputs: readonly SobolOutput[]
}

const mostSamples = 1 << 24
/** Input values that are made at a time. */
const mostNumbers = 2e6

/**
 * Sobol indices of several outputs from the same runs, on scrambled Sobol points. Analyses with more samples begin with the runs of
 * those with fewer; the result is a function of inputs, options and the values that `evaluate` gives. An analysis that is stopped
 * has the indices of the last power of two that was complete.
 *
 * Throws a RangeError for samples that are no power of two, and for inputs or options that cannot be.
 */
export async function sobol(
  inputs: readonly SensitivityInput[],
  outputs: readonly string[],
  evaluate: EvaluateRows,
  options: SobolOptions,
): Promise<SobolResult> {
  checkInputs(inputs)
  const { samples, secondOrder = false, precision, leastSamples = Math.min(64, samples), onIndices } = options
  powerOfTwo('samples', samples)
  powerOfTwo('leastSamples', leastSamples)
  if (precision !== undefined && !(precision > 0))
    throw new RangeError(`the precision must be above 0, got ${precision}`)
  const set = settled(options)
  const design = new SobolDesign(inputs, secondOrder, set.seed)
  const { stride } = design
  const gathered = new GatheredRows(samples * stride, outputs.length)
  const names = inputs.map(({ name }) => name)
  /** Among the samples that are done; a stopped doubling may have gathered more. */
  let failed = 0
  const resultAt = (status: SobolResult['status'], count: number): SobolResult => {
    const values = gathered.outputs.subarray(0, count * stride * outputs.length)
    const runs = { inputs: names, outputs, samples: count, secondOrder, values, failed }
    const found = sobolIndices(runs, set)
    return {
      status,
      samples: count,
      runs: gathered.runs,
      failed: gathered.failed,
      widest: widestTotal(found),
      outputs: found,
    }
  }

  const block = Math.max(1, Math.floor(mostNumbers / (stride * inputs.length)))
  let done = 0
  let next = Math.min(leastSamples, samples)
  for (;;) {
    for (let first = done; first < next; first += block) {
      const count = Math.min(block, next - first)
      const part = await evaluate(design.rows(first, count), count * stride, first * stride)
      if (part === null) return resultAt('stopped', done)
      gathered.put(part, first * stride)
    }
    done = next
    failed = gathered.failed
    if (done === samples) return resultAt('finished', samples)
    if (precision !== undefined || onIndices !== undefined) {
      const partial = resultAt('precise', done)
      onIndices?.(partial)
      if (precision !== undefined && partial.widest <= precision) return partial
    }
    next = 2 * done
  }
}

function powerOfTwo(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= mostSamples && (value & (value - 1)) === 0) return
  const below = 1 << (31 - Math.clz32(value))
  const nearest = value > 2 && value < mostSamples ? `; the nearest are ${below} and ${2 * below}` : ''
  throw new RangeError(`${name} must be a power of two up to ${mostSamples}, got ${value}${nearest}`)
}
