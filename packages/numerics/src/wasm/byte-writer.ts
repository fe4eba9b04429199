/** A growing sequence of bytes with the number encodings of WebAssembly's binary format (LEB128, little endian). */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  get length(): number {
    return this.#length
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  bytes(values: ArrayLike<number>): void {
    this.#reserve(values.length)
    this.#bytes.set(values, this.#length)
    this.#length += values.length
  }

  /** An integer in [0, 2^32). */
  unsigned(value: number): void {
    if (value >>> 0 !== value) {
      throw new RangeError(`WebAssembly: an index, size or offset must be an integer in [0, 2^32), got ${value}`)
    }
    let rest = value
    while (rest > 127) {
      this.byte((rest & 127) | 128)
      rest >>>= 7
    }
    this.byte(rest)
  }

  /** An instruction whose arguments are integers in [0, 2^32). */
  instruction(code: number, first: number, second?: number): void {
    this.byte(code)
    this.unsigned(first)
    if (second !== undefined) this.unsigned(second)
  }

  /** An integer in [-2^31, 2^31). */
  signed(value: number): void {
    let rest = value | 0
    while (rest < -64 || rest > 63) {
      this.byte((rest & 127) | 128)
      rest >>= 7
    }
    this.byte(rest & 127)
  }

  /** An integer in [-2^63, 2^64), taken modulo 2^64. */
  signed64(value: bigint): void {
    let rest = BigInt.asIntN(64, value)
    while (rest < -64n || rest > 63n) {
      this.byte(Number(rest & 127n) | 128)
      rest >>= 7n
    }
    this.byte(Number(rest & 127n))
  }

  float64(value: number): void {
    this.#reserve(8)
    this.#view.setFloat64(this.#length, value, true)
    this.#length += 8
  }

  bits64(value: bigint): void {
    this.#reserve(8)
    this.#view.setBigUint64(this.#length, BigInt.asUintN(64, value), true)
    this.#length += 8
  }

  /** 32 bits. */
  word(value: number): void {
    this.#reserve(4)
    this.#view.setUint32(this.#length, value, true)
    this.#length += 4
  }

  /** UTF-8 after its length in bytes; the names of this room are ASCII. */
  name(text: string): void {
    this.unsigned(text.length)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 126) throw new RangeError(`WebAssembly: the name "${text}" must be ASCII`)
      this.byte(code)
    }
  }

  /** The content after its length in bytes. */
  sized(content: ByteWriter): void {
    this.unsigned(content.length)
    this.bytes(content.content())
  }

  /** The bytes so far; a view, valid until the next write. */
  content(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(2 * (this.#length + count))
    larger.set(this.content())
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}
