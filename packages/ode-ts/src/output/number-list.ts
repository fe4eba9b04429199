/** Numbers appended one by one to a Float64Array that doubles when full. */
export class NumberList {
  values: Float64Array = new Float64Array(32)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }
}
