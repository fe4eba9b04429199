/** A computation whose bits are held: every engine, thread and lane is to give the same. */
export interface GoldenRun {
  readonly name: string
  /** Everything it gives, alone. */
  readonly values: () => Float64Array | Promise<Float64Array>
  /** The same values where it shares the two lanes of an ensemble, `before` subjects ahead of it and others after it. */
  readonly inCompany?: (before: number) => Float64Array
}

/** Several results as one. */
export function joined(...parts: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => Array.from(part)))
}
