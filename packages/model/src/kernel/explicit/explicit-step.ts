import type { CodeBody } from '@cartkin/numerics/wasm'

/** The parts of an explicit step, each appended to a body. */
export interface ExplicitStep {
  /** What an attempt begins with. */
  begin(body: CodeBody): void
  /** The first stage. */
  first(body: CodeBody): void
  /** The other stages, as far as the error needs them, the end state and the error. */
  rest(body: CodeBody): void
  /** Pushes the sum of the squares of the weighted error. */
  error(body: CodeBody): void
  /** Likewise of the second estimate of the error; undefined where there is none. */
  readonly lowError: ((body: CodeBody) => void) | undefined
  /** The last stage, where the error does not need it. */
  last(body: CodeBody): void
  /** Further stages and the rows of the continuous extension. */
  dense(body: CodeBody): void
}
