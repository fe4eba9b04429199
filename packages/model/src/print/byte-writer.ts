/** Collects bytes: numbers little-endian, texts as UTF-16 with their length before them. */
export class ByteWriter {
  #bytes = new Uint8Array(4096)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  byte(value: number): void {
    this.#reserve(1)
    this.#view.setUint8(this.#length, value)
    this.#length += 1
  }

  count(value: number): void {
    this.#reserve(4)
    this.#view.setUint32(this.#length, value, true)
    this.#length += 4
  }

  /** All NaN are one. */
  number(value: number): void {
    this.#reserve(8)
    this.#view.setFloat64(this.#length, Number.isNaN(value) ? Number.NaN : value, true)
    if (Number.isNaN(value)) this.#view.setBigUint64(this.#length, 0x7ff8000000000000n, true)
    this.#length += 8
  }

  text(value: string): void {
    this.count(value.length)
    for (let i = 0; i < value.length; i++) {
      this.byte(value.charCodeAt(i) & 255)
      this.byte(value.charCodeAt(i) >>> 8)
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more))
    grown.set(this.#bytes)
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }
}
