import type { Model } from '@cartkin/model'

/** What can be read from a run: the states in model order, then the outputs, with units and labels. */
export interface Quantity {
  readonly name: string
  readonly unit: string
  readonly label: string
}

export function quantities(model: Model): readonly Quantity[] {
  return [...model.states, ...model.outputs].map(({ name, unit, label }) => ({ name, unit, label }))
}
