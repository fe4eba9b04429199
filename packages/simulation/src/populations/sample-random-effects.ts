import type { Model, OmegaBlock } from '@cartkin/model'
import { factorCholesky, randomStream } from '@cartkin/numerics'
import { type DrawKey, studyOfDraw } from './draw-key.ts'
import type { RandomEffectsPopulation } from './population.ts'

/** Names the random numbers of between-subject effects among those of a study. */
const STREAM = 'random effects'

/**
 * Parameter values of subject `index` (0-based) with its random effects drawn from the model's omega blocks: a pure function
 * of its arguments. Effects whose variance is 0 stay 0. Throws a RangeError for a covariance block that is not positive
 * definite.
 *
 * @param occasionOf the number of the occasion, for the blocks of a level such as `occ`; the first if absent.
 */
export function sampleRandomEffects(
  model: Model,
  typical: Float64Array,
  key: DrawKey,
  occasionOf: (level: string) => number = () => 1,
): Float64Array {
  const index = new Map(model.parameters.map(({ name }, k) => [name, k]))
  const study = studyOfDraw(STREAM, key)
  const streamOf = (occasion: number) => randomStream({ seed: key.seed, study, subject: key.index, occasion })
  const bySubject = streamOf(0)
  const values = Float64Array.from(typical)
  let draw = 0
  for (const block of model.omega) {
    const factor = choleskyOf(block)
    const n = block.names.length
    const stream = block.level === 'id' ? bySubject : streamOf(occasionOf(block.level))
    const deviates = block.names.map((_, k) => stream.normal(draw + k))
    draw += n
    block.names.forEach((name, i) => {
      let effect = 0
      for (let j = 0; j <= i; j++) effect += factor[i * n + j]! * deviates[j]!
      const k = index.get(name)
      if (k !== undefined) values[k] = effect
    })
  }
  return values
}

/** The population that a text's omega blocks describe; null where it has none. */
export function randomEffectsOf(model: Model): RandomEffectsPopulation | null {
  const randomEffects = model.omega.flatMap(({ names }) => names)
  return randomEffects.length === 0 ? null : { randomEffects }
}

/** Lower Cholesky factor of a block, row-major. */
function choleskyOf({ names, lower }: OmegaBlock): Float64Array {
  const n = names.length
  const matrix = new Float64Array(n * n)
  let entry = 0
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = lower[entry++]!
  if (n === 1) {
    const variance = matrix[0]!
    if (!(variance >= 0)) throw new RangeError(`the variance of ${names[0]} must not be negative, got ${variance}`)
    matrix[0] = Math.sqrt(variance)
    return matrix
  }
  if (factorCholesky(matrix, n).status !== 'factored') {
    throw new RangeError(`the covariance of ${names.join(', ')} is not positive definite`)
  }
  return matrix
}
