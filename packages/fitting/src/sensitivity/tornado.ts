import { boundedProbability, checkInputs, inputValue, type SensitivityInput } from './sensitivity-input.ts'
import type { EvaluateRows } from './sensitivity-runs.ts'

/** One output with an input at the ends of its range and all others at their base values. */
export interface TornadoBar {
  readonly input: string
  /** Values of the input. */
  readonly low: number
  readonly high: number
  /** Values of the output there; NaN where it is not defined. */
  readonly atLow: number
  readonly atHigh: number
}

export interface TornadoOutput {
  readonly name: string
  /** With all inputs at their base values. */
  readonly base: number
  /** In the order of the inputs. */
  readonly bars: readonly TornadoBar[]
}

export interface TornadoResult {
  readonly status: 'finished' | 'stopped'
  readonly runs: number
  readonly failed: number
  readonly outputs: readonly TornadoOutput[]
}

/**
 * Inputs moved one at a time to the ends of their ranges, or of the central 95 % of a spread without ends: 2·inputs + 1 runs.
 *
 * @param base values of the inputs, in their order, that the others keep.
 */
export async function tornado(
  inputs: readonly SensitivityInput[],
  base: readonly number[],
  outputs: readonly string[],
  evaluate: EvaluateRows,
): Promise<TornadoResult> {
  checkInputs(inputs)
  if (base.length !== inputs.length)
    throw new RangeError(`${inputs.length} inputs need ${inputs.length} base values, got ${base.length}`)
  const k = inputs.length
  const count = 2 * k + 1
  const rows = Float64Array.from({ length: count * k }, (_, n) => base[n % k]!)
  const ends = inputs.map(({ distribution }) =>
    [0, 1].map((place) => inputValue(distribution, boundedProbability(distribution, place))),
  )
  ends.forEach((pair, i) => {
    pair.forEach((value, side) => {
      rows[(1 + 2 * i + side) * k + i] = value
    })
  })
  const evaluated = await evaluate(rows, count, 0)
  const at = (row: number, o: number): number =>
    evaluated === null || evaluated.failed[row] !== 0 ? Number.NaN : evaluated.outputs[row * outputs.length + o]!
  return {
    status: evaluated === null ? 'stopped' : 'finished',
    runs: evaluated === null ? 0 : count,
    failed: evaluated?.failed.reduce((sum, failed) => sum + failed, 0) ?? 0,
    outputs: outputs.map((name, o) => ({
      name,
      base: at(0, o),
      bars: inputs.map(({ name: input }, i) => ({
        input,
        low: ends[i]?.[0] ?? Number.NaN,
        high: ends[i]?.[1] ?? Number.NaN,
        atLow: at(1 + 2 * i, o),
        atHigh: at(2 + 2 * i, o),
      })),
    })),
  }
}
