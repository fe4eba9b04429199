import { type RandomStream, randomStream } from '@cartkin/numerics'

/** One way through the grid: inputs + 1 points, each of which differs from the one before in one input. */
export interface Trajectory {
  /** Places in [0, 1], points × inputs. */
  readonly points: Float64Array
  /** The input that changes on the way to the next point. */
  readonly order: readonly number[]
}

/**
 * Trajectories of Morris's design on a grid of `levels` levels, those of several candidates that lie far apart: beginning with
 * the two that are farthest from each other, always the candidate with the largest sum of squared distances to those chosen. M. D. Morris, Technometrics 33,
 * 161–174, 1991; F. Campolongo, J. Cariboni, A. Saltelli, Environ. Model. Softw. 22, 1509–1518, 2007 (spread); M. V. Ruano et al.,
 * Environ. Model. Softw. 37, 103–109, 2012 (one at a time). `candidates` equal to `count` spreads nothing.
 */
export function morrisDesign(
  inputs: number,
  {
    trajectories,
    candidates,
    levels,
    seed,
  }: { readonly trajectories: number; readonly candidates: number; readonly levels: number; readonly seed: number },
): readonly Trajectory[] {
  const drawn = Array.from({ length: candidates }, (_, index) =>
    trajectory(inputs, levels, randomStream({ seed, study: 'sensitivity, Morris trajectories', subject: index })),
  )
  if (candidates === trajectories) return drawn
  const distances = pairDistances(drawn, inputs)
  const chosen = farthestPair(distances, candidates).slice(0, trajectories)
  const sums = new Float64Array(candidates)
  const add = (one: number) => {
    for (let m = 0; m < candidates; m++) sums[m] = sums[m]! + distances[one * candidates + m]!
  }
  chosen.forEach(add)
  while (chosen.length < trajectories) {
    let best = -1
    for (let m = 0; m < candidates; m++) if (!chosen.includes(m) && (best < 0 || sums[m]! > sums[best]!)) best = m
    chosen.push(best)
    add(best)
  }
  return chosen.flatMap((index) => drawn[index] ?? [])
}

/** A start on the grid, an order of the inputs, and each moved by half the grid, up or down as there is room. */
function trajectory(inputs: number, levels: number, stream: RandomStream): Trajectory {
  const half = levels / 2
  const grid = Array.from({ length: inputs }, (_, i) => Math.floor(stream.uniform(i) * levels))
  const order = Array.from({ length: inputs }, (_, i) => i)
  for (let k = inputs - 1; k > 0; k--) {
    const other = Math.floor(stream.uniform(inputs + k) * (k + 1))
    const kept = order[k]!
    order[k] = order[other]!
    order[other] = kept
  }
  const points = new Float64Array((inputs + 1) * inputs)
  for (let point = 0; point <= inputs; point++) {
    grid.forEach((level, i) => {
      points[point * inputs + i] = level / (levels - 1)
    })
    const moved = order[point]
    if (moved !== undefined) grid[moved] = grid[moved]! + (grid[moved]! < half ? half : -half)
  }
  return { points, order }
}

/** Sums of the squared distances between all points of two trajectories, candidates × candidates. */
function pairDistances(drawn: readonly Trajectory[], inputs: number): Float64Array {
  // Σ |x − y|² over all pairs of points follows from the sums of x, y and their squares
  const points = inputs + 1
  const sums = drawn.map(({ points: all }) => {
    const first = new Float64Array(inputs)
    let squares = 0
    all.forEach((place, k) => {
      first[k % inputs] = first[k % inputs]! + place
      squares += place * place
    })
    return { first, squares }
  })
  const distances = new Float64Array(drawn.length * drawn.length)
  sums.forEach((one, m) => {
    sums.forEach((other, l) => {
      if (m === l) return
      let product = 0
      for (let i = 0; i < inputs; i++) product += one.first[i]! * other.first[i]!
      distances[m * drawn.length + l] = points * (one.squares + other.squares) - 2 * product
    })
  })
  return distances
}

function farthestPair(distances: Float64Array, candidates: number): number[] {
  let pair = [0, 1]
  let farthest = Number.NEGATIVE_INFINITY
  for (let m = 0; m < candidates; m++) {
    for (let l = m + 1; l < candidates; l++) {
      const distance = distances[m * candidates + l]!
      if (!(distance > farthest)) continue
      farthest = distance
      pair = [m, l]
    }
  }
  return pair
}
