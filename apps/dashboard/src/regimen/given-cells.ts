import { type Model, parametersBelow } from '@cartkin/model'

/** A parameter that is the amount of a dose, as where the text turns a dose of 1 into cells by f(). */
export interface GivenParameter {
  readonly name: string
  readonly unit: string
}

/** By the name of the state: the parameter in cells by which what goes into it is multiplied. */
export function givenCells({ graph, bioavailability, parameters, states }: Model): ReadonlyMap<string, GivenParameter> {
  return new Map(
    [...bioavailability].flatMap(([state, node]) => {
      const found = [...parametersBelow(graph, [node])]
        .flatMap((index) => parameters[index] ?? [])
        .filter(({ unit }) => /^cells?(\/(kg|m2|m²))?$/.test(unit))
      const [one] = found
      const name = states[state]?.name
      return found.length === 1 && one && name !== undefined
        ? [[name, { name: one.name, unit: one.unit }] as const]
        : []
    }),
  )
}
