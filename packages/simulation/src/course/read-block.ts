import type { ModelInstance } from '@cartkin/model'

/** Rows that are read together. */
export const blockRows = 32

/** Room for rows of states and their outputs. */
export class ReadBlock {
  readonly times = new Float64Array(blockRows)
  /** Of a quantity that is read alone: its index, and 1 for before. */
  readonly one = new Int32Array(1)
  readonly side = new Uint8Array(1)
  readonly states: Float64Array
  readonly outputs: Float64Array
  /** The states and outputs of one time, and their derivatives by so many parameters as were asked for last. */
  readonly y: Float64Array
  readonly values: Float64Array
  s = new Float64Array()
  slopes = new Float64Array()

  constructor({ dimension, model }: ModelInstance) {
    this.states = new Float64Array(blockRows * dimension)
    this.outputs = new Float64Array(blockRows * model.outputs.length)
    this.y = new Float64Array(dimension)
    this.values = new Float64Array(model.outputs.length)
  }

  /** Makes room for the derivatives by m parameters. */
  derive(m: number): void {
    const length = m * this.y.length
    if (this.s.length === length && this.slopes.length === m * this.values.length) return
    this.s = new Float64Array(length)
    this.slopes = new Float64Array(m * this.values.length)
  }
}
