/** A residual with its weights of (location in σ, log σ, ν). */
export interface ScoreRow {
  readonly residual: number
  readonly weights: readonly number[]
}

const SIZE = 3
/** Pivots below this share of their diagonal are rounding. */
const negligible = 1e-12

/**
 * Rows of residuals r and weights W with Wᵀr = −score exactly and WᵀW = information, by Cholesky factors. What of the score
 * the information cannot carry, where it is singular, becomes rows of its own whose squares are their curvature (the outer
 * product of the score), so that the gradient stays exact and the curvature positive semidefinite.
 */
export function scoreRows(score: readonly number[], information: readonly number[]): readonly ScoreRow[] {
  const lower = new Float64Array(SIZE * SIZE)
  const solved = new Float64Array(SIZE)
  const rows: ScoreRow[] = []
  for (let j = 0; j < SIZE; j++) {
    let pivot = information[j * SIZE + j]!
    let rest = score[j]!
    for (let k = 0; k < j; k++) {
      pivot -= lower[j * SIZE + k]! * lower[j * SIZE + k]!
      rest -= lower[j * SIZE + k]! * solved[k]!
    }
    if (pivot > negligible * information[j * SIZE + j]!) {
      const root = Math.sqrt(pivot)
      lower[j * SIZE + j] = root
      solved[j] = rest / root
      for (let i = j + 1; i < SIZE; i++) {
        let entry = information[i * SIZE + j]!
        for (let k = 0; k < j; k++) entry -= lower[i * SIZE + k]! * lower[j * SIZE + k]!
        lower[i * SIZE + j] = entry / root
      }
      rows.push({ residual: -solved[j]!, weights: [0, 1, 2].map((i) => lower[i * SIZE + j]!) })
    } else if (rest !== 0) {
      rows.push({ residual: -1, weights: [0, 1, 2].map((i) => (i === j ? rest : 0)) })
    }
  }
  return rows
}
