import type { CodeBody } from '@cartkin/numerics/wasm'
import type { LaneCount } from './memory-layout.ts'

/** Instructions on numbers of one lane or two, appended to a body. */
export class NumberCode {
  readonly type: 'f64' | 'v128'
  readonly #body: CodeBody
  readonly #isWide: boolean

  constructor(body: CodeBody, lanes: LaneCount) {
    this.#body = body
    this.#isWide = lanes === 2
    this.type = lanes === 2 ? 'v128' : 'f64'
  }

  load(offset: number): void {
    if (this.#isWide) this.#body.v128Load(offset)
    else this.#body.f64Load(offset)
  }

  store(offset: number): void {
    if (this.#isWide) this.#body.v128Store(offset)
    else this.#body.f64Store(offset)
  }

  constant(value: number): void {
    if (this.#isWide) this.#body.f64x2Const(value)
    else this.#body.f64Const(value)
  }

  add(): void {
    if (this.#isWide) this.#body.f64x2Add()
    else this.#body.f64Add()
  }

  subtract(): void {
    if (this.#isWide) this.#body.f64x2Sub()
    else this.#body.f64Sub()
  }

  multiply(): void {
    if (this.#isWide) this.#body.f64x2Mul()
    else this.#body.f64Mul()
  }

  divide(): void {
    if (this.#isWide) this.#body.f64x2Div()
    else this.#body.f64Div()
  }

  absolute(): void {
    if (this.#isWide) this.#body.f64x2Abs()
    else this.#body.f64Abs()
  }

  squareRoot(): void {
    if (this.#isWide) this.#body.f64x2Sqrt()
    else this.#body.f64Sqrt()
  }

  /** [yes, no, a, b] → yes where a ≤ b, else no; no where one of them is NaN. */
  selectLessEqual(): void {
    if (this.#isWide) this.#body.f64x2Le().v128Bitselect()
    else this.#body.f64Le().select()
  }

  /** [a, b] → an i32, 1 where a ≤ b in any lane. */
  anyLessEqual(): void {
    if (this.#isWide) this.#body.f64x2Le().v128AnyTrue()
    else this.#body.f64Le()
  }

  /** [yes, no, a] → yes where a ≠ 0, else no. */
  selectNonzero(): void {
    if (this.#isWide) this.#body.f64x2Const(0).f64x2Ne().v128Bitselect()
    else this.#body.f64Const(0).f64Ne().select()
  }
}
