import { pow } from '@cartkin/numerics'
import type { VirtualPopulation } from '@cartkin/simulation'
import { checkInputs, type SensitivityInput } from './sensitivity-input.ts'

/** Independent inputs, and the parameter values that follow from them. */
export interface InputSpace {
  readonly inputs: readonly SensitivityInput[]
  /** Parameters of the model that inputs set. */
  readonly parameters: readonly string[]
  /** Parameter values of `count` rows of input values (count × inputs), count × parameters. */
  readonly parameterValues: (rows: Float64Array, count: number) => Float64Array
}

/** Inputs that are parameters themselves. Throws a RangeError for inputs that cannot be. */
export function parameterSpace(inputs: readonly SensitivityInput[]): InputSpace {
  checkInputs(inputs)
  return {
    inputs,
    parameters: inputs.map(({ name }) => name),
    parameterValues: (rows, count) => rows.slice(0, count * inputs.length),
  }
}

/**
 * The spread of a virtual population: every factor is an input with the median 1, and so is every parameter with a spread of its
 * own, around its median. What a factor moves and what is tied to a parameter follow them, clipped to their limits.
 *
 * @param typical the value of a parameter that has no median in the population.
 * @param chosen names of the inputs that vary, factors among them (all). The others stay at their medians.
 * Throws a RangeError for a chosen name that is neither factor nor parameter with a spread, and for a median that is not above 0.
 */
export function populationSpace(
  population: VirtualPopulation,
  typical: (parameter: string) => number,
  chosen?: readonly string[],
): InputSpace {
  const medians = population.parameters.map(({ parameter, median }) => median ?? typical(parameter))
  const all: readonly SensitivityInput[] = [
    ...population.factors
      .filter(({ sd }) => sd > 0)
      .map(({ name, sd }) => ({ name, distribution: { kind: 'logNormal' as const, median: 1, sd } })),
    ...population.parameters.flatMap(({ parameter, sd }, k) =>
      sd > 0
        ? [{ name: parameter, distribution: { kind: 'logNormal' as const, median: medians[k] ?? Number.NaN, sd } }]
        : [],
    ),
  ]
  const unknown = chosen?.find((name) => !all.some((input) => input.name === name))
  if (unknown !== undefined)
    throw new RangeError(`the population does not vary ${unknown}; it varies ${all.map(({ name }) => name).join(', ')}`)
  const inputs = chosen === undefined ? all : all.filter(({ name }) => chosen.includes(name))
  checkInputs(inputs)
  const place = new Map(inputs.map(({ name }, k) => [name, k]))
  const ties = Object.entries(population.ties)
  const parameters = [...population.parameters.map(({ parameter }) => parameter), ...ties.map(([name]) => name)]

  const parameterValues = (rows: Float64Array, count: number): Float64Array => {
    const values = new Float64Array(count * parameters.length)
    for (let row = 0; row < count; row++) {
      const own = rows.subarray(row * inputs.length, (row + 1) * inputs.length)
      const at = row * parameters.length
      population.parameters.forEach(({ parameter, factors = {}, limits }, k) => {
        const input = place.get(parameter)
        let value = input === undefined ? medians[k]! : own[input]!
        for (const [name, power] of Object.entries(factors)) {
          const factor = place.get(name)
          if (factor !== undefined) value *= pow(own[factor]!, power)
        }
        values[at + k] = limits === undefined ? value : Math.min(Math.max(value, limits[0]), limits[1])
      })
      ties.forEach(([, source], k) => {
        values[at + population.parameters.length + k] = values[at + parameters.indexOf(source)]!
      })
    }
    return values
  }
  return { inputs, parameters, parameterValues }
}
