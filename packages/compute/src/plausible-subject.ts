import type { Model } from '@cartkin/model'
import {
  type DrawKey,
  listedSubject,
  type Plausibility,
  samplePopulation,
  sampleRandomEffects,
} from '@cartkin/simulation'
import type { PopulationJob } from './protocol.ts'
import type { scenarioCourse } from './scenario-course.ts'

type Course = ReturnType<typeof scenarioCourse>

/** A subject that is plausible. */
interface PlausibleSubject {
  readonly key: DrawKey
  readonly parameters: Float64Array
  readonly course: Course
}

/**
 * Draws the parameters of a subject, or takes those listed, and runs it until both are plausible; draws that are not are counted in `dropped`, by
 * filter. A function of the index of the subject alone: others are drawn for it, not for the population. A run that fails is
 * kept: what it would have been is not known. Throws a RangeError where none of a thousand draws is plausible.
 */
export function plausibleSubject(
  model: Model,
  { population, seed, from }: Pick<PopulationJob, 'population' | 'seed' | 'from'>,
  { typical, index }: { readonly typical: Float64Array; readonly index: number },
  plausibility: Plausibility,
  dropped: Uint32Array,
  run: (parameters: Float64Array, key: DrawKey) => Course,
): PlausibleSubject {
  for (let attempt = 0; ; attempt++) {
    const key = { seed, index, attempt }
    const parameters =
      'randomEffects' in population
        ? sampleRandomEffects(model, typical, key)
        : 'listed' in population
          ? listedSubject(model, population, typical, index - from)
          : samplePopulation(model, population, typical, key)
    const before = plausibility.failedBefore(parameters)
    if (before >= 0) dropped[before]!++
    else {
      const course = run(parameters, key)
      const isKnown = course.run.outcome.status === 'finished'
      const after = isKnown ? plausibility.failedAfter(course.run, parameters, course.extinction) : -1
      if (after < 0) return { key, parameters, course }
      dropped[after]!++
    }
    plausibility.checkDraws(dropped)
  }
}
