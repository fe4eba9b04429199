import { factorCholesky } from '@cartkin/numerics'
import type { OmegaBlock } from '../model.ts'
import type { IniStatement, PlacedName } from '../syntax/syntax.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { type Constant, readConstant } from './read-constant.ts'

type OmegaStatement = Extract<IniStatement, { kind: 'omega' }>

/** The blocks of covariances of random effects, while `ini` is read. */
export class OmegaBlocks {
  readonly #blocks: { names: string[]; lower: number[]; level: string }[] = []
  /** Blocks that a line of their own may still extend: those written line by line, without a gap. */
  #growing = false
  #unchecked: { readonly names: readonly string[]; readonly lower: readonly number[]; readonly at: Extent } | undefined
  readonly #diagnostics: Diagnostics

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics
  }

  /** The blocks; what is wrong with the last has been reported once `interrupt` was called. */
  get list(): readonly OmegaBlock[] {
    return this.#blocks
  }

  /** Another entry than that of a random effect ends a block written line by line. */
  interrupt(): void {
    this.#growing = false
    this.#checkGrown()
  }

  /** Adds `eta ~ 0.1`, `a + b ~ c(v1, c21, v2)`, or the next line `b ~ c(c21, v2)` of a block; returns whether it is fixed. */
  add({ names, value, level }: OmegaStatement): boolean {
    const constant = readConstant(value, true, this.#diagnostics)
    const at = value.at(-1)?.at ?? { offset: 0, length: 1 }
    const known = this.#blocks.at(-1)
    const numbers = constant?.numbers ?? []
    const extendsBlock =
      this.#growing && known !== undefined && names.length === 1 && numbers.length === known.names.length + 1
    const own = names.map(({ name }) => name)
    if (extendsBlock && known.level === level && numbers.length > 1) {
      if (constant !== undefined && constant.forms.size > 0) {
        this.#diagnostics.error(at, 'A block written line by line holds variances and covariances; write them so.')
      }
      known.names.push(...own)
      for (const number of numbers) known.lower.push(number)
      this.#unchecked = { ...known, at }
      return constant?.fixed ?? false
    }
    this.#checkGrown()
    this.#growing = names.length === 1
    const lower = constant === undefined ? [] : this.#covariances(names, constant, at)
    this.#blocks.push({ names: own, lower, level })
    return constant?.fixed ?? false
  }

  /** Checks a block written line by line once it is whole: each line would cost as much as the block. */
  #checkGrown(): void {
    if (this.#unchecked !== undefined)
      this.#checkMatrix(this.#unchecked.names, this.#unchecked.lower, this.#unchecked.at)
    this.#unchecked = undefined
  }

  #covariances(names: readonly PlacedName[], { numbers, forms }: Constant, at: Extent): number[] {
    const n = names.length
    const wanted = (n * (n + 1)) / 2
    if (numbers.length !== wanted) {
      this.#diagnostics.error(
        at,
        `The covariance of ${n} random effect${n === 1 ? '' : 's'} has ${wanted} number${wanted === 1 ? '' : 's'} (lower triangle by rows); got ${numbers.length}.`,
      )
      return [...numbers]
    }
    const lower = forms.has('chol') ? squared(numbers, n) : [...numbers]
    if (forms.has('sd'))
      for (let i = 0; i < n; i++) lower[place(i, i)] = (lower[place(i, i)] ?? 0) * (lower[place(i, i)] ?? 0)
    if (forms.has('cor')) {
      const deviations = Array.from({ length: n }, (_, i) => Math.sqrt(lower[place(i, i)] ?? 0))
      let isPossible = true
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          const correlation = lower[place(i, j)] ?? 0
          if (!(Math.abs(correlation) <= 1)) {
            isPossible = false
            this.#diagnostics.error(
              at,
              `The correlation of ${quote(names[i]?.name ?? '')} and ${quote(names[j]?.name ?? '')} is ${correlation}; it must be between -1 and 1.`,
            )
          }
          lower[place(i, j)] = correlation * (deviations[i] ?? 0) * (deviations[j] ?? 0)
        }
      }
      if (!isPossible) return lower
    }
    const own = names.map(({ name }) => name)
    this.#checkMatrix(own, lower, at)
    return lower
  }

  /** Variances must not be negative, and the matrix must be one of covariances. */
  #checkMatrix(names: readonly string[], lower: readonly number[], at: Extent): void {
    const n = names.length
    for (let i = 0; i < n; i++) {
      const variance = lower[place(i, i)] ?? 0
      if (variance >= 0) continue
      this.#diagnostics.error(at, `The variance of ${quote(names[i] ?? '')} is ${variance}; it must not be negative.`)
      return
    }
    if (n < 2) return
    // a hair on the diagonal admits the semidefinite; effects of variance 0 must have no covariances
    const matrix = new Float64Array(n * n)
    for (let i = 0; i < n; i++) {
      const variance = lower[place(i, i)] ?? 0
      const deviation = variance > 0 ? Math.sqrt(variance) : 1
      for (let j = 0; j <= i; j++) {
        const other = lower[place(j, j)] ?? 0
        const scaled = (lower[place(i, j)] ?? 0) / deviation / (other > 0 ? Math.sqrt(other) : 1)
        matrix[i * n + j] = i === j ? 1 + 1e-6 : scaled
        if (i !== j && (variance === 0 || other === 0) && scaled !== 0) matrix[i * n + j] = Number.NaN
      }
    }
    const result = factorCholesky(matrix, n)
    if (result.status === 'factored') return
    this.#diagnostics.error(
      at,
      `These are no covariances of ${listed(names)}: the matrix is not positive definite at ${quote(names[result.column] ?? '')}. Numbers off the diagonal are covariances; for correlations write cor(…).`,
    )
  }
}

/** Place of row i, column j ≤ i in a lower triangle by rows. */
function place(i: number, j: number): number {
  return (i * (i + 1)) / 2 + j
}

/** The lower triangle of L Lᵀ. */
function squared(factor: readonly number[], n: number): number[] {
  const product: number[] = []
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = 0; k <= j; k++) sum += (factor[place(i, k)] ?? 0) * (factor[place(j, k)] ?? 0)
      product.push(sum)
    }
  }
  return product
}

/** A few names for a message. */
function listed(names: readonly string[]): string {
  const most = 4
  const shown = names.slice(0, most).map(quote).join(', ')
  return names.length > most ? `${shown}, …` : shown
}
