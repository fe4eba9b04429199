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

  constructor({ dimension, model }: ModelInstance) {
    this.states = new Float64Array(blockRows * dimension)
    this.outputs = new Float64Array(blockRows * model.outputs.length)
  }
}
