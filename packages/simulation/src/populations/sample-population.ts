import type { Model } from '@cartkin/model'
import { exp, randomStream } from '@cartkin/numerics'
import { type DrawKey, studyOfDraw } from './draw-key.ts'
import type { PopulationParameter, VirtualPopulation } from './population.ts'

/** Names the random numbers of virtual populations among those of a study. */
const STREAM = 'virtual population'

/**
 * Parameter values of subject `index` (0-based) of a virtual population: a pure function of its arguments, so a subject's
 * values depend neither on how many others are drawn nor on where. Parameters outside the population keep `typical`.
 */
export function samplePopulation(
  model: Model,
  population: VirtualPopulation,
  typical: Float64Array,
  key: DrawKey,
): Float64Array {
  const index = new Map(model.parameters.map(({ name }, k) => [name, k]))
  const at = (name: string): number => {
    const k = index.get(name)
    if (k === undefined) throw new RangeError(`the virtual population varies ${name}, which the model does not have`)
    return k
  }
  const stream = randomStream({ seed: key.seed, study: studyOfDraw(STREAM, key), subject: key.index, occasion: 0 })
  const factors = new Map(population.factors.map(({ name, sd }, draw) => [name, sd * stream.normal(draw)]))
  const values = Float64Array.from(typical)
  population.parameters.forEach((parameter, k) => {
    const target = at(parameter.parameter)
    const deviate = stream.normal(population.factors.length + k)
    values[target] = draw(parameter, typical[target]!, deviate, factors)
  })
  for (const [name, source] of Object.entries(population.ties)) values[at(name)] = values[at(source)]!
  return values
}

function draw(
  { parameter, median, sd, factors = {}, limits }: PopulationParameter,
  typical: number,
  deviate: number,
  factorLogs: ReadonlyMap<string, number>,
): number {
  let logarithm = sd * deviate
  for (const [name, power] of Object.entries(factors)) {
    const factor = factorLogs.get(name)
    if (factor === undefined)
      throw new RangeError(`${parameter} names the factor ${name}, which the virtual population does not have`)
    logarithm += power * factor
  }
  const value = (median ?? typical) * exp(logarithm)
  return limits === undefined ? value : Math.min(Math.max(value, limits[0]), limits[1])
}
