import { factorLu, randomStream, solveLu } from '@cartkin/numerics'

/** A point of a simplex and its objective; Infinity where it cannot be evaluated. */
export interface Vertex {
  readonly x: Float64Array
  readonly f: number
}

/** Makes the vertex at a point, or at the point of the bounds nearest to it. */
export type MakeVertex = (x: Float64Array) => Vertex

/** n + 1 vertices in rising order of the objective; of equal ones the older comes first. */
export type Simplex = readonly Vertex[]

const sorted = (vertices: readonly Vertex[]): Simplex =>
  vertices.toSorted((a, b) => (a.f < b.f ? -1 : a.f > b.f ? 1 : 0))

/**
 * A vertex and n neighbours, away along each of the directions (n × n, row-major); on the other side where a bound or a failure
 * is in the way.
 */
export function simplexAbout(best: Vertex, directions: Float64Array, make: MakeVertex): Simplex {
  const n = best.x.length
  const distance = (x: Float64Array): number => {
    let sum = 0
    for (let j = 0; j < n; j++) sum += (x[j]! - best.x[j]!) * (x[j]! - best.x[j]!)
    return sum
  }
  const neighbours = Array.from({ length: n }, (_, k) => {
    const along = (sign: number): Float64Array => best.x.map((v, j) => v + sign * directions[k * n + j]!)
    const ahead = make(along(1))
    if (ahead.f < Infinity && distance(ahead.x) > 0.25 * distance(along(1))) return ahead
    const behind = make(along(-1))
    return distance(behind.x) < distance(ahead.x) ? ahead : behind
  })
  return sorted([best, ...neighbours])
}

/** Directions along the axes, down the gradient; upwards where there is none. */
export function axesDown(gradient: Float64Array | null, edge: number, n: number): Float64Array {
  const directions = new Float64Array(n * n)
  for (let j = 0; j < n; j++) directions[j * n + j] = gradient !== null && gradient[j]! > 0 ? -edge : edge
  return directions
}

/** Directions of an orthogonal frame drawn at random: the same for the same round. */
export function turnedAxes(edge: number, n: number, round: number): Float64Array {
  const { normal } = randomStream({ seed: round, study: 'turned simplex' })
  const frame = Float64Array.from({ length: n * n }, (_, k) => normal(k))
  for (let k = 0; k < n; k++) {
    // twice, for orthogonality to rounding
    for (let pass = 0; pass < 2; pass++)
      for (let l = 0; l < k; l++) {
        let along = 0
        for (let j = 0; j < n; j++) along += frame[k * n + j]! * frame[l * n + j]!
        for (let j = 0; j < n; j++) frame[k * n + j] = frame[k * n + j]! - along * frame[l * n + j]!
      }
    let square = 0
    for (let j = 0; j < n; j++) square += frame[k * n + j]! * frame[k * n + j]!
    for (let j = 0; j < n; j++) frame[k * n + j] = frame[k * n + j]! / Math.sqrt(square)
  }
  return frame.map((v) => edge * v)
}

/**
 * One step of J. A. Nelder and R. Mead (Comput. J. 7:308, 1965): reflection, expansion, contraction or shrinkage, with the
 * coefficients by dimension of F. Gao, L. Han, Comput. Optim. Appl. 51:259, 2012.
 */
export function simplexStep(simplex: Simplex, make: MakeVertex): Simplex {
  const n = simplex.length - 1
  const [expansion, contraction, shrinkage] = n > 1 ? [1 + 2 / n, 0.75 - 0.5 / n, 1 - 1 / n] : [2, 0.5, 0.5]
  const best = simplex[0]!
  const worst = simplex[n]!
  const second = simplex[n - 1]!
  const centre = new Float64Array(n)
  for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) centre[j] = centre[j]! + simplex[k]!.x[j]! / n
  const beyond = (t: number): Vertex => make(centre.map((c, j) => c + t * (c - worst.x[j]!)))
  const replaced = (vertex: Vertex): Simplex => sorted([...simplex.slice(0, n), vertex])

  const reflected = beyond(1)
  if (reflected.f < best.f) {
    const expanded = beyond(expansion)
    return replaced(expanded.f < reflected.f ? expanded : reflected)
  }
  if (reflected.f < second.f) return replaced(reflected)
  const contracted = beyond(reflected.f < worst.f ? contraction : -contraction)
  if (contracted.f < Math.min(reflected.f, worst.f)) return replaced(contracted)
  const shrunk = simplex.slice(1).map(({ x }) => make(x.map((v, j) => best.x[j]! + shrinkage * (v - best.x[j]!))))
  return sorted([best, ...shrunk])
}

/**
 * The gradient of the linear function through the vertices; null where one has no objective or they lie in a plane.
 * C. T. Kelley, SIAM J. Optim. 10:43, 1999.
 */
export function simplexGradient(simplex: Simplex): Float64Array | null {
  const n = simplex.length - 1
  const best = simplex[0]!
  if (!(simplex[n]!.f < Infinity)) return null
  const edges = new Float64Array(n * n)
  const differences = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const { x, f } = simplex[k + 1]!
    for (let j = 0; j < n; j++) edges[k * n + j] = x[j]! - best.x[j]!
    differences[k] = f - best.f
  }
  const pivots = new Int32Array(n)
  if (factorLu(edges, n, pivots).status === 'failed') return null
  solveLu(edges, n, pivots, differences)
  return differences.every(Number.isFinite) ? differences : null
}

/** The longest edge from the best vertex, in any coordinate. */
export function spanOf(simplex: Simplex): number {
  const best = simplex[0]!
  let span = 0
  for (const { x } of simplex) for (let j = 0; j < x.length; j++) span = Math.max(span, Math.abs(x[j]! - best.x[j]!))
  return span
}
