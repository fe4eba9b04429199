import { readFileSync } from 'node:fs'

/** An initial value problem with reference solutions. */
export interface BenchmarkProblem {
  readonly name: string
  readonly stiff: boolean
  readonly y0: readonly number[]
  /** Outputs, ascending; the run starts at 0 and ends at the last. */
  readonly times: readonly number[]
  /** Scale below which an error is absolute: errors are relative to |y| + floor. */
  readonly floor: readonly number[]
  readonly derivative: (t: number, y: Float64Array, dydt: Float64Array) => void
}

/** Reference values, output-major. */
export function reference(name: string): Float64Array {
  const bytes = readFileSync(new URL(`../reference/${name}.ref.bin`, import.meta.url))
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** Root mean square over outputs and states of (y − reference) / (|reference| + floor). */
export function achievedError(problem: BenchmarkProblem, values: Float64Array, exact: Float64Array): number {
  let sum = 0
  for (let k = 0; k < exact.length; k++) {
    const error = (values[k]! - exact[k]!) / (Math.abs(exact[k]!) + problem.floor[k % problem.y0.length]!)
    sum += error * error
  }
  return Math.sqrt(sum / exact.length)
}
