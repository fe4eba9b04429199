import type { Model } from '@cartkin/model'

/** Most panels on the screen. */
export const mostPanels = 4

/** What is shown of a model at first: what is observed; else the last output; else the states. */
export function defaultQuantities(model: Model): readonly string[] {
  const known = new Set([...model.states, ...model.outputs].map(({ name }) => name))
  const observed = model.errorModels.map(({ name }) => name).filter((name) => known.has(name))
  const last = model.outputs.at(-1)
  const wanted = observed.length > 0 ? observed : last ? [last.name] : model.states.map(({ name }) => name)
  return [...new Set(wanted)].slice(0, mostPanels)
}
