import { readFileSync } from 'node:fs'
import type { EventRecord } from '@cartkin/simulation'

/** An initial value problem from t = 0 to its last output, given as model text: what every solver here is made from. */
export interface BenchmarkProblem {
  readonly name: string
  readonly text: string
  /** Infusions, in time order. */
  readonly doses?: readonly EventRecord[]
  /** Outputs, ascending; every state is wanted at each. */
  readonly times: readonly number[]
  /** Scale below which an error is absolute: errors are relative to |y| + floor. Every solver has atol = rtol · floor. */
  readonly floor: readonly number[]
  /** Parameters with respect to which sensitivities are wanted, all at once. */
  readonly sensitivities?: readonly string[]
}

/** Reference values, output-major; with sensitivities outputs × parameters × states. */
export function reference(name: string): Float64Array {
  const bytes = readFileSync(new URL(`../reference/${name}.ref.bin`, import.meta.url))
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** Root mean square over outputs and states of (y − exact) / (|exact| + floor); NaN where a value is missing. */
export function achievedError(floor: readonly number[], values: Float64Array, exact: Float64Array): number {
  let sum = 0
  for (let k = 0; k < exact.length; k++) {
    const error = (values[k]! - exact[k]!) / (Math.abs(exact[k]!) + floor[k % floor.length]!)
    sum += error * error
  }
  return Math.sqrt(sum / exact.length)
}
