import type { Scenario } from '@cartkin/cart-models'
import { nearestName } from '@cartkin/model'
import { BadInput } from '../failure.ts'
import type { FoundModel } from './find-model.ts'

/** The scenario of a library model that was asked for; undefined where none was. */
export function chosenScenario(id: string | undefined, { name, library }: FoundModel): Scenario | undefined {
  if (id === undefined) return undefined
  const scenarios = library?.scenarios ?? []
  const found = scenarios.find((scenario) => scenario.id === id)
  if (found !== undefined) return found
  const ids = scenarios.map((scenario) => scenario.id)
  const nearest = nearestName(id, ids)
  const there = ids.length === 0 ? 'it has none' : `it has ${ids.join(', ')}`
  throw new BadInput(
    `--scenario ${id}: ${name} has no such scenario; ${nearest === undefined ? there : `did you mean ${nearest}?`}`,
  )
}
