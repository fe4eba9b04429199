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
  return populationSpace({ factors: [], parameters: [], ties: {} }, () => Number.NaN, [], inputs)
}

/**
 * The spread of a virtual population: every factor is an input with the median 1, and so is every parameter with a spread of its
 * own, around its median. What a factor moves and what is tied to a parameter follow them, clipped to their limits.
 *
 * @param typical the value of a parameter that has no median in the population.
 * @param chosen names of the inputs that vary, factors among them (all). What none of them moves is not set.
 * @param others inputs that are parameters themselves, whatever the population says of them.
 * Throws a RangeError for a chosen name that is neither factor nor parameter with a spread, and for inputs that cannot be.
 */
export function populationSpace(
  population: VirtualPopulation,
  typical: (parameter: string) => number,
  chosen?: readonly string[],
  others: readonly SensitivityInput[] = [],
): InputSpace {
  const own = population.parameters.filter(({ parameter }) => !others.some(({ name }) => name === parameter))
  const median = new Map(own.map(({ parameter, median: given }) => [parameter, given ?? typical(parameter)]))
  const drawn: readonly SensitivityInput[] = [
    ...population.factors.map(({ name, sd }) => ({ name, median: 1, sd })),
    ...own.map(({ parameter, sd }) => ({ name: parameter, median: median.get(parameter) ?? Number.NaN, sd })),
  ].flatMap(({ name, median, sd }) =>
    sd > 0 ? [{ name, distribution: { kind: 'logNormal' as const, median, sd } }] : [],
  )
  const unknown = chosen?.find((name) => !drawn.some((input) => input.name === name))
  if (unknown !== undefined)
    throw new RangeError(
      `the population does not vary ${unknown}; it varies ${drawn.map(({ name }) => name).join(', ')}`,
    )
  const inputs = [...drawn.filter(({ name }) => chosen === undefined || chosen.includes(name)), ...others]
  checkInputs(inputs)
  const place = new Map(inputs.map(({ name }, k) => [name, k]))
  const moved = own.filter(
    ({ parameter, factors = {} }) => place.has(parameter) || Object.keys(factors).some((name) => place.has(name)),
  )
  const set = [...moved.map(({ parameter }) => parameter), ...others.map(({ name }) => name)]
  const ties = Object.entries(population.ties).filter(([name, source]) => set.includes(source) && !set.includes(name))
  const parameters = [...set, ...ties.map(([name]) => name)]

  const parameterValues = (rows: Float64Array, count: number): Float64Array => {
    const values = new Float64Array(count * parameters.length)
    for (let row = 0; row < count; row++) {
      const given = rows.subarray(row * inputs.length, (row + 1) * inputs.length)
      const result = values.subarray(row * parameters.length, (row + 1) * parameters.length)
      moved.forEach(({ parameter, factors = {}, limits }, k) => {
        const input = place.get(parameter)
        let value = input === undefined ? (median.get(parameter) ?? Number.NaN) : given[input]!
        for (const [name, power] of Object.entries(factors)) {
          const factor = place.get(name)
          if (factor !== undefined) value *= pow(given[factor]!, power)
        }
        result[k] = limits === undefined ? value : Math.min(Math.max(value, limits[0]), limits[1])
      })
      others.forEach((_, k) => {
        result[moved.length + k] = given[inputs.length - others.length + k]!
      })
      ties.forEach(([, source], k) => {
        result[set.length + k] = result[set.indexOf(source)]!
      })
    }
    return values
  }
  return { inputs, parameters, parameterValues }
}
