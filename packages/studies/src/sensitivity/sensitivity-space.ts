import { type InputDistribution, type InputSpace, populationSpace, type SensitivityInput } from '@cartkin/fitting'
import { nearestName } from '@cartkin/model'
import { parameterVector, type VirtualPopulation } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import type { SensitivityStep } from '../plan/plan.ts'
import type { InputLine } from '../plan/sensitivity-lines.ts'
import type { ModelSource } from '../steps/step-result.ts'

const nobody: VirtualPopulation = { factors: [], parameters: [], ties: {} }
/** Of a parameter's value, where nothing else is said. */
const usualFactors = [0.5, 2] as const

/**
 * The inputs of a sensitivity step at given parameter values of the typical patient. Throws an InputError for what is neither
 * varied by the population nor a parameter, and for ranges that cannot be.
 */
export function sensitivitySpace(
  { name: step, inputs }: Pick<SensitivityStep, 'name' | 'inputs'>,
  source: ModelSource,
  parameters: Readonly<Record<string, number>>,
  file: string,
): InputSpace & { readonly typical: (name: string) => number } {
  const { model, library } = source
  const values = parameterVector(model, { ...medians(library?.population), ...parameters })
  const names = model.parameters.map((parameter) => parameter.name)
  const typical = (name: string) => values[names.indexOf(name)] ?? Number.NaN
  const fail = (message: string) => new InputError(file, `step ${step}: ${message}`)
  const population = library?.population ?? nobody
  const effects = library?.population === undefined ? randomEffects(source) : []
  const together = model.omega.flatMap((block) => (block.level === 'id' && block.names.length > 1 ? [block.names] : []))
  const refused = (effect: readonly string[]) =>
    fail(
      `inputs: the random effects ${effect.join(', ')} of ${source.id} are drawn together, and inputs must be independent; name parameters with their spreads instead (--parameters NAME=~0.3), or take the correlation out of the text`,
    )
  if (inputs === undefined && library?.population === undefined) {
    const [first] = together
    if (first !== undefined) throw refused(first)
    if (effects.length === 0)
      throw fail(`inputs: ${source.id} has neither a population nor random effects to vary; name the inputs`)
  }
  try {
    if (inputs === undefined) return { ...populationSpace(population, typical, undefined, effects), typical }
    const twice = inputs.find(({ name }, k) => inputs.findIndex((other) => other.name === name) < k)
    if (twice !== undefined) throw fail(`inputs: ${twice.name} is named twice`)
    const isOfPopulation = ({ name, range, factors, sd }: InputLine) =>
      range === undefined && factors === undefined && sd === undefined && varied(population).includes(name)
    const chosen = inputs.filter(isOfPopulation).map(({ name }) => name)
    const others = inputs
      .filter((line) => !isOfPopulation(line))
      .map((line): SensitivityInput => {
        const { name } = line
        const effect = effects.find((own) => own.name === name)
        if (effect !== undefined && Object.keys(line).length === 1) return effect
        const block = together.find((own) => own.includes(name))
        if (block !== undefined) throw refused(block)
        if (!names.includes(name)) {
          const nearest = nearestName(name, [...names, ...varied(population)])
          throw fail(
            `inputs: ${name} is not a parameter of the model${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
          )
        }
        return { name, distribution: distributionOf(line, typical(name), fail) }
      })
    return { ...populationSpace(population, typical, chosen, others), typical }
  } catch (error) {
    if (error instanceof RangeError) throw fail(error.message)
    throw error
  }
}

/** How an input spreads, in words. */
export function spreadText(distribution: InputDistribution): string {
  const number = (value: number) => String(Number(value.toPrecision(4)))
  switch (distribution.kind) {
    case 'uniform':
      return `${number(distribution.low)} to ${number(distribution.high)}`
    case 'logUniform':
      return `${number(distribution.low)} to ${number(distribution.high)}, logarithmic`
    case 'normal':
      return `normal, mean ${number(distribution.mean)}, sd ${number(distribution.sd)}`
    case 'logNormal':
      return `log-normal, median ${number(distribution.median)}, sd of the logarithm ${number(distribution.sd)}`
  }
}

function medians(population: VirtualPopulation | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(
    (population?.parameters ?? []).flatMap(({ parameter, median }) =>
      median === undefined ? [] : [[parameter, median]],
    ),
  )
}

function varied({ factors, parameters }: VirtualPopulation): readonly string[] {
  return [
    ...factors.flatMap(({ name, sd }) => (sd > 0 ? [name] : [])),
    ...parameters.flatMap(({ parameter, sd }) => (sd > 0 ? [parameter] : [])),
  ]
}

/** The random effects of a text as inputs: those of a subject with a variance, drawn each by itself. */
function randomEffects({ model }: ModelSource): readonly SensitivityInput[] {
  return model.omega.flatMap(({ names: [name = '', ...others], lower: [variance = 0], level }) =>
    level === 'id' && others.length === 0 && variance > 0
      ? [{ name, distribution: { kind: 'normal' as const, mean: 0, sd: Math.sqrt(variance) } }]
      : [],
  )
}

function distributionOf(
  { name, range, factors, sd, scale }: InputLine,
  value: number,
  fail: (message: string) => Error,
): InputDistribution {
  if (sd !== undefined) {
    if (scale === 'linear') return { kind: 'normal', mean: value, sd }
    if (!(value > 0))
      throw fail(
        `inputs: ${name} is ${value}, which a log-normal spread cannot be around; give scale: linear, or a range`,
      )
    return { kind: 'logNormal', median: value, sd }
  }
  const [a, b] = range ?? (factors ?? usualFactors).map((factor) => factor * value)
  const low = Math.min(a ?? Number.NaN, b ?? Number.NaN)
  const high = range === undefined ? Math.max(a ?? Number.NaN, b ?? Number.NaN) : (b ?? Number.NaN)
  if (range === undefined && !(low < high))
    throw fail(`inputs: ${name} is ${value}, which factors do not move; give a range`)
  const isLogarithmic = scale === undefined ? low > 0 : scale === 'log'
  return { kind: isLogarithmic ? 'logUniform' : 'uniform', low: range === undefined ? low : (a ?? Number.NaN), high }
}
