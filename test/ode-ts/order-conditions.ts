import type { RosenbrockTableau, Tableau } from 'ode-ts'

/** A rooted tree: the list of its children. */
interface Tree {
  readonly children: readonly Tree[]
}

/** All rooted trees of `order` vertices, each once (1, 1, 2, 4, 9 for orders 1 … 5). */
export function rootedTrees(order: number): readonly Tree[] {
  return forests(order - 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY).map((children) => ({ children }))
}

/** Multisets of trees with `total` vertices, none above the tree numbered (size, index), largest first. */
function forests(total: number, size: number, index: number): readonly (readonly Tree[])[] {
  if (total === 0) return [[]]
  const found: (readonly Tree[])[] = []
  for (let first = Math.min(size, total); first >= 1; first--) {
    rootedTrees(first).forEach((tree, i) => {
      if (first === size && i > index) return
      for (const rest of forests(total - first, first, i)) found.push([tree, ...rest])
    })
  }
  return found
}

export function vertices(tree: Tree): number {
  return 1 + tree.children.reduce((sum, child) => sum + vertices(child), 0)
}

/** γ(t) of Butcher's theory: the exact solution has 1/γ(t) as weight of the elementary differential. */
export function density(tree: Tree): number {
  return vertices(tree) * tree.children.reduce((product, child) => product * density(child), 1)
}

/** A one-step method in classical form: k_i = h f(y + Σ α_ij k_j) + h J Σ (β − α)_ij k_j; β = α when explicit. */
interface ClassicalForm {
  readonly alpha: readonly (readonly number[])[]
  readonly beta: readonly (readonly number[])[]
  /** Turns weights of the method's own stage vectors into weights of the classical ones. */
  readonly weights: (own: readonly number[]) => readonly number[]
}

/**
 * E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, IV.7: Γ = (diag(1/γ) − C)^-1, α = a Γ, b = m Γ.
 */
export function classicalForm(method: Tableau | RosenbrockTableau): ClassicalForm {
  const stages = method.b.length
  if (method.kind === 'explicit') {
    const alpha = square([...method.a, ...(method.denseStages ?? []).map(({ a }) => a)], method.dense.length)
    return { alpha, beta: alpha, weights: (own) => own }
  }
  const inverse = square(method.C, stages).map((row, i) => row.map((value, j) => (i === j ? 1 / method.gamma : -value)))
  const gamma = invertLower(inverse)
  const weights = (own: readonly number[]) =>
    gamma.map((_, j) => gamma.reduce((sum, row, i) => sum + (own[i] ?? 0) * row[j]!, 0))
  const alpha = square(method.a, stages).map(weights)
  return { alpha, beta: alpha.map((row, i) => row.map((value, j) => value + gamma[i]![j]!)), weights }
}

/** Φ(t) of each stage: what the method has where the exact solution has 1/γ(t), up to the weights of the root. */
function stageWeights(form: ClassicalForm, tree: Tree): readonly number[] {
  // In Rosenbrock methods a vertex with one child is joined by β, one with several by α.
  const matrix = tree.children.length === 1 ? form.beta : form.alpha
  const below = tree.children.map((child) => stageWeights(form, child))
  return matrix.map((row) =>
    below.reduce((product, phi) => product * row.reduce((sum, value, j) => sum + value * phi[j]!, 0), 1),
  )
}

/** Σ b_i Φ_i(t). */
export function weigh(weights: readonly number[], form: ClassicalForm, tree: Tree): number {
  const phi = stageWeights(form, tree)
  return phi.reduce((sum, value, i) => sum + (weights[i] ?? 0) * value, 0)
}

function square(rows: readonly (readonly number[])[], size: number): readonly (readonly number[])[] {
  return rows.map((row) => Array.from({ length: size }, (_, j) => row[j] ?? 0))
}

function invertLower(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const size = matrix.length
  const inverse: number[][] = matrix.map(() => new Array<number>(size).fill(0))
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = i === j ? 1 : 0
      for (let l = j; l < i; l++) sum -= matrix[i]![l]! * inverse[l]![j]!
      inverse[i]![j] = sum / matrix[i]![i]!
    }
  }
  return inverse
}
