import { runTape } from './run-tape.ts'
import type { Program } from './tape.ts'

/** The memory of one running program. */
export class RegisterFile {
  readonly program: Program
  readonly values: Float64Array

  constructor(program: Program) {
    this.program = program
    this.values = new Float64Array(program.registerCount)
    this.values.set(program.constants)
  }

  /** Sets the parameters and evaluates what depends on them alone. */
  setParameters(parameters: Float64Array): void {
    this.values.set(parameters, this.program.parameters)
    runTape(this.program.prologue, this.values)
  }

  /** Sets what stands still within a segment: switches, then dose inputs. */
  setSegment(inputs: Float64Array): void {
    const { values } = this
    const first = this.program.switches
    // they are few: a call of `set` costs more
    for (let k = 0; k < inputs.length; k++) values[first + k] = inputs[k]!
  }

  /** Runs tape `index` at (t, y); its roots are then in `values`. */
  run(index: number, t: number, y: Float64Array): void {
    const { program, values } = this
    values[program.time] = t
    const { states, stateCount } = program
    for (let i = 0; i < stateCount; i++) values[states + i] = y[i]!
    runTape(program.tapes[index]!, values)
  }

  /** Value of root `k` of tape `index`, after that tape ran (or the prologue, where the root is in parameters alone). */
  root(index: number, k: number): number {
    return this.values[this.program.tapes[index]!.roots[k]!]!
  }

  /** Where the roots of tape `index` stand in `values`. */
  roots(index: number): Int32Array {
    return this.program.tapes[index]!.roots
  }
}
