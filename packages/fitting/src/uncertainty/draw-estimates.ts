import { randomStream, symmetricEigen } from '@cartkin/numerics'
import type { FitResult } from '../fit-result.ts'
import type { EstimatedParameter } from '../problem/fit-problem.ts'
import { type Transform, transformOf } from '../problem/transform.ts'

/** What a fit knows of its parameters. */
export interface EstimatedWithCovariance {
  /** Scales and bounds, in the order of the estimates. */
  readonly estimated: readonly Pick<EstimatedParameter, 'name' | 'scale' | 'lower' | 'upper'>[]
  readonly estimates: readonly Pick<FitResult['estimates'][number], 'name' | 'estimate'>[]
  /** On the estimation scale, row-major; NaN where a parameter has no variance (at a bound, not identified). */
  readonly covariance: Float64Array
}

export interface DrawnEstimates {
  readonly names: readonly string[]
  /** draws × names, on the natural scale. */
  readonly values: Float64Array
  /** Parameters without a variance, which keep their estimates. */
  readonly held: readonly string[]
  /** Draws of which no attempt lay within the bounds; what lay outside was put on its bound. */
  readonly clipped: number
}

/** Most attempts to draw a vector within the bounds. */
const attempts = 1000

/**
 * Parameter vectors from the uncertainty of a fit: normal on the estimation scale with the fit's covariance, within the bounds
 * (a vector with a component outside is drawn again). Draw k is a function of the fit, the seed and k alone. Throws a RangeError
 * where the covariance is none.
 */
export function drawEstimates(
  { estimated, estimates, covariance }: EstimatedWithCovariance,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): DrawnEstimates {
  const n = estimated.length
  if (estimates.length !== n || covariance.length !== n * n)
    throw new RangeError(
      `${n} parameters have ${estimates.length} estimates and ${covariance.length} covariances; expected ${n} and ${n * n}`,
    )
  const transforms = estimated.map(transformOf)
  const free = estimated.map((_, j) => j).filter((j) => Number.isFinite(covariance[j * n + j]!))
  const root = squareRoot(
    free.map((i) => free.map((j) => covariance[i * n + j]!)),
    free.map((j) => estimated[j]!.name),
  )
  const centre = free.map((j) => transforms[j]!.toCoordinate(estimates[j]!.estimate))
  const values = new Float64Array(draws * n)
  let clipped = 0
  for (let draw = 0; draw < draws; draw++) {
    const { normal } = randomStream({ seed, study: 'parameter uncertainty', subject: draw })
    for (let j = 0; j < n; j++) values[draw * n + j] = estimates[j]!.estimate
    for (let attempt = 0; ; attempt++) {
      const x = centre.map((value, a) => {
        let sum = value
        for (let b = 0; b < free.length; b++) sum += root[a]![b]! * normal(attempt * free.length + b)
        return sum
      })
      const inside = x.every((value, a) => within(value, transforms[free[a]!]!) === value)
      if (!inside && attempt + 1 < attempts) continue
      if (!inside) clipped++
      x.forEach((value, a) => {
        const j = free[a]!
        const { lower, upper } = estimated[j]!
        const natural = transforms[j]!.toValue(within(value, transforms[j]!))
        values[draw * n + j] = Math.min(upper, Math.max(lower, natural))
      })
      break
    }
  }
  const held = estimated.flatMap(({ name }, j) => (free.includes(j) ? [] : [name]))
  return { names: estimated.map(({ name }) => name), values, held, clipped }
}

function within(value: number, { lowest, highest }: Transform): number {
  return Math.min(highest, Math.max(lowest, value))
}

/** R with R Rᵀ = the matrix, which may be singular: eigenvectors times the roots of their eigenvalues. */
function squareRoot(matrix: readonly (readonly number[])[], names: readonly string[]): readonly (readonly number[])[] {
  const k = matrix.length
  const values = new Float64Array(k)
  const vectors = new Float64Array(k * k)
  const outcome = symmetricEigen(Float64Array.from(matrix.flat()), k, values, vectors)
  const largest = values[k - 1] ?? 0
  if (outcome.status === 'failed' || (k > 0 && !((values[0] ?? 0) >= -1e-8 * largest)))
    throw new RangeError(`the covariance of ${names.join(', ')} is none: it has a negative or missing eigenvalue`)
  return matrix.map((_, a) => matrix.map((__, b) => vectors[a * k + b]! * Math.sqrt(Math.max(0, values[b]!))))
}
